"""The second line of a view: which story or moment, and whether it is theirs to change."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.shortcuts import get_object_or_404

from learningspaces.lib.dates import day_here
from learningspaces.lib.prepared import Prepared
from spaces.models import Person, Space
from valuecreation.models import Flow, FollowUp, Moment, Story, StoryState, Uptake
from valuecreation.rights import is_teller, may_change, may_change_moment, may_take_back

# What `Story.waiting_for` and `FollowUp.waiting` say, without composing them anew for every page.
WAITING = """
    SELECT (SELECT COUNT(*) FROM valuecreation_story s
            JOIN spaces_membership m ON m.id = s.teller_id
            WHERE m.person_id = %(person)s AND s.state = %(state)s
              AND s.collector_id IS NOT NULL)
         + (SELECT COUNT(*) FROM valuecreation_followup f
            JOIN spaces_membership m ON m.id = f.asked_of_id
            WHERE m.person_id = %(person)s AND f.answered_on IS NULL)
"""

# What a story's page asks; composed anew, these two took half of its time.
SAMPLES = {"person": -101, "story": -102, "day": dt.date(1901, 2, 3)}
FLOWS_READABLE = Prepared(
    lambda person, story, day: (
        Flow.objects.for_user(Person(pk=person), day).touching_story(story).values_list("pk")
    ),
    **SAMPLES,
)
UPTAKES_READABLE = Prepared(
    lambda person, story, day: (
        Uptake.objects.for_user(Person(pk=person), day).in_story(story).values_list("pk")
    ),
    **SAMPLES,
)


def flows_around(story: Story, person):
    """The flows of a story that a person may read, with both their ends."""
    day = day_here()
    found = [pk for (pk,) in FLOWS_READABLE.rows(person=person.pk, story=story.pk, day=day)]
    return Flow.objects.numbered(found).with_ends().in_steady_order()


def flow_for(person, space: Space, public_id: str) -> Flow:
    """The flow, if the person may read both its ends (else 404)."""
    readable = Flow.objects.for_user(person).in_space(space)
    return get_object_or_404(readable.with_ends(), public_id=public_id)


def flow_to_take_back_for(person, space: Space, public_id: str, member) -> Flow:
    """A flow that is theirs to take back (else 403)."""
    flow = flow_for(person, space, public_id)
    if not may_take_back(flow, member):
        raise PermissionDenied
    return flow


def flows_touching(moment: Moment, person):
    """What a moment led to and came from, as far as a person may read it."""
    readable = Flow.objects.for_user(person).touching(moment)
    return readable.exclude_reframing().with_ends().in_steady_order()


def uptakes_in(story: Story, person):
    """What took a story's moments further, as far as a person may read it."""
    day = day_here()
    found = [pk for (pk,) in UPTAKES_READABLE.rows(person=person.pk, story=story.pk, day=day)]
    return Uptake.objects.numbered(found).select_related("by")


def story_for(person, space: Space, public_id: str) -> Story:
    """The story with its moments, if the person may read it (else 404)."""
    readable = Story.objects.for_reader(space, person)
    story = get_object_or_404(readable.with_moments(), public_id=public_id)
    story.space = space
    return story


def own_story_for(person, space: Space, public_id: str, member) -> Story:
    """A story that is theirs to tell (else 403); what they may not read is not there at all."""
    story = story_for(person, space, public_id)
    if not is_teller(story, member):
        raise PermissionDenied
    return story


def changeable_story_for(person, space: Space, public_id: str, member) -> Story:
    """A story that is theirs to change now (else 403)."""
    story = story_for(person, space, public_id)
    if not may_change(story, member):
        raise PermissionDenied
    return story


def moment_for(person, space: Space, public_id: str) -> Moment:
    """The moment, if the person may read it (else 404)."""
    readable = Moment.objects.for_user(person).in_space(space).with_stories()
    moment = get_object_or_404(readable, public_id=public_id)
    moment.space = space
    return moment


def changeable_moment_for(person, space: Space, public_id: str, member) -> Moment:
    """A moment whose stories are all theirs to change (else 403)."""
    moment = moment_for(person, space, public_id)
    if not may_change_moment(moment, member):
        raise PermissionDenied
    return moment


def follow_up_for(person, pk: int) -> FollowUp:
    """A question that was asked of this person (else 404)."""
    asked = FollowUp.objects.asked_of(person).readable_by(person)
    return get_object_or_404(asked.select_related("moment__space", "asked_by", "asked_of"), pk=pk)


def story_of(moment: Moment) -> Story | None:
    """The story a moment is shown in: the first it stands in, if any."""
    steps = list(moment.steps.all())
    return steps[0].story if steps else None


def waiting_count(person) -> int:
    """How many stories and questions wait for a person; on every page, so in one plain query."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"person": person.pk, "state": StoryState.WITH_TELLER})
        return cursor.fetchone()[0]
