"""Pages speak in words: the refs and keys by which files know a record are shown to no reader."""

from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse

from evaluation.models import Indicator
from framing.models import Aspiration, Uncertainty
from spaces.models import Person
from tests.test_access import HOLDERS, PAGES, arguments
from valuecreation.models import Moment, Story

UNSPOKEN = {"script", "style", "option"}


class Spoken(HTMLParser):
    """The words of a page, as they are read or read aloud."""

    def __init__(self, page: str):
        super().__init__()
        self.words, self.inside = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.words += [given[name] for name in ("title", "aria-label", "alt") if given.get(name)]
        if tag in UNSPOKEN:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.words.append(data)


MARK = "zq-"
CODED = [
    (Indicator, "ref"),
    (Aspiration, "key"),
    (Uncertainty, "key"),
    (Moment, "ref"),
    (Story, "ref"),
]


def mark_codes():
    """Give every code of the worked example a beginning that no word has.

    People do write codes into their own words ("as in S9"); these stand as they were written.
    """
    for model, field in CODED:
        model.objects.update(**{field: Concat(Value(MARK), F(field))})


@pytest.mark.parametrize("role", list(HOLDERS))
def test_no_page_shows_a_code(client, circle, role):
    client.raise_request_exception = False
    client.force_login(Person.objects.get(name__startswith=HOLDERS[role]))
    addresses = {
        name: reverse(name, kwargs=arguments(name, where)) for name, (where, _view) in PAGES.items()
    }
    mark_codes()
    shown = {}
    for name, address in addresses.items():
        with transaction.atomic():
            answer = client.get(address.replace("/I1/", f"/{MARK}I1/"))
            transaction.set_rollback(True)
        if answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", ""):
            for words in Spoken(answer.text).words:
                if MARK in words:
                    shown.setdefault(name, " ".join(words.split())[:120])
    assert shown == {}


def test_code_is_found_in_words_and_in_labels():
    page = '<p title="zq-I10">Figures</p><p>As in zq-S1.</p><a href="/zq-I10/">that</a>'
    assert [words for words in Spoken(page).words if MARK in words] == ["zq-I10", "As in zq-S1."]
