"""Start a space, invite, join, tell a first story: with JavaScript and without."""

import json
import os
import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import expect

from spaces import actions
from spaces.addresses import Address
from spaces.models import Space
from spaces.permissions import Role
from tests import make
from valuecreation.models import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_space_is_founded_joined_and_told_in(visit, javascript):
    ana, bo = make.person("Ana Alves"), make.person("Bo Berg")

    page = visit(ana, "/spaces/new/", javascript=javascript)
    page.get_by_role("link", name="Community of practice").click()
    page.get_by_label("Name", exact=True).fill("The Tuesday Round")
    page.get_by_label("The difference we care about").fill("Fewer people wait for a room.")
    page.get_by_role("button", name="Start this space").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Invite people")
    page.get_by_label(re.compile("^E-mail addresses")).fill(f"Bo Berg <{bo.email}>\nnonsense")
    page.get_by_role("button", name="Check the addresses").click()
    expect(page.get_by_text("1 person will be invited")).to_be_visible()
    expect(page.get_by_text("is not an e-mail address")).to_be_visible()
    page.get_by_role("button", name="Send the invitations").click()
    expect(page.get_by_role("cell", name=bo.email, exact=True)).to_be_visible()

    link = re.search(r"https?://[^/]+(/invitations/\S+)", mail.outbox[0].body)[1]
    page = visit(bo, link, javascript=javascript)
    page.get_by_label(re.compile("What difference do you care")).fill("That nobody waits.")
    page.get_by_role("button", name="Accept and come in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Tuesday Round")

    space = Space.objects.get()
    page.goto(f"/spaces/{space.slug}/stories/tell/")
    page.get_by_role("radio", name=re.compile("^What it was like")).check()
    question = "What happened?"
    page.get_by_role("textbox", name=question).fill(
        "Somebody said “I do not know”, and we stayed with it."
    )
    page.get_by_role("radio", name="A bit of both").check()
    page.get_by_role("button", name="Keep it").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept. Only you can read it.")

    told = Story.objects.get()
    assert told.teller.person == bo
    assert told.steps.get().moment.polarity == "mixed"
    assert list(Story.objects.for_user(ana)) == []


class Hand:
    """Whoever holds the phone: what they tap and write is counted, and how far they scroll."""

    def __init__(self, page):
        self.page = page
        self.taps = self.texts = self.scrolled = 0

    def _reach(self, place):
        place = place.first
        place.scroll_into_view_if_needed()
        self.scrolled = int(self.page.evaluate("scrollY"))
        return place

    def tap(self, place):
        self._reach(place).click()
        self.taps += 1

    def write(self, place, words):
        self._reach(place).fill(words)
        self.texts += 1


def test_invited_person_tells_a_first_story_on_a_phone_in_six_taps_and_two_texts(
    visit, django_capture_on_commit_callbacks
):
    ana, bo = make.person("Ana Alves"), make.person("Bo Berg")
    convener = make.membership(make.space(), ana, Role.CONVENER)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(by=convener, addresses=[Address(bo.email, "Bo Berg")])
    link = re.search(r"https?://[^/]+(/invitations/\S+)", mail.outbox[0].body)[1]
    page = visit(bo, link, width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    hand = Hand(page)

    hand.write(page.get_by_label(re.compile("What difference do you care")), "That nobody waits.")
    hand.tap(page.get_by_role("button", name="Accept and come in"))
    hand.tap(page.get_by_role("link", name="Tell", exact=True).locator("visible=true"))
    hand.write(page.get_by_label("What happened?"), "Somebody said they did not know.")
    before_the_field = hand.scrolled
    hand.tap(page.get_by_role("radio", name=re.compile("^What it was like")))
    hand.tap(page.get_by_role("radio", name="It helped"))
    hand.tap(page.get_by_role("button", name="Keep it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept. Only you can read it.")

    counted = {"taps": hand.taps, "texts": hand.texts, "scrolled": before_the_field}
    if told := os.environ.get("FIRST_STORY"):
        Path(told).write_text(json.dumps(counted))
    assert hand.taps <= 6
    assert hand.texts <= 2
    assert before_the_field == 0
