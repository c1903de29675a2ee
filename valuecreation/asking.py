"""Whether somebody may ask now what came of a moment, and if not, why.

One answer for what a page offers and for the question when it is put. Of what a nameless teller
tells it depends on nothing that only they are or have: everybody is told the same.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from learningspaces.lib.dates import last_day
from spaces.models import Membership, Person, Space
from spaces.permissions import Action, may
from spaces.presentation.days import date_words, quarter_of
from valuecreation.models import FollowUp, Moment, Story
from valuecreation.presentation.names import is_nameless
from valuecreation.rights import same_person

PEERS_WAIT = dt.timedelta(days=21)  # an idea has time to become something


def stories_of(moment: Moment) -> list[Story]:
    """The stories a moment stands in, fetched along."""
    return [step.story for step in moment.steps.all()]


def whom_to_ask(moment: Moment, stories: Sequence[Story], on: dt.date) -> Membership | None:
    """A teller of a story it stands in; of a moment in no story whoever did it, or noted it.

    A nameless teller is asked whether they can sign in or not: that nobody can be asked would
    tell who it is.
    """
    for story in stories:
        if is_nameless(story.consent):
            return story.teller
    for story in stories:
        if can_answer(story.teller) and all(_reads(story.teller, other, on) for other in stories):
            return story.teller
    if stories:
        return None
    asked = moment.agent if can_answer(moment.agent) else moment.recorded_by
    return asked if can_answer(asked) else None


def whom_to_meet(moment: Moment, stories: Sequence[Story]) -> Membership | None:
    """Whoever could be asked when people meet: they need no account for that."""
    people = [story.teller for story in stories] or [moment.agent, moment.recorded_by]
    return next((one for one in people if one and not one.left_on), None)


def can_answer(member: Membership | None) -> bool:
    """Whether somebody is here and can sign in."""
    return bool(member and member.person_id and not member.left_on)


def _reads(member: Membership, story: Story, on: dt.date) -> bool:
    """Whether a teller reads another story that holds the same moment."""
    return same_person(member, story.teller) or story.goes_to("space", on)


def told_by_all_accounts(moment: Moment, stories: Sequence[Story]) -> dt.date:
    """The day a moment was told; of a nameless teller's the last of its quarter."""
    if any(is_nameless(story.consent) for story in stories):
        return last_day(quarter_of(moment.told_on), "quarter")
    return moment.told_on


def reasons_not_to_ask(
    space: Space,
    moments: Mapping[Moment, Sequence[Story]],
    *,
    by: Person,
    in_person: bool = False,
) -> dict[int, str]:
    """Of which moments of a space, by number, nobody would be asked now, and why not.

    `moments` come with the stories they stand in, and those with tellers and consents. Whoever
    leads nothing here lets three weeks pass before they ask. `in_person` they ask when they meet.
    """
    before: dict[int, list[FollowUp]] = defaultdict(list)
    for follow_up in FollowUp.objects.about_any(moments).standing_against_another():
        before[follow_up.moment_id].append(follow_up)
    waits = dt.timedelta(0) if may(by, Action.NOTE_ANSWER, space) else PEERS_WAIT
    latest = space.today - waits
    found = {}
    for moment, stories in moments.items():
        of = whom_to_ask(moment, stories, space.today)
        of = of or (whom_to_meet(moment, stories) if in_person else None)
        told = told_by_all_accounts(moment, stories)
        if reason := _reason(of, before[moment.pk], by, too_soon=told > latest and bool(waits)):
            found[moment.pk] = reason
    return found


def _reason(of: Membership | None, before: list[FollowUp], by: Person, *, too_soon: bool) -> str:
    if of is None:
        return _("Nobody who knows this can sign in here yet. Invite them, or ask them in person.")
    if of.person_id == by.pk:
        return _("You would be asking yourself. Tell what happened instead.")
    for waiting in before:
        if waiting.answered_on is None:
            said = _("This was asked on %(day)s already, and the question still waits.")
            return said % {"day": date_words(waiting.asked_on)}
    if any(same_person(refused.asked_of, of) for refused in before):
        return _("They would rather not be asked about this. Ask about another.")
    if too_soon:
        return _("This was told only lately. Let three weeks pass, or ask in person.")
    return ""
