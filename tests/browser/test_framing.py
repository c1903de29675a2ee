"""Plan a framing event, write on its board, end it in a draft, agree on it."""

import re

import pytest
from playwright.sync_api import expect

from framing.models import FramingVersion
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from tests.framing.rows import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write(page, cycle, text, kind="a hope"):
    column = page.get_by_role("region", name=cycle)
    if not column.get_by_label("In your own words").is_visible():
        column.locator("summary").click()
    column.get_by_label("In your own words").fill(text)
    column.get_by_label(kind).check()
    column.get_by_role("button", name=re.compile("Put it on the board")).click()
    expect(column.locator("article > p", has_text=text)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_event_is_planned_held_and_agreed_on(visit, javascript):
    space = make.space()
    tomasz = make.person("Tomasz Wrona")
    make.membership(space, tomasz, Role.FACILITATOR, Role.PARTICIPANT)

    page = visit(tomasz, address("framing", space), javascript=javascript)
    page.get_by_role("link", name="Plan a framing event").first.click()
    page.get_by_label("Title").fill("What counts as healed?")
    page.get_by_label("When").fill("2026-01-12T18:00")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What counts as healed?")
    page.get_by_role("button", name="Begin").click()
    write(page, "Realized", "Nobody waits three weeks.")
    write(page, "Applied", "Night shift has no light.", kind="a doubt")
    page.get_by_role("button", name="End here, and make a draft of it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Draft of version 1")
    page.get_by_text("Add a sign to watch").first.click()
    form = page.locator("#sign form")
    form.get_by_label("What we would see, hear or count").fill("Fewer calls.")
    form.get_by_role("button").click()
    page.get_by_role("link", name="Answer it, and see who has").click()
    page.get_by_label("I agree, for myself").check()
    page.get_by_role("button", name="Give my answer").click()
    page.get_by_role("button", name="Let the frame stand").click()
    expect(page.get_by_text("Version 1, agreed on")).to_be_visible()
    for words in ("Nobody waits three weeks.", "Night shift has no light."):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    assert FramingVersion.objects.get().is_agreed


def test_what_one_writes_reaches_the_others_and_leaves_their_words_alone(visit):
    space = make.space()
    event = rows.event(space)
    ana, rui = make.member(space, name="Ana Alves"), make.member(space, name="Rui Reis")
    here, there = (visit(person, address("event", space, event.pk)) for person in (ana, rui))
    column = there.get_by_role("region", name="Orienting")
    column.locator("summary").click()
    column.get_by_label("In your own words").fill("Half a thought")

    write(here, "Orienting", "We know what others see.")
    expect(here.get_by_role("region", name="Orienting").locator("textarea")).to_have_value("")
    note = column.get_by_role("article")
    expect(note.locator("> p", has_text="We know what others see.")).to_be_visible()
    join = note.get_by_role("button", name=re.compile("I am with this"))
    join.focus()
    there.keyboard.press("Enter")
    expect(note.get_by_text("with Rui")).to_be_visible()
    expect(note.get_by_role("button", name=re.compile("No longer with it"))).to_be_focused()
    expect(column.get_by_label("In your own words")).to_have_value("Half a thought")


@pytest.mark.parametrize("width", [1280, 390])
def test_framing_pages_are_open_to_all(visit, accessible, width):
    space = make.space()
    rows.full(space)
    rows.agreed(space, 2, reason="We saw more.", agreed_on=rows.AGREED.replace(month=6))
    FramingVersion.objects.create(space=space, number=3, difference="Anew.", supersedes_id=None)
    event = rows.event(space)
    who = make.person()
    make.membership(space, who, *Role)
    page = visit(who, address("framing", space), width=width)
    for name, *args in (
        ("framing",),
        ("version", 1),
        ("compare",),
        ("edit_draft", 3),
        ("causes", 3),
        ("question",),
        ("sponsor_aspirations",),
        ("plan_event",),
        ("event", event.pk),
    ):
        page.goto(address(name, space, *args))
        assert accessible(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
