"""After a story is kept: who reads it, sharing by one tap, and nothing chosen for anybody."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Consent, Moment, Story, StoryState
from valuecreation.presentation.changed_words import changed_parts
from valuecreation.presentation.names import PSEUDONYM_KEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def story(space, ana):
    return make.story(in_space=space, teller=ana, title="The grid", state=StoryState.WITH_TELLER)


@pytest.fixture
def browser(client, ana):
    client.force_login(ana.person)
    return client


def at(page, story):
    return reverse(f"valuecreation:{page}", args=[story.space.slug, story.public_id])


def test_page_after_keeping_says_that_nobody_else_reads_it_and_who_would(browser, space, story):
    make.member(space, name="Priya Raman")
    make.member(space, Role.EVALUATOR, name="Ingrid Solberg")
    make.member(space, Role.SPONSOR, name="Denise Farrow")
    make.membership(space, name="Nobody With An Account")
    page = browser.get(at("kept", story)).text
    assert "Kept. Only you can read it." in page
    assert "Share with these 2" in page
    assert "Ingrid Solberg and Priya Raman" in page
    assert "and whoever joins later" in page
    assert "Denise" not in page
    assert "Nobody With" not in page


def test_page_after_keeping_names_who_else_is_in_it(browser, space, story):
    make.member(space, name="Priya Raman")
    assert "is named in it." not in browser.get(at("kept", story)).text
    Moment.objects.update(text="Priya showed me how.")
    page = browser.get(at("kept", story)).text
    assert "Priya Raman is named in it." in page
    assert "Ask Priya" in page


def test_first_share_in_a_space_asks_how_to_be_named_and_chooses_nothing(browser, space, story):
    page = browser.get(at("kept", story))
    assert page.context["form"]["attribution"].value() is None
    assert " checked" not in page.text
    answer = browser.post(at("share", story))
    assert answer.status_code == 200
    assert "Say how you want to be named." in answer.text
    assert not Consent.objects.exists()


def test_one_tap_shares_with_the_space_to_learn_from_for_24_months(browser, space, story):
    reader, sponsor = make.member(space), make.member(space, Role.SPONSOR)
    answer = browser.post(at("share", story), {"attribution": "role"})
    assert answer.url == at("shared", story)
    act = Consent.objects.get()
    assert (act.audience, act.uses, act.attribution) == ({"space"}, ["learning"], "role")
    assert act.expires_on == actions.default_expiry(space.today)
    assert list(Story.objects.for_user(reader)) == [story]
    assert list(Story.objects.for_user(sponsor)) == []


def test_next_share_in_the_space_is_named_as_the_last_one(browser, space, ana, story):
    actions.give_consent(
        story, by=ana, audience=["public"], attribution="pseudonym", pseudonym="Robin"
    )
    actions.keep_to_oneself(story, by=ana)
    other = make.story(in_space=space, teller=ana, state=StoryState.WITH_TELLER)
    assert "Told by “Robin”." in browser.get(at("kept", other)).text
    browser.post(at("share", other))
    act = other.consents.get()
    assert (act.audience, act.attribution) == ({"space"}, "pseudonym")
    assert act.extra == {PSEUDONYM_KEY: "Robin"}


def test_how_one_was_named_in_another_space_is_not_taken_over(ana):
    elsewhere = make.membership(make.space(), ana.person, Role.PARTICIPANT)
    actions.share_with_space(
        make.story(teller=elsewhere, in_space=elsewhere.space), by=elsewhere, attribution="named"
    )
    told = make.story(in_space=ana.space, teller=ana)
    with pytest.raises(ValidationError, match="Say how you want to be named"):
        actions.share_with_space(told, by=ana)


def test_keeping_to_oneself_without_a_choice_counts_as_no_choice_of_a_name(ana, space):
    told = make.story(in_space=space, teller=ana)
    actions.keep_to_oneself(told, by=ana)
    assert actions.last_named(told) is None


def test_undo_takes_it_back_from_everybody(browser, space, story):
    reader = make.member(space)
    browser.post(at("share", story), {"attribution": "named"})
    page = browser.get(at("shared", story)).text
    assert "1 person can read it now." in page
    assert at("keep_to_oneself", story) in page
    browser.post(at("keep_to_oneself", story))
    assert list(Story.objects.for_user(reader)) == []
    assert browser.get(at("shared", story)).url == at("kept", story)


def test_page_that_says_only_you_is_not_shown_of_a_story_others_read(browser, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    assert browser.get(at("kept", story)).url == at("shared", story)


def test_nobody_but_the_teller_shares_by_one_tap(client, space, story):
    grace = make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)
    Story.objects.update(collector=grace, state=StoryState.DRAFT)
    client.force_login(grace.person)
    page = client.get(at("kept", story)).text
    assert "Send it to Ana Costa to agree" in page
    assert at("share", story) not in page
    assert client.post(at("share", story), {"attribution": "named"}).status_code == 403
    client.force_login(make.member(space, Role.CONVENER))
    assert client.post(at("share", story), {"attribution": "named"}).status_code == 404
    assert not Consent.objects.exists()


def test_keeping_a_withdrawn_story_to_oneself_does_not_open_it_again(browser, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    actions.withdraw_story(story, by=ana)
    for page in ("keep_to_oneself", "keep_closed"):
        browser.post(at(page, story))
    assert Story.objects.get().state == StoryState.WITHDRAWN


def test_story_is_given_a_name_after_it_was_kept(browser, story):
    browser.post(at("name_story", story), {"title": "The foot that was cold"})
    assert Story.objects.get().title == "The foot that was cold"


# --- every other way of sharing ---------------------------------------------------------------


def test_nothing_is_ticked_on_the_first_visit_of_the_consent_page(browser, story):
    page = browser.get(at("consent", story)).text
    form = page[page.index('id="consent"') : page.index('id="eye"')]
    assert not re.search(r"<input[^>]* checked", form)
    assert "Nobody else reads it." in form
    assert "Keep it to myself" in form


def test_whoever_lets_others_read_says_how_to_be_named(browser, story):
    answer = browser.post(at("consent", story), {"audience": ["space"]})
    assert "Choose how you want to be named." in answer.text
    assert not Consent.objects.exists()


def test_sentence_above_the_button_is_made_of_the_choices(browser, space, story):
    chosen = {"audience": ["organisation"], "attribution": "role", "preview": "organisation"}
    page = browser.post(at("consent", story), chosen | {"uses": ["report", "quote"]}).text
    assert "People in this space and the organisation with its sponsor will read it." in page
    assert "Told by “a nurse”." in page
    assert "It may be counted in reports and quoted in reports." in page
    assert not Consent.objects.exists()
    assert Story.objects.get().state == StoryState.WITH_TELLER


def test_whoever_does_alone_what_they_do_is_warned(browser, space, story):
    assert "You may still be known." in browser.get(at("consent", story)).text
    make.membership(space, make.person(), Role.PARTICIPANT, practice="Nurse")
    assert "You may still be known." not in browser.get(at("consent", story)).text


def test_page_of_an_ended_consent_opens_it_again_as_it_was(browser, space, ana, story):
    reader = make.member(space)
    make.consent(story, "space", attribution="role", expires_on=make.LONG_AGO, on=make.LONG_AGO)
    Story.objects.update(state=StoryState.APPROVED)
    page = browser.get(at("consent", story)).text
    assert "This ended on 1 January 2025. Nobody new reads it." in page
    assert "Leave it closed" in page
    browser.post(at("open_again", story))
    story.refresh_from_db()
    assert story.consent.attribution == "role"
    assert story.consent.expires_on == actions.default_expiry(space.today)
    assert list(Story.objects.for_user(reader)) == [story]


def test_changed_words_are_found_wherever_they_stand():
    parts = changed_parts("Priya rang. Then Priya came.", "A nurse rang. Then a nurse came.")
    assert [part.text for part in parts if part.changed] == ["A nurse", "a nurse"]
    assert "".join(part.text for part in parts) == "A nurse rang. Then a nurse came."


# --- once more --------------------------------------------------------------------------------


def ticked(page):
    form = page[page.index('id="consent"') : page.index('id="eye"')]
    return re.findall(r"<input[^>]* checked", form)


def test_form_shows_what_holds_and_ticks_nothing_of_what_was_taken_back(browser, ana, story):
    chosen = {"audience": ["organisation"], "attribution": "role", "uses": ["report"]}
    actions.give_consent(story, by=ana, **chosen)
    assert len(ticked(browser.get(at("consent", story)).text)) == 3
    browser.post(at("keep_to_oneself", story))
    assert ticked(browser.get(at("consent", story)).text) == []
    actions.give_consent(story, by=ana, **chosen)
    actions.withdraw_story(story, by=ana)
    page = browser.get(at("consent", story)).text
    assert ticked(page) == []
    assert "Nobody else reads it." in page


def test_form_of_an_ended_consent_ticks_nothing_and_says_what_opening_again_does(browser, story):
    make.consent(story, "space", attribution="named", expires_on=make.LONG_AGO, on=make.LONG_AGO)
    Story.objects.update(state=StoryState.APPROVED)
    page = browser.get(at("consent", story)).text
    assert ticked(page) == []
    assert "With your name: Ana Costa." in page[: page.index('id="consent"')]


def test_story_shared_without_a_name_is_not_named_by_the_next_tap(browser, space, ana, story):
    browser.post(at("share", story), {"attribution": "anonymous"})
    browser.post(at("keep_to_oneself", story))
    other = make.story(in_space=space, teller=ana, state=StoryState.WITH_TELLER)
    browser.post(at("share", other), {"attribution": "named"})
    assert "Without a trace of you." in browser.get(at("kept", story)).text
    browser.post(at("share", story))
    story.refresh_from_db()
    assert story.consent.attribution == "anonymous"


def test_one_tap_names_as_its_sentence_said_whatever_was_chosen_meanwhile(
    browser, space, ana, story
):
    other = make.story(in_space=space, teller=ana, state=StoryState.WITH_TELLER)
    browser.post(at("share", other), {"attribution": "role"})
    page = browser.get(at("kept", story)).text
    assert "Told by “a nurse”." in page
    assert '<input type="hidden" name="as_said" value="role">' in page
    actions.give_consent(other, by=ana, audience=["space"], attribution="named")
    browser.post(at("share", story), {"as_said": "role"})
    story.refresh_from_db()
    assert story.consent.attribution == "role"


def test_whoever_says_what_kind_it_was_comes_back_to_where_it_was_asked(browser, space, story):
    Moment.objects.update(cycle="none", recorded_by=story.teller)
    link = re.search(r'href="([^"]*/edit/[^"]*)">Say it', browser.get(at("kept", story)).text)[1]
    typed = {"text": "Said.", "cycle": "applied", "status": "actual", "polarity": "nil"}
    assert browser.post(link, typed).url == at("kept", story)


def test_what_is_added_for_oneself_is_said_to_be_kept_and_shown(browser, ana, story):
    actions.give_consent(story, by=ana, audience=["space"], attribution="role")
    typed = {"text": "It healed.", "cycle": "realized", "status": "actual", "polarity": "nil"}
    answer = browser.post(at("and_then", story), typed | {"then": "alone"}, follow=True)
    assert answer.redirect_chain == [(at("story", story), 302)]
    assert "Saved for you only." in answer.text
    assert "It healed." in answer.text


@pytest.mark.parametrize("page", ["story", "kept", "consent", "withdraw_story", "edit_story"])
def test_pages_of_an_erased_story_say_that_it_is_gone_with_its_receipt(browser, ana, story, page):
    actions.erase_story(story, by=ana)
    answer = browser.get(at(page, story))
    assert answer.status_code == 410
    assert "This story is erased" in answer.text
    assert story.withdrawals.get().receipt in answer.text
    assert browser.get(at("erase_line", story)).status_code == 200


def test_page_for_withdrawing_leads_to_the_receipt_once_it_is_done(browser, ana, story):
    actions.give_consent(story, by=ana, audience=["space"], attribution="role")
    actions.withdraw_story(story, by=ana)
    assert browser.get(at("withdraw_story", story)).url == "/me/stories/"
