"""The second line of a view: which story or moment, and whether it is theirs to change."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from learningspaces.lib.dates import look_at
from spaces.models import Membership, Space
from spaces.shortcuts import membership_in, space_for
from valuecreation.models import Flow, FollowUp, Moment, Story, StoryState, StoryStep, Uptake
from valuecreation.rights import may_change, may_change_moment, may_take_back


def around(story: Story, person) -> tuple[list[Flow], list[Uptake]]:
    """The flows of a story with both their ends, and what took its moments further.

    Only what the person may read: which moments these are is asked once for all of them.
    """
    here = [step.moment_id for step in story.steps.all()]
    touching = Flow.objects.in_space(story.space).at_either_end(here)
    flows = list(touching.with_ends().in_steady_order())
    ends = {end for flow in flows for end in (flow.source_id, flow.target_id) if end}
    seen = set(Moment.objects.for_reader(story.space, person).numbers_among({*here, *ends}))
    return (
        [flow for flow in flows if {flow.source_id, flow.target_id or flow.source_id} <= seen],
        list(Uptake.objects.of_moments(seen.intersection(here))),
    )


def flow_for(person, space: Space, public_id: str) -> Flow:
    """The flow, if the person may read both its ends (else 404)."""
    readable = Flow.objects.for_reader(space, person)
    return get_object_or_404(readable.with_ends(), public_id=public_id)


def flow_to_take_back_for(person, space: Space, public_id: str, member) -> Flow:
    """A flow that is theirs to take back (else 403)."""
    flow = flow_for(person, space, public_id)
    if not may_take_back(flow, member):
        raise PermissionDenied
    return flow


def flows_touching(moment: Moment, person):
    """What a moment led to and came from, as far as a person may read it."""
    readable = Flow.objects.for_reader(moment.space, person).touching(moment)
    return readable.exclude_reframing().with_ends().in_steady_order()


def story_for(person, space: Space, public_id: str) -> Story:
    """The story with its moments, if the person may read it (else 404)."""
    readable = Story.objects.for_reader(space, person)
    story = get_object_or_404(readable.with_moments(), public_id=public_id)
    story.space = space
    return story


class StoryErased(Http404):
    """A story of this person's of which no word is left: its pages say so, with the receipt."""

    def __init__(self, story: Story):
        super().__init__()
        self.story = story


def told_story_for(person, slug: str, public_id: str) -> Story | None:
    """A story that this person tells, in whatever space; they need not be in it any more.

    One that is erased is named as such.
    """
    story = Story.objects.of_teller(person).in_space_at(slug).at_address(public_id).first()
    if story:
        look_at(story.space.time_zone, story.space.day_reached)
        if story.state == StoryState.WITHDRAWN and not story.steps.all():
            raise StoryErased(story)
    return story


def erased_story_for(person, slug: str, public_id: str) -> Story:
    """What is left of a story of theirs, whether its words are erased or not (else 404)."""
    try:
        return own_story_for(person, slug, public_id)
    except StoryErased as gone:
        return gone.story


def story_to_read_for(person, slug: str, public_id: str) -> tuple[Story, Membership]:
    """A story with the membership under which the person reads it (else 404)."""
    told = told_story_for(person, slug, public_id)
    if told:
        return told, told.teller
    space = space_for(person, slug)
    return story_for(person, space, public_id), membership_in(space, person)


def own_story_for(person, slug: str, public_id: str) -> Story:
    """A story that is theirs to tell, for ever (else 403); what they may not read is not there."""
    told = told_story_for(person, slug, public_id)
    if told is None:
        story_for(person, space_for(person, slug), public_id)
        raise PermissionDenied
    return told


def changeable_story_for(person, slug: str, public_id: str) -> tuple[Story, Membership]:
    """A story that is theirs to change now, and as which member (else 403)."""
    story, member = story_to_read_for(person, slug, public_id)
    if not may_change(story, member):
        raise PermissionDenied
    return story, member


def moment_for(person, space: Space, public_id: str) -> Moment:
    """The moment, if the person may read it (else 404)."""
    readable = Moment.objects.for_reader(space, person).with_stories()
    moment = get_object_or_404(readable, public_id=public_id)
    moment.space = space
    return moment


def changeable_moment_for(person, slug: str, public_id: str) -> tuple[Moment, Membership]:
    """A moment whose stories are all theirs to change, and as which member (else 403)."""
    moment = Moment.objects.own(person).in_space_at(slug).at_address(public_id).first()
    if moment:
        look_at(moment.space.time_zone, moment.space.day_reached)
        stories = [step.story for step in moment.steps.all()]
        member = stories[0].teller if stories else moment.recorded_by
    else:
        space = space_for(person, slug)
        moment, member = moment_for(person, space, public_id), membership_in(space, person)
    if not may_change_moment(moment, member):
        raise PermissionDenied
    return moment, member


def own_moment_for(person, slug: str, public_id: str) -> tuple[Moment, Membership]:
    """A moment that a person tells or noted, and as which member; whatever they are there by now
    (else 404).
    """
    own = Moment.objects.own(person).in_space_at(slug).at_address(public_id)
    moment = get_object_or_404(own)
    look_at(moment.space.time_zone, moment.space.day_reached)
    tellers = (step.story.teller for step in moment.steps.all())
    told = (teller for teller in tellers if teller.person_id == person.pk)
    return moment, next(told, moment.recorded_by)


def told_lately(member: Membership) -> list[Moment]:
    """What a member told or noted a while ago, which a page that Back leads to may send again."""
    since = timezone.now() - dt.timedelta(hours=12)
    return list(Moment.objects.recorded_since(member, since)[:50])


def told_lately_for(member: Membership, teller: Membership) -> list[Moment]:
    """The same, in stories of a teller that the member may change."""
    stories = [(moment, story_of(moment)) for moment in told_lately(member)]
    theirs = [
        (moment, story) for moment, story in stories if story and story.teller_id == teller.pk
    ]
    return [moment for moment, story in theirs if may_change(story, member)]


def follow_up_for(person, pk: int) -> FollowUp:
    """A question that was asked of this person (else 404)."""
    asked = FollowUp.objects.asked_of(person).readable_by(person)
    return get_object_or_404(asked.with_all(), pk=pk)


def story_of(moment: Moment) -> Story | None:
    """The story a moment is shown in: the first it stands in, if any."""
    steps = list(moment.steps.all())
    return steps[0].story if steps else None


def words_heard(person, space: Space, pk: int) -> dict:
    """The words of an answer they gave or were given, and whose story it goes on, if that is known.

    Nobody is chosen for a teller whom others may not know by name.
    """
    heard = FollowUp.objects.heard_by(person).in_space(space).readable_by(person)
    answer = heard.select_related("asked_of").filter(pk=pk).first()
    if answer is None:
        return {}
    nameless = StoryStep.objects.of_nameless().of_moments([answer.moment_id]).exists()
    if nameless or answer.asked_of.person_id == person.pk:
        return {"text": answer.answer}
    return {"text": answer.answer, "teller": answer.asked_of}
