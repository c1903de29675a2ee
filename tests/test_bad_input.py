"""Whatever is typed into any form of any page: a sentence comes back, never a broken page.

The forms are found on the pages themselves, so a new form is tried without being named here.
"""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evaluation.forms.seasons import SeasonFilter
from spacefile.forms import ExportForm
from spaces.models import Person, Space
from spaces.permissions import Role
from tests import make
from tests.test_access import HOLDERS, PAGES, arguments, circle
from valuecreation.forms.stories import StoryFilter

__all__ = ["circle"]

HOSTILE = {
    "empty": "",
    "too long": "x" * 30_000,
    "control characters": "a\x00b\x07c",
    "half a character": "\ud83d".encode("utf-8", "surrogatepass"),
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "right to left": "\u202eקריאה\u202c مرحبا",
    "formula": '=HYPERLINK("http://127.0.0.1","x")',
    "a day out of range": "9999-12-31",
    "no day": "0000-00-00",
    "a huge number": "9" * 40,
    "below zero": "-1",
    "an id of elsewhere": "987654321",
    "not a number": "NaN",
    "a digit that is none": "²",
}
ASKED = re.compile(r'(?:GET|query)(?:\.get\(|\[)"(\w+)"')
KEPT_AS_THEY_ARE = {"csrfmiddlewaretoken", "once", "whose"}


class Forms(HTMLParser):
    """The forms of a page that post: where to, and which fields with which values."""

    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form" and (attrs.get("method") or "").lower() == "post":
            self.forms.append({"action": attrs.get("action", ""), "fields": {}})
        elif tag in ("input", "textarea", "select", "button") and self.forms and attrs.get("name"):
            fields = self.forms[-1]["fields"]
            if attrs.get("type") == "radio" and "checked" not in attrs:
                fields.setdefault(attrs["name"], attrs.get("value") or "")
            elif attrs.get("type") != "file":
                fields[attrs["name"]] = attrs.get("value") or ""


def forms_of(client, address):
    """The posting forms of one page, each with a full address."""
    answer = client.get(address)
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return
    parser = Forms()
    parser.feed(answer.text)
    seen = set()
    for form in parser.forms:
        target = form["action"] or address
        key = (target, tuple(sorted(form["fields"])))
        if key not in seen and not target.startswith("/account/"):
            seen.add(key)
            yield target, form["fields"]


def test_forms_are_found(circle, client):
    client.force_login(Person.objects.get(name__startswith="Nadia"))
    (target, fields), *_ = forms_of(client, reverse("spaces:edit_space", args=[circle.slug]))
    assert target == reverse("spaces:edit_space", args=[circle.slug])
    assert {"name", "purpose", "rhythm", "revision", "quiet_potential"} <= set(fields)


@pytest.mark.parametrize("role", list(HOLDERS))
def test_no_form_breaks_whatever_is_typed(client, circle, role):
    client.raise_request_exception = False
    client.force_login(Person.objects.get(name__startswith=HOLDERS[role]))
    wrong, tried = [], set()
    for name, (where, _view) in PAGES.items():
        if name.startswith("api:"):
            continue
        for target, fields in forms_of(client, reverse(name, kwargs=arguments(name, where))):
            shape = (target, tuple(sorted(fields)))
            if shape in tried:
                continue
            tried.add(shape)
            wrong += faults(client, target, fields)
    assert tried
    assert wrong == []


def faults(client, target, fields):
    """What broke when every field of one form was filled with each hostile value in turn."""
    wrong = []
    for what, value in HOSTILE.items():
        words = {
            field: given if field in KEPT_AS_THEY_ARE else value for field, given in fields.items()
        }
        with transaction.atomic():
            answer = client.post(target, words)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            wrong.append((target, what, answer.status_code))
    return wrong


def asked_for():
    """Every name that a view looks for behind the question mark of an address."""
    sources = [path.read_text() for path in settings.BASE_DIR.glob("[!.]*/**/*.py")]
    found = {name for source in sources for name in ASKED.findall(source)}
    return found.union(*(form.base_fields for form in (StoryFilter, SeasonFilter, ExportForm)))


def test_no_page_breaks_whatever_stands_behind_its_question_mark(client, circle):
    client.raise_request_exception = False
    client.force_login(Person.objects.get(name__startswith=HOLDERS[Role.FACILITATOR]))
    names, wrong = asked_for(), []
    assert {"older", "season", "from", "page", "cycle", "v"} <= names
    for name, (where, _view) in PAGES.items():
        address = reverse(name, kwargs=arguments(name, where))
        for what, value in HOSTILE.items():
            answer = client.get(address, dict.fromkeys(names, value))
            if answer.status_code >= 500:
                wrong.append((name, what, answer.status_code))
    assert wrong == []


def test_worked_example_can_be_made_a_second_time(db):
    call_command("demo_space")
    call_command("demo_space")
    assert Space.objects.count() == 1
    assert Role.CONVENER in Space.objects.get().roles_of(
        Person.objects.get(name__startswith="Nadia")
    )


def test_an_address_or_a_cookie_with_a_nul_leads_nowhere(circle, client):
    """Only PostgreSQL minds; on SQLite no row has such a name either."""
    client.force_login(Person.objects.get(name__startswith="Nadia"))
    for address in ("/invitations/%00/", f"/spaces/{circle.slug}/stories/S1%00/"):
        assert client.get(address).status_code == 404
    answer = client.get(f"/api/v1/spaces/{circle.slug}/stories/S1%00/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    answer = Client().get("/account/login/", headers={"Cookie": r'sessionid="\000aaaaaaaaaaaa"'})
    assert answer.status_code == 200


def test_too_much_for_any_form_is_refused_in_words(client, space):
    client.force_login(make.member(space))
    tell = reverse("valuecreation:tell_story", args=[space.slug])
    answer = client.post(tell, {"text": "a" * 10 * 1024 * 1024, "title": "b" * 1024 * 1024})
    assert (answer.status_code, "larger than 10 MB" in answer.text) == (400, True)
    answer = client.post(tell, {f"field-{number}": "a" for number in range(1001)})
    assert (answer.status_code, "more than 1,000 fields" in answer.text) == (400, True)
