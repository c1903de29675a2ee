"""What waits for a teller by itself: a moment that went quiet, a hope past its day, a consent that
ends. Each stands in a notice of theirs; once a day a space is looked through for what has changed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from spaces.models import Notice, NoticeKind, Space, SpaceState
from valuecreation.models import FollowUp, Moment, Story, StoryStep
from valuecreation.presentation.consent_words import last_day

KINDS = (NoticeKind.QUIET, NoticeKind.HOPE, NoticeKind.CONSENT_ENDING)
SOON = dt.timedelta(days=30)
LATELY = dt.timedelta(days=30)  # whoever said what came of something is left alone with it
Wanted = tuple[tuple[object, str, int], dict]  # (person, kind, number), what stands in the notice


@transaction.atomic
def note_still(space: Space) -> None:
    """Note what has fallen still in a space or ends soon, and settle what has not any more."""
    wanted = dict([*still(space), *ending(space)])
    rows = Notice.objects.in_space(space).of_kinds(KINDS).not_done()
    there = {(row.person_id, row.kind, row.number): row.pk for row in rows}
    known = {(person.pk, kind, number) for person, kind, number in wanted}
    Notice.objects.among([pk for key, pk in there.items() if key not in known]).settle()
    for (person, kind, number), about in wanted.items():
        if (person.pk, kind, number) not in there:
            Notice.objects.put([person], kind, space=space, number=number, again=True, **about)


def still(space: Space) -> Iterator[Wanted]:
    """Of tellers who take part now: their moments that went quiet, their hopes past their day."""
    if space.state in (SpaceState.PAUSED, SpaceState.CLOSED):
        return
    today = space.today
    told = Moment.objects.in_space(space)
    settled = FollowUp.objects.in_space(space).settled_since(today - LATELY)
    said = set(settled.moment_ids())
    quiet = set(told.untold_since(space, today).numbers()) - said
    hopes = set(told.hopes_past(today).numbers()) - said
    steps = StoryStep.objects.of_moments(quiet | hopes).of_present_tellers()
    for step in steps.select_related("moment", "story__teller__person"):
        kind = NoticeKind.HOPE if step.moment_id in hopes else NoticeKind.QUIET
        at = step.moment.public_id
        address = reverse("valuecreation:say_what_came", args=[space.slug, at])
        yield (step.story.teller.person, kind, step.moment_id), {"address": address}


def ending(space: Space) -> Iterator[Wanted]:
    """Stories whose consent ends within a month, also of tellers who have left."""
    for story in Story.objects.in_space(space).ending_between(space.today, space.today + SOON):
        address = reverse("valuecreation:consent", args=[space.slug, story.public_id])
        with translation.override(story.teller.person.language):
            label = last_day(story)
        key = (story.teller.person, NoticeKind.CONSENT_ENDING, story.pk)
        yield key, {"address": address, "label": label}


def settle_still(moments: Iterable[int]) -> None:
    """Somebody said what came of some moments, or they are gone: they wait no longer."""
    numbers = list(moments)
    for kind in (NoticeKind.QUIET, NoticeKind.HOPE):
        Notice.objects.about_any(kind, numbers).settle()
