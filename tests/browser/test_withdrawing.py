"""Withdraw a story, and see it gone for everybody, everywhere."""

import re

import pytest
from django.core.management import call_command
from django.db import transaction
from playwright.sync_api import expect

from spaces.actions.entering import enter
from spaces.models import Person, Space
from spaces.permissions import Role
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
    for reader in readers:
        assert reader.goto(f"{HERE}/stories/{first}/").status == 404
    assert page.goto(f"{HERE}/stories/{first}/").status == 200  # its words stay with her
    expect(readers[0].get_by_text(re.compile("nothing|not", re.IGNORECASE)).first).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_teller_who_left_withdraws_from_outside_and_tells_it_again_when_back(
    visit, accessible, javascript
):
    call_command("demo_space")
    fatima, tomasz = (Person.objects.get(name__startswith=name) for name in ("Fatima", "Tomasz"))
    title = "From the edge of the screen"
    reader = visit(tomasz, f"{HERE}/stories/", javascript=javascript)
    expect(reader.get_by_role("link", name=title)).to_be_visible()

    page = visit(fatima, f"{HERE}/leave/", javascript=javascript)
    page.get_by_role("button", name="Leave this space").click()
    assert page.goto(f"{HERE}/").status == 404
    page.goto("/me/stories/")
    expect(page.get_by_text("You left on")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Withdraw")).click()
    expect(page.get_by_role("heading", name="A story you withdrew")).to_be_visible()
    assert title not in page.locator("main").inner_html()
    if javascript:
        assert accessible(page) == []
    page.get_by_role("link", name="Print the receipt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Receipt W-"))
    reader.goto(f"{HERE}/stories/")
    assert title not in reader.content()

    with transaction.atomic():
        enter(space=Space.objects.get(), person=fatima, roles=[Role.PARTICIPANT])
    page.goto("/me/stories/")
    page.get_by_role("link", name="Tell it again").click()
    page.get_by_role("checkbox", name=re.compile("^The people in this space")).check()
    page.get_by_role("radio", name=re.compile("^With my name")).check()
    page.get_by_role("button", name="Share it this way").click()
    reader.goto(f"{HERE}/stories/")
    expect(reader.get_by_role("link", name=title)).to_be_visible()
