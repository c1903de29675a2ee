"""On a phone the words come first, and telling is always within reach; keys on a desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from spaces.models import Person
from spaces.permissions import Role
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT, WITH_KEYBOARD = 390, 844, 430
FIELD = "textarea[name=text]"


@pytest.fixture
def ana():
    return make.membership(make.space(), make.person("Ana Alves"), Role.PARTICIPANT)


def at(page, member):
    return reverse(page, args=[member.space.slug])


def box(page, place):
    return page.locator(place).first.bounding_box()


def bottom(found):
    return found["y"] + found["height"]


def test_field_and_button_are_on_the_first_screen_also_above_a_keyboard(visit, ana):
    page = visit(ana.person, at("valuecreation:tell_story", ana), width=WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    expect(page.get_by_text("Only you can read this")).to_be_visible()
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".bar")).to_have_count(0)
    assert box(page, FIELD)["y"] <= 150
    assert bottom(box(page, ".say .btn")) <= 420

    page.set_viewport_size({"width": WIDTH, "height": WITH_KEYBOARD})
    page.locator(FIELD).fill("She was seen the same afternoon. " * 40)
    assert bottom(box(page, ".say .btn")) <= WITH_KEYBOARD
    assert "interactive-widget=resizes-content" in page.content()
    page.goto("/")
    page.wait_for_load_state("networkidle")


def test_bar_takes_the_place_of_the_tabs_and_never_covers_what_holds_the_focus(visit, ana):
    page = visit(ana.person, at("space_overview", ana), width=WIDTH)
    page.set_viewport_size({"width": WIDTH, "height": 500})
    bar = page.locator(".bar")
    expect(page.locator(".tabs")).to_be_hidden()
    assert bottom(bar.bounding_box()) <= 500
    for _ in range(25):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "() => { const here = document.activeElement;"
            " if (here.closest('.bar') || here === document.body) return 0;"
            " return here.getBoundingClientRect().bottom; }"
        )
        assert here <= bar.bounding_box()["y"]
    bar.get_by_text("More").click()
    expect(bar.get_by_role("link", name="Framing")).to_be_visible()
    bar.get_by_role("link", name="Tell").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What happened?")


def test_key_leads_to_telling_but_not_from_a_field_nor_when_switched_off(visit, ana):
    page = visit(ana.person, at("valuecreation:story_list", ana))
    page.keyboard.press("/")
    expect(page.locator("input[name=words]")).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("input[name=words]")).to_have_value("t")
    page.locator("h1").click()
    page.keyboard.press("Control+t")
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("What happened?")

    Person.objects.filter(pk=ana.person.pk).update(shortcut_keys=False)
    page.goto(at("valuecreation:story_list", ana))
    page.keyboard.press("t")
    page.keyboard.press("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stories")
    expect(page.locator("input[name=words]")).not_to_be_focused()


def test_draft_that_is_thrown_away_comes_back_nowhere(visit, ana):
    page = visit(ana.person, at("valuecreation:tell_story", ana))
    page.locator(FIELD).press_sequentially("Never mind")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved, ")
    page.get_by_role("button", name="Throw this draft away").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ana.space.name)
    page.goto(at("valuecreation:tell_story", ana))
    page.wait_for_load_state("networkidle")
    expect(page.locator(FIELD)).to_have_value("")
    page.goto("/me/drafts/")
    expect(page.get_by_text("Never mind")).to_have_count(0)
