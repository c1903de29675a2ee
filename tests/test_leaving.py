"""Leaving a space: story by story, with everything else settled, and a receipt."""

import pytest
from django.urls import reverse

from evaluation.models import Indicator
from spaces.actions import invite
from spaces.addresses import Address
from spaces.models import Departure, Draft, Membership
from spaces.permissions import Role
from tests import make
from valuecreation.models import FollowUp, Moment, Story, StoryState


@pytest.fixture
def convener(space):
    return make.membership(space, make.person("Nadia"), Role.CONVENER)


@pytest.fixture
def grace(space, convener):
    return make.membership(space, make.person("Grace Ellwood"), Role.PARTICIPANT)


@pytest.fixture
def leave(grace, signed_in):
    """Send the page with some answers, and follow to where it leads."""
    where = reverse("leave_space", args=[grace.space.slug])
    return lambda **answers: signed_in(grace.person).post(where, answers, follow=True)


def readers_of(told):
    return Story.objects.for_user(told.space.memberships.get(name="Nadia").person)


def test_leaving_without_a_word_keeps_everything_as_it_is(grace, leave):
    shared = make.story(in_space=grace.space, teller=grace, shared=True)
    alone = make.story(in_space=grace.space, teller=grace)
    before = list(shared.consents.values())
    page = leave()
    assert "You have left" in page.text
    grace.refresh_from_db()
    assert grace.left_on == grace.space.today
    assert list(shared.consents.values()) == before
    assert shared in readers_of(shared)
    assert alone in Story.objects.for_user(grace.person)


def test_each_story_has_its_own_answer(grace, leave):
    kept, nameless, gone = (
        make.story(in_space=grace.space, teller=grace, shared=True) for _ in range(3)
    )
    begun = make.story(in_space=grace.space, teller=grace)
    answers = {nameless: "nameless", gone: "withdraw", begun: "remove"}
    page = leave(**{f"story_{told.public_id}": wish for told, wish in answers.items()})
    for told in (kept, nameless, gone):
        told.refresh_from_db()
    assert (kept.state, kept.consent.attribution) == (StoryState.APPROVED, "named")
    assert (nameless.state, nameless.consent.attribution) == (StoryState.APPROVED, "role")
    assert nameless.consent.grant.audience == kept.consent.grant.audience
    assert gone.state == StoryState.WITHDRAWN
    assert not Story.objects.filter(pk=begun.pk).exists()
    assert set(readers_of(kept)) == {kept, nameless}
    for words in ("Kept as it was", "Kept, without your name", "Withdrawn", "Thrown away"):
        assert words in page.text


def test_a_story_kept_without_a_name_is_shown_without_it(grace, leave, signed_in):
    grace.practice = "district nurse"
    grace.save()
    told = make.story(in_space=grace.space, teller=grace, shared=True)
    where = reverse("valuecreation:story", args=[grace.space.slug, told.public_id])
    nadia = grace.space.memberships.get(name="Nadia").person
    assert "Grace" in signed_in(nadia).get(where).text
    leave(**{f"story_{told.public_id}": "nameless"})
    page = signed_in(nadia).get(where).text
    assert "Grace" not in page
    assert "A district nurse" in page


def test_the_page_offers_only_what_changes_something(grace, signed_in):
    shared = make.story(in_space=grace.space, teller=grace, shared=True)
    make.story(in_space=grace.space, shared=True, title="Of somebody else")
    page = signed_in(grace.person).get(reverse("leave_space", args=[grace.space.slug])).text
    assert f'name="story_{shared.public_id}" value="nameless"' in page
    assert "Of somebody else" not in page
    assert "What you noted" not in page


@pytest.mark.parametrize(("answer", "left"), [("keep", 1), ("remove", 0)])
def test_notes_drafts_and_questions_are_kept_or_let_go(grace, convener, leave, answer, left):
    make.moment(grace.space, agent=grace, recorded_by=grace)
    Draft.objects.create(person=grace.person, space=grace.space, key="tell", data={"text": ["I"]})
    told = make.story(in_space=grace.space, teller=grace, shared=True)
    ask(told.steps.get().moment, convener, grace)
    leave(notes=answer, drafts=answer, questions=answer)
    assert Moment.objects.loose().noted_by(grace.person).count() == left
    assert Draft.objects.for_user(grace.person).count() == left
    assert FollowUp.objects.asked_of(grace.person).count() == left


def ask(moment, by, of):
    return FollowUp.objects.create(
        moment=moment, asked_by=by, asked_of=of, asked_on=moment.space.today, question="And then?"
    )


def test_questions_about_what_cannot_be_read_from_outside_end(grace, convener, leave):
    other = make.story(in_space=grace.space, shared=True).steps.get().moment
    ask(other, convener, grace)
    leave()
    assert not FollowUp.objects.exists()


def test_what_was_written_down_for_somebody_goes_to_its_teller(grace, leave):
    ana = make.membership(grace.space, make.person("Ana"), Role.PARTICIPANT)
    begun = make.story(in_space=grace.space, teller=ana, collector=grace)
    leave()
    begun.refresh_from_db()
    assert begun.state == StoryState.WITH_TELLER


@pytest.mark.parametrize("handed", [True, False])
def test_indicators_are_handed_over_or_looked_after_by_nobody(grace, convener, leave, handed):
    row = Indicator.objects.create(
        space=grace.space, ref="I1", name="Waits", kind="count", cycle="applied", steward=grace
    )
    page = leave(**({f"indicator_{row.pk}": convener.pk} if handed else {}))
    row.refresh_from_db()
    assert row.steward == (convener if handed else None)
    assert ("Nadia now looks after" if handed else "Nobody looks after") in page.text


def test_an_answer_that_does_not_fit_keeps_the_person_in(grace, leave):
    alone = make.story(in_space=grace.space, teller=grace)
    page = leave(**{f"story_{alone.public_id}": "nameless"})
    assert "Select a valid choice" in page.text
    grace.refresh_from_db()
    assert grace.left_on is None


def test_the_only_convener_is_told_what_to_do_first(convener, signed_in):
    where = reverse("leave_space", args=[convener.space.slug])
    assert "only convener" in signed_in(convener.person).get(where).text
    signed_in(convener.person).post(where)
    assert Membership.objects.current().of_person(convener.person).exists()


def test_the_receipt_is_for_its_person_alone(grace, convener, leave, signed_in):
    make.story(in_space=grace.space, teller=grace, title="The long night")
    leave()
    where = reverse("left_space", args=[Departure.objects.get().pk])
    assert "The long night" in signed_in(grace.person).get(where).text
    assert signed_in(convener.person).get(where).status_code == 404


def test_who_left_withdraws_from_outside_and_comes_back_as_the_same_teller(
    grace, convener, leave, signed_in
):
    space = grace.space
    told = make.story(in_space=space, teller=grace, shared=True)
    leave()
    where = reverse("valuecreation:withdraw_story", args=[space.slug, told.public_id])
    signed_in(grace.person).post(where)
    told.refresh_from_db()
    assert told.state == StoryState.WITHDRAWN
    assert told not in readers_of(told)
    asked = Address(grace.person.email, "")
    (invitation,) = invite(by=convener, addresses=[asked])
    link = reverse("spaces:redeem_invitation", args=[invitation.token])
    signed_in(grace.person).post(link, {"practice": ""})
    people = reverse("spaces:people", args=[space.slug])
    assert signed_in(grace.person).get(people).text.count("Grace Ellwood</bdi>") == 1
    grace.refresh_from_db()
    assert (grace.left_on, grace.access_roles) == (None, {Role.PARTICIPANT})
    assert Story.objects.told_by(grace.person).get().teller == grace


def test_leaving_sent_twice_happens_once(grace, signed_in):
    where = reverse("leave_space", args=[grace.space.slug])
    for _ in range(2):
        signed_in(grace.person).post(where, {"once": "a-key"})
    assert Departure.objects.count() == 1


@pytest.mark.parametrize("stories", [1, 6])
def test_the_page_costs_the_same_for_one_story_and_for_six(
    grace, signed_in, stories, django_assert_max_num_queries
):
    for _ in range(stories):
        make.story(in_space=grace.space, teller=grace, shared=True)
    client = signed_in(grace.person)
    with django_assert_max_num_queries(25):
        client.get(reverse("leave_space", args=[grace.space.slug]))
