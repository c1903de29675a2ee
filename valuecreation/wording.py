"""A story's wording as its versions keep it, and what becomes of a moment's fields."""

import datetime as dt
import hashlib
import json
import re

from django.utils.translation import gettext as _

from learningspaces.lib.dates import first_day
from spaces.models import Membership
from valuecreation.cycles import PLAIN_NAMES, Location, MomentStatus, Precision
from valuecreation.models import Moment, Story
from valuecreation.rules.moments import proposed_day

LONGEST_TITLE = 60
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+|(?<=[。！？])")
CLAUSE_END = re.compile(r"[,;:–—،؛、，；]")
FIELDS = (
    "cycle",
    "polarity",
    "status",
    "occurred_on",
    "precision",
    "occurred_until",
    "due_on",
    "location",
    "other_space",
    "agent",
    "agent_word",
    "for_whom",
    "for_word",
    "subtype",
    "text",
)

KEPT = ("ref", "cycle", "polarity", "status", "precision", "location", "agent", "text")


def snapshot(story: Story) -> dict:
    """Title and moments as they stand now, for a version that is never changed."""
    steps = story.steps.select_related("moment__agent", "moment__for_whom", "moment__other_space")
    return as_kept(story, [_as_told(step.moment) for step in steps])


def as_kept(story, moments: list[dict]) -> dict:
    """What a version keeps of a story, a row or as a file tells it, with its moments."""
    return {
        "title": story.title,
        "other_factors": story.other_factors,
        "did_not_work": story.did_not_work,
        "moments": moments,
    }


def _as_told(moment: Moment) -> dict:
    words = ("ref", "cycle", "polarity", "status", "precision", "location", "text")
    days = {name: getattr(moment, name) for name in ("occurred_on", "occurred_until", "due_on")}
    return moment_as_kept(
        agent=moment.agent_key, **days, **{name: getattr(moment, name) for name in words}
    )


def moment_as_kept(
    *,
    occurred_on: dt.date | None,
    due_on: dt.date | None,
    occurred_until: dt.date | None = None,
    **words: str | None,
) -> dict:
    """What a version keeps of a moment: all its words, and the day that it has."""
    days = {"occurred_on": occurred_on, "occurred_until": occurred_until, "due_on": due_on}
    kept = {name: words[name] for name in KEPT}
    return kept | {name: day.isoformat() for name, day in days.items() if day}


def fingerprint_of(story: Story) -> str:
    """What stands for the words of what happened, in order: another person speaks to these."""
    happened = story.steps.filter(moment__status=MomentStatus.ACTUAL).order_by("order")
    texts = happened.values_list("moment__text", flat=True)
    return hashlib.sha256(json.dumps(list(texts)).encode()).hexdigest()


def fill(moment: Moment, fields: dict, *, teller: Membership | None) -> None:
    """Put what somebody filled in into a moment, with the defaults a teller need not think of."""
    for name in FIELDS:
        if name in fields:
            setattr(moment, name, fields[name])
    moment.text = moment.text.strip()
    if not moment.agent and not moment.agent_word:
        moment.agent = teller
    if not moment.for_whom and not moment.for_word:
        moment.for_whom = teller
    if moment.location != Location.OTHER_SPACE:
        moment.other_space = None
    if moment.status == MomentStatus.HOPED:
        moment.due_on = moment.due_on or proposed_day(moment.space.today)
        moment.precision, moment.occurred_until = Precision.DAY, None
        return
    settle_days(moment)


def settle_days(moment: Moment) -> None:
    """The days of what happened, as its precision has them: without a date, the day it was told."""
    told, precision = moment.told_on, moment.precision
    if precision == Precision.UNKNOWN:
        moment.occurred_on = moment.occurred_on or told
    if moment.occurred_on:
        moment.occurred_on = first_day(moment.occurred_on, precision)
    if precision == Precision.AFTER and moment.occurred_on:
        moment.occurred_until = moment.occurred_until or max(told, moment.occurred_on)
    elif precision != Precision.DAYS:
        moment.occurred_until = None


def proposed_title(text: str, cycle: str = "") -> str:
    """A title until its teller finds a better one: the first sentence or clause, never cut off.

    Where they are too long for a title, what kind of thing it was.

    >>> proposed_title("We tried the checklist. It took an hour.")
    'We tried the checklist'
    """
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    sentence = SENTENCE_END.split(line, maxsplit=1)[0]
    ends = [len(sentence), *(found.start() for found in reversed([*CLAUSE_END.finditer(sentence)]))]
    for end in ends:
        title = sentence[:end].rstrip(" .,;:")
        if title and len(title) <= LONGEST_TITLE and (end == len(sentence) or " " in title):
            return title
    return str(PLAIN_NAMES.get(cycle, _("Something that happened")))
