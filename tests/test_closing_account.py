"""Closing an account: every story settled, every space left, the person forgotten."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation.actions import close_account
from spaces.models import Draft, Membership, Person
from spaces.permissions import Role
from spaces.presentation.viewer import Viewer
from tests import make
from valuecreation.actions import withdraw_by_paper
from valuecreation.models import Moment, Story, StoryState

PASSWORD = "a long and calm password"


@pytest.fixture
def nadia(space):
    return make.membership(space, make.person("Nadia"), Role.CONVENER)


@pytest.fixture
def grace(space, nadia):
    who = make.person("Grace Ellwood")
    who.set_password(PASSWORD)
    who.save()
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return make.membership(
        space, who, Role.PARTICIPANT, practice="district nurse", cares="fewer nights"
    )


@pytest.fixture
def stories(grace):
    """One that stays, one that goes, and one that only she reads."""
    shared = [make.story(in_space=grace.space, teller=grace, shared=True) for _ in range(2)]
    return [*shared, make.story(in_space=grace.space, teller=grace)]


def close(grace, stays, goes):
    return close_account(grace.person, by=grace.person, stories={stays: "nameless", goes: "remove"})


def test_each_story_is_kept_without_a_name_or_removed_with_every_word(grace, nadia, stories):
    stays, goes, alone = stories
    text = goes.steps.get().moment.text
    receipt = close(grace, stays, goes)
    assert (receipt.kept, receipt.removed) == (1, 2)
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.state, stays.consent.attribution) == (StoryState.APPROVED, "role")
    assert goes.state == StoryState.WITHDRAWN
    assert not Moment.objects.filter(text=text).exists()
    assert not Story.objects.filter(pk=alone.pk).exists()
    assert set(Story.objects.for_user(nadia.person)) == {stays}


def test_a_story_that_stays_can_be_taken_back_with_the_code_on_the_receipt(grace, stories):
    stays, goes, _alone = stories
    ((title, code),) = close(grace, stays, goes).codes
    assert title == stays.title
    withdraw_by_paper(code)
    stays.refresh_from_db()
    assert stays.state == StoryState.WITHDRAWN


def test_a_story_that_nothing_is_said_about_goes(grace, stories):
    close_account(grace.person, by=grace.person, stories={})
    assert not Story.objects.not_withdrawn().exists()


def test_nothing_says_any_more_who_it_was(grace, nadia, stories, signed_in):
    Draft.objects.create(person=grace.person, space=grace.space, key="tell", data={"text": ["I"]})
    make.moment(grace.space, agent=grace, recorded_by=grace, text="A note of hers")
    email = grace.person.email
    stays, goes, _alone = stories
    close(grace, stays, goes)
    assert not Person.objects.filter(email=email).exists()
    assert not EmailAddress.objects.filter(email=email).exists()
    assert not Draft.objects.exists()
    assert not Moment.objects.filter(text="A note of hers").exists()
    grace.refresh_from_db()
    assert (grace.name, grace.cares, grace.person) == ("A former member", "", None)
    assert not Membership.objects.current().called(grace.ref).exists()
    for page in ("spaces:people", "valuecreation:story_list"):
        where = reverse(page, args=[grace.space.slug])
        assert "Grace" not in signed_in(nadia.person).get(where).text
    assert Viewer(grace.space, audience="public").typed("Grace showed me.") != "Grace showed me."
    where = reverse("valuecreation:story", args=[grace.space.slug, stays.public_id])
    assert "A district nurse" in signed_in(nadia.person).get(where).text


def test_nobody_takes_over_the_name_of_a_closed_account(grace, stories):
    close(grace, *stories[:2])
    grace.refresh_from_db()
    assert grace not in Membership.objects.unclaimed()


def test_others_are_not_left_without_a_convener(nadia, grace):
    with pytest.raises(ValidationError, match="only convener of"):
        close_account(nadia.person, by=nadia.person, stories={})
    assert Person.objects.filter(pk=nadia.person_id).exists()
    close_account(grace.person, by=grace.person, stories={})
    close_account(nadia.person, by=nadia.person, stories={})
    assert not Person.objects.filter(pk=nadia.person_id).exists()


def test_stories_in_spaces_left_before_are_settled_too(grace):
    left = make.membership(make.space(), grace.person, Role.PARTICIPANT)
    told = make.story(in_space=left.space, teller=left, shared=True)
    Membership.objects.filter(pk=left.pk).update(left_on=left.space.today)
    receipt = close_account(grace.person, by=grace.person, stories={told: "nameless"})
    assert receipt.kept == 1
    left.refresh_from_db()
    assert left.name == "A former member"


def test_the_page_asks_for_the_password_again_and_ends_with_a_receipt(client, grace, stories):
    stays, goes, _alone = stories
    client.post(reverse("account_login"), {"login": grace.person.email, "password": PASSWORD})
    where = reverse("close_account")
    page = client.get(where).text
    assert "1 story that nobody else reads" in page
    assert "checked" not in page
    wish = {f"story_{stays.public_id}_{grace.space_id}": "nameless", "sure": "yes", "once": "k"}
    wish[f"story_{goes.public_id}_{grace.space_id}"] = "remove"
    answer = client.post(where, wish)
    assert reverse("account_reauthenticate") in answer["Location"]
    assert Person.objects.filter(pk=grace.person_id).exists()
    done = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
    assert "Your account is closed" in done.text
    assert "2 stories were removed" in done.text
    assert not Person.objects.filter(pk=grace.person_id).exists()
    assert client.post(where, wish).status_code == 302  # sent again, it finds nobody signed in


def test_no_choice_is_made_in_advance(client, grace, stories):
    form = {"sure": "yes"}
    client.post(reverse("account_login"), {"login": grace.person.email, "password": PASSWORD})
    answer = client.post(reverse("close_account"), form)
    page = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
    assert "This field is required" in page.text
    assert Person.objects.filter(pk=grace.person_id).exists()
