"""Start a space, invite, join, tell a first story: with JavaScript and without."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from spaces.models import Space
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
