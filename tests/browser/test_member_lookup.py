"""Whom a story is about, in a space of more people than a select may list."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.spaces.test_member_lookup import crowd
from valuecreation.models import Moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin(visit, space, teller, *, javascript):
    page = visit(teller, f"/spaces/{space.slug}/stories/tell/", javascript=javascript)
    page.get_by_role("radio", name=re.compile("^What it was like")).check()
    page.get_by_role("textbox", name="What happened?").fill("We stayed with it.")
    page.get_by_role("radio", name="A bit of both").check()
    page.locator("summary").filter(has_text="Who did it").click()
    return page, page.get_by_role("group", name=re.compile("^Who did it"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_member_among_many_is_chosen_by_name(visit, accessible, javascript):
    space = make.space()
    ana, _other = crowd(space, "Ana Alves", "Ana Alvarez")
    page, group = begin(visit, space, make.member(space), javascript=javascript)
    group.get_by_role("textbox").press_sequentially("ana al")
    if not javascript:
        page.get_by_role("button", name="Keep it").first.click()
        expect(page.get_by_text("may mean several people").first).to_be_visible()
        group = page.get_by_role("group", name=re.compile("^Who did it"))
    expect(group.get_by_role("radio", name="Ana Alves")).to_be_visible()
    if javascript:
        expect(page.locator("#announce")).to_have_text("2 people found")
        assert accessible(page) == []
    group.get_by_role("radio", name="Ana Alves").check()
    page.get_by_role("button", name="Keep it").first.click()
    expect(page.get_by_text("We stayed with it.").first).to_be_visible()
    assert Moment.objects.get().agent == ana


def test_another_answer_lets_go_of_the_name(visit):
    space = make.space()
    crowd(space, "Ana Alves")
    _page, group = begin(visit, space, make.member(space), javascript=True)
    group.get_by_role("textbox").press_sequentially("ana")
    expect(group.get_by_role("radio", name="Ana Alves")).to_be_visible()
    group.get_by_role("radio", name="the group").check()
    expect(group.get_by_role("textbox")).to_have_value("")
    expect(group.get_by_role("radio", name="Ana Alves")).to_have_count(0)
