"""Withdraw a story, and see it gone for everybody, everywhere."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from spaces.models import Person
from valuecreation.models import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/spaces/lower-leg-circle"
TITLE = "The readings nobody trusted"


@pytest.mark.parametrize("javascript", [True, False])
def test_withdrawn_story_is_gone_for_everybody(visit, javascript):
    call_command("demo_space")
    grace, tomasz, denise = (
        Person.objects.get(name__startswith=name) for name in ("Grace", "Tomasz", "Denise")
    )
    first = Story.objects.get(ref="S1").public_id
    readers = [visit(who, f"{HERE}/stories/", javascript=javascript) for who in (tomasz, denise)]
    for reader in readers:
        expect(reader.get_by_role("link", name=TITLE)).to_be_visible()

    page = visit(grace, f"{HERE}/stories/{first}/", javascript=javascript)
    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    pages = ("/", "/stories/", "/flows/", "/flows/seasons/", "/evaluation/", "/framing/")
    for reader in (*readers, page):
        for path in pages:
            answer = reader.goto(HERE + path)
            assert answer.status == 200
            assert TITLE not in reader.content()
            assert "pocket prompt" not in reader.content()
        assert reader.goto(f"{HERE}/stories/{first}/").status == 404
    expect(readers[0].get_by_text(re.compile("nothing|not", re.IGNORECASE)).first).to_be_visible()
