"""Whatever is typed into any form of any page: a sentence comes back, never a broken page.

The forms are found on the pages themselves, so a new form is tried without being named here.
"""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from evaluation.forms.seasons import SeasonFilter
from spacefile.forms import ExportForm
from spaces.models import Person
from spaces.permissions import Role
from tests import make
from tests.test_access import HOLDERS, PAGES, arguments
from valuecreation.forms.stories import StoryFilter

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


@pytest.fixture(scope="module")
def offered(worked_example, django_db_blocker):
    """A function that finds the forms of all pages that somebody of a role meets, each once."""

    @cache
    def found(role):
        client = Client(raise_request_exception=False)
        client.force_login(Person.objects.get(name__startswith=HOLDERS[role]))
        forms = {}
        for name, (where, _view) in PAGES.items():
            if name.startswith("api:"):
                continue
            for target, fields in forms_of(client, reverse(name, kwargs=arguments(name, where))):
                forms.setdefault((target, tuple(sorted(fields))), fields)
        return [(target, fields) for (target, _names), fields in forms.items()]

    return found


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("role", list(HOLDERS))
def test_no_form_breaks_whatever_is_typed(client, circle, offered, role, what):
    client.raise_request_exception = False
    client.force_login(Person.objects.get(name__startswith=HOLDERS[role]))
    forms = [form for form in offered(role) if what == "empty" or can_be_filled(*form)]
    assert forms
    assert [
        (target, status)
        for target, fields in forms
        if (status := status_of_post(client, target, fields, HOSTILE[what])) >= 500
    ] == []


def can_be_filled(_target, fields):
    """False for a mere button, which sends the same whatever is typed, and so is pressed once."""
    return not KEPT_AS_THEY_ARE.issuperset(fields)


def status_of_post(client, target, fields, value):
    """The answer to one form, every field of it filled with one hostile value."""
    words = {
        field: given if field in KEPT_AS_THEY_ARE else value for field, given in fields.items()
    }
    with transaction.atomic():
        answer = client.post(target, words)
        transaction.set_rollback(True)
    return answer.status_code


@cache
def asked_for():
    """Every name that a view looks for behind the question mark of an address."""
    sources = [path.read_text() for path in settings.BASE_DIR.glob("[!.]*/**/*.py")]
    found = {name for source in sources for name in ASKED.findall(source)}
    return found.union(*(form.base_fields for form in (StoryFilter, SeasonFilter, ExportForm)))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_whatever_stands_behind_its_question_mark(client, circle, name):
    client.raise_request_exception = False
    client.force_login(Person.objects.get(name__startswith=HOLDERS[Role.FACILITATOR]))
    address = reverse(name, kwargs=arguments(name, PAGES[name][0]))
    names, wrong = names_for(name), []
    for what, value in HOSTILE.items():
        answer = client.get(address, dict.fromkeys(names, value))
        if answer.status_code >= 500:
            wrong.append((what, answer.status_code))
        if not looked_behind_question_mark(answer):
            break  # and so would answer every other value alike
    assert wrong == []


def test_names_behind_question_marks_are_found():
    assert {"older", "season", "from", "page", "cycle", "v"} <= asked_for()


def names_for(page):
    """All names; but a wish for another format ends before the API looks at any other."""
    return asked_for() - ({"format"} if page.startswith("api:") else set())


def looked_behind_question_mark(answer):
    """Django parses what stands there when a page first asks for it, and keeps it."""
    return "GET" in vars(answer.wsgi_request)


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
