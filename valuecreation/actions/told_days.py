"""The day a story was told, which may be long before it was written down here."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learningspaces.lib.violations import refuse_if_broken
from spaces.models import Membership
from spaces.presentation.days import date_words
from spaces.stated_days import require_come
from spaces.todays import last_today
from valuecreation.cycles import Precision
from valuecreation.models import Moment, Story
from valuecreation.rules.stories import story_violations, told_violations
from valuecreation.wording import settle_days


def require_told_day(story: Story, *, by: Membership, moments: list[Moment]) -> None:
    """The day a story is said to be told on has come, and what it tells of had happened."""
    require_come("told_on", story.told_on, today=last_today(story.space, by))
    dated = (row for row in moments if row.precision != Precision.UNKNOWN)
    days = (row.occurred_on for row in dated if row.occurred_on)
    refuse_if_broken(told_violations(story.told_on, days))


def tell_on(story: Story, told_on: dt.date | None, *, by: Membership) -> None:
    """Move the day a story was told, and with it what was told that day; None leaves it.

    What was added to it on a later day stays told then.
    """
    before = Story.objects.numbered(story.pk).values_list("told_on", flat=True).get()
    story.told_on = told_on or before
    if story.told_on == before:
        return
    moments = list(Moment.objects.in_story(story))
    by_then = [row for row in moments if row.occurred_on and row.occurred_on <= before]
    require_told_day(story, by=by, moments=by_then)
    days = {"told_on": story.told_on, "followed_up_on": story.followed_up_on}
    refuse_if_broken(story_violations(**days, same_person=False))
    if story.framing_number and story.told_on < before:
        said = _("It was told on %(day)s, under what the space said then. Keep it, or go later.")
        raise ValidationError({"told_on": said % {"day": date_words(before)}})
    story.save(update_fields=["told_on"])
    Moment.objects.in_story(story).told_that_day(before).update(told_on=story.told_on)
    for moment in Moment.objects.in_story(story).loosely_dated():
        if moment.precision == Precision.UNKNOWN:
            moment.occurred_on = None
        elif moment.precision == Precision.AFTER:
            moment.occurred_until = None
        settle_days(moment)
        moment.save(update_fields=["occurred_on", "occurred_until"])
    Story.objects.among([story.pk]).list_anew()
