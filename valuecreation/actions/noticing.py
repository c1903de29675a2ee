"""Telling people of what concerns them: a question, an answer, a story written down for them."""

import datetime as dt

from django.urls import reverse

from learningspaces.lib.dates import today_in
from spaces.actions import done, notify
from spaces.models import Membership, NoticeKind, Space
from spaces.presentation.viewer import Viewer
from valuecreation import wording_requests
from valuecreation.models import (
    FollowUp,
    FollowUpOutcome,
    HandOver,
    Moment,
    Statement,
    Story,
    StoryStep,
    WordingRequest,
)
from valuecreation.presentation.records import present_follow_up
from valuecreation.presentation.statements import asker_of
from valuecreation.statements import signed

A_MONTH = dt.timedelta(days=30)


def tell_of_question(follow_up: FollowUp) -> None:
    """Whoever is asked learns that somebody asks, and who, on the morning that its mail goes."""
    space, person = follow_up.moment.space, follow_up.asked_of.person
    zone = person.time_zone if person else space.time_zone
    notify(
        person,
        NoticeKind.QUESTION,
        space=space,
        number=follow_up.pk,
        address=reverse("valuecreation:answer_follow_up", args=[follow_up.pk]),
        label=Viewer(space, person).member(follow_up.asked_by).label,
        due=today_in(zone, follow_up.goes_at) if follow_up.goes_at else None,
        again=True,
    )


def question_ended(follow_up: FollowUp) -> None:
    """Nobody waits for an answer any more."""
    done(NoticeKind.QUESTION, follow_up.pk)


def tell_of_answer(follow_up: FollowUp) -> None:
    """The question is dealt with, and whoever asked learns who has answered.

    Not of somebody who does not want to be asked about it: who that is, is told to nobody.
    """
    question_ended(follow_up)
    space, person = follow_up.moment.space, follow_up.asked_by.person
    unasked = follow_up.asked_by_id == follow_up.asked_of_id
    if unasked or follow_up.outcome == FollowUpOutcome.NEVER:
        return
    notify(
        person,
        NoticeKind.ANSWER,
        space=space,
        number=follow_up.pk,
        address=reverse("valuecreation:to_follow_up") + "#answered",
        label=present_follow_up(Viewer(space, person), follow_up).asked_of,
        again=True,
    )


def answer_taken_back(follow_up: FollowUp) -> None:
    """There is no answer any more; the question waits again."""
    done(NoticeKind.ANSWER, follow_up.pk)
    if follow_up.asked_by_id != follow_up.asked_of_id:
        tell_of_question(follow_up)


def tell_of_story(story: Story) -> None:
    """A teller learns that somebody has written down a story of theirs, and is led to it by a link
    that needs no sign-in.
    """
    space, person, today = story.space, story.teller.person, story.space.today
    request, _fresh = WordingRequest.objects.get_or_create(
        story=story, asked_on=today, defaults={"open_until": today + A_MONTH}
    )
    notify(
        person,
        NoticeKind.STORY,
        space=space,
        number=story.pk,
        address=reverse("valuecreation:agree_to_wording", args=[wording_requests.signed(request)]),
        label=Viewer(space, person).member(story.collector).label,
        again=True,
    )


def tell_of_offer(offer: HandOver) -> None:
    """Whoever is asked to look after a story learns of it, and who asks where that may be known."""
    story, person = offer.story, offer.to.person
    nameless = story.consent is None or story.consent.grant.nameless
    notify(
        person,
        NoticeKind.OFFER,
        space=story.space,
        number=offer.pk,
        address=reverse("valuecreation:answer_hand_over", args=[offer.pk]),
        label="" if nameless else Viewer(story.space, person).member(story.teller).label,
    )


def tell_of_asking(asked: Statement) -> None:
    """A member learns that they are asked what they say to a story, and by whom."""
    person = asked.member.person if asked.member else None
    address = reverse("valuecreation:make_statement", args=[signed(asked)])
    notify(
        person,
        NoticeKind.NAMED,
        space=asked.story.space,
        number=asked.pk,
        address=address,
        label=asker_of(asked),
    )


def tell_of_uptake(moment: Moment, *, by: Membership) -> None:
    """Whoever brought something learns that somebody else took it up."""
    for space, member, address in _who_brought(moment):
        if member.pk != by.pk:
            who, kind = member.person, NoticeKind.TAKEN_UP
            notify(who, kind, space=space, number=moment.pk, address=address, again=True)


def _who_brought(moment: Moment) -> list[tuple[Space, Membership, str]]:
    """The tellers of the stories it stands in, else whoever did it; each with where it stands."""
    steps = StoryStep.objects.of_moments([moment]).select_related("story__teller__person")
    space = moment.space
    told = [(step.story.teller, step.story.public_id) for step in steps]
    if told:
        name = "valuecreation:story"
        return [(space, who, reverse(name, args=[space.slug, at])) for who, at in told]
    noted = reverse("valuecreation:moments_alone", args=[space.slug])
    return [(space, moment.agent, noted)] if moment.agent else []
