"""What has come to a space within some days, in numbers, for one kind of reader."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from spaces.presentation.viewer import Viewer
from valuecreation.consent import given_between, given_until, reaches
from valuecreation.models import Consent, LoopReading, Story, StoryStep


@dataclass(frozen=True)
class SpaceNews:
    """How many stories a reader may newly read, and how many things came back in them."""

    stories: int
    returns: int


def news_of(viewer: Viewer, first: dt.date, before: dt.date) -> SpaceNews:
    """Stories that were not for this reader before these days and are since, the reader's own not
    counted; and the returns from practice that they tell of.
    """
    space, audience = viewer.space, viewer.audience
    earlier = Consent.objects.filter(reaches(audience), given_until(first), story=OuterRef("pk"))
    new = Story.objects.for_audience(audience, space.today).in_space(space)
    new = new.filter(given_between(first, before, prefix="consent__")).exclude(Exists(earlier))
    if viewer.person:
        new = new.exclude(teller__person=viewer.person)
    stories = list(new.order_by().values_list("pk", flat=True))
    if not stories:
        return SpaceNews(0, 0)
    told_there = StoryStep.objects.filter(moment=OuterRef("flow__source"), story__in=stories)
    returns = LoopReading.objects.in_space(space).for_audience(audience)
    return SpaceNews(len(stories), returns.filter(Exists(told_there)).count())
