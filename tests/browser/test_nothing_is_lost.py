"""Words typed into any form come back: after leaving, without a network, from a second window."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from spaces.models import Draft
from spaces.permissions import Role
from tests import make
from valuecreation.models import Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT_HERE = "Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length"


@pytest.fixture
def ana():
    return make.membership(make.space(), make.person("Ana Alves"), Role.PARTICIPANT, Role.CONVENER)


@pytest.fixture
def tell(ana):
    return reverse("valuecreation:tell_story", args=[ana.space.slug])


def words(page):
    return page.locator("textarea[name=text]")


def test_words_come_back_after_a_pause_and_after_leaving_at_once(visit, ana, tell):
    page = visit(ana.person, tell)
    words(page).press_sequentially("First half")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    words(page).press_sequentially(", second half")
    page.goto("/")
    page.goto(tell)
    expect(words(page)).to_have_value("First half, second half")
    expect(page.locator("[data-draft-state]")).to_contain_text("is back")
    page.wait_for_load_state("networkidle")
    assert Draft.objects.count() == 1


def test_words_typed_on_one_device_are_offered_on_another(visit, ana, tell):
    page = visit(ana.person, tell)
    words(page).press_sequentially("On the bus")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    page.context.close()
    page = visit(ana.person, tell)
    expect(words(page)).to_have_value("On the bus")
    page.wait_for_load_state("networkidle")


def test_words_typed_in_a_tunnel_go_up_when_there_is_a_network(visit, ana, tell):
    page = visit(ana.person, tell)
    page.context.set_offline(True)
    words(page).press_sequentially("In a tunnel")
    expect(page.locator("[data-draft-state]")).to_contain_text("it goes up by itself")
    page.context.set_offline(False)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert Draft.objects.get().data["text"] == ["In a tunnel"]


def test_two_windows_hold_two_stories_and_neither_overwrites_the_other(visit, ana, tell):
    page = visit(ana.person, tell)
    words(page).press_sequentially("The first story")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    other = page.context.new_page()
    other.goto(tell)
    other.wait_for_load_state("networkidle")
    expect(words(other)).to_have_value("")
    words(other).press_sequentially("The second story")
    expect(other.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    other.goto("/me/drafts/")
    for text in ("The first story", "The second story"):
        expect(other.get_by_text(text)).to_be_visible()
    assert Draft.objects.count() == 2


def test_newer_words_of_a_form_filled_beforehand_are_offered(visit, ana):
    where = reverse("spaces:edit_space", args=[ana.space.slug])
    page = visit(ana.person, where)
    purpose = page.locator("[name=purpose]")
    before = purpose.input_value()
    purpose.press_sequentially(" And nobody is sent home.")
    page.wait_for_timeout(600)
    page.goto("/")
    page.goto(where)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("[name=purpose]")).to_have_value(re.compile("nobody is sent home"))
    assert before in page.locator("[name=purpose]").input_value()
    page.wait_for_load_state("networkidle")


def test_a_story_that_arrived_is_let_go_on_the_device_too(visit, ana, tell):
    page = visit(ana.person, tell)
    page.get_by_role("radio", name=re.compile("^Something I tried")).check()
    words(page).press_sequentially("We tried it.")
    page.get_by_role("radio", name="Nothing changed").check()
    page.get_by_role("button", name="Keep it").first.click()
    page.wait_for_url(re.compile("stories/(?!tell)"))
    page.goto(tell)
    page.wait_for_load_state("networkidle")
    expect(words(page)).to_have_value("")
    assert (Story.objects.count(), Draft.objects.count()) == (1, 0)
    assert page.evaluate(KEPT_HERE) == 0


def test_form_sent_without_a_network_stays_with_its_words(visit, ana, tell):
    page = visit(ana.person, tell)
    page.wait_for_load_state("networkidle")
    words(page).press_sequentially("In a tunnel")
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep it").first.click()
    expect(page.locator("#messages")).to_contain_text("Kept on this device. No connection")
    expect(words(page)).to_have_value("In a tunnel")
    assert page.evaluate(KEPT_HERE) == 1
    page.context.set_offline(False)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    page.get_by_role("button", name="Keep it").first.click()
    expect(page.get_by_role("heading", name="Kept. Only you can read it.")).to_be_visible()


def test_back_after_keeping_leads_to_the_story_and_makes_no_second_one(visit, ana, tell):
    page = visit(ana.person, tell)
    words(page).press_sequentially("We tried it on the ward.")
    page.get_by_role("button", name="Keep it").first.click()
    expect(page.get_by_role("heading", name="Kept. Only you can read it.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Kept. Only you can read it.")).to_be_visible()
    expect(page.get_by_text("Here is what came of it.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert Story.objects.count() == 1


def test_signing_out_clears_this_device(visit, ana, tell):
    page = visit(ana.person, tell)
    words(page).press_sequentially("Mine alone")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    assert page.evaluate(KEPT_HERE) == 1
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT_HERE) == 0
    assert Draft.objects.count() == 1
