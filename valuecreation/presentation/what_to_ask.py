"""What could be asked before people meet again, and what a person could say by themselves."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spaces.presentation.days import first_day, precision_of, text_words
from spaces.presentation.viewer import Viewer
from valuecreation.asking import (
    can_answer,
    reasons_not_to_ask,
    stories_of,
    whom_to_ask,
    whom_to_meet,
)
from valuecreation.models import FollowUp, LoopStatus, Moment, StillMoment, Story
from valuecreation.presentation.answering import day_and_month
from valuecreation.presentation.lists import AudienceScope
from valuecreation.presentation.moments import MomentOnPage, moment_in_list
from valuecreation.presentation.terms import Terms, places_of

MOST = 40  # rows of one list; what is more stands on Flows & loops
WORDS = 36
LATELY = dt.timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class AskRow:
    """One idea, since when, and the one thing that can be done about it now."""

    moment: MomentOnPage
    heading: str
    since: str  # in bold: 20 weeks, Hoped by
    day: str
    who: str = ""
    about: str = ""
    first_name: str = ""
    can_ask: bool = False
    can_meet: bool = False
    mine: bool = False
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class AskedRow(AskRow):
    """A question that waits: when its mail goes or went, and whether this viewer put it."""

    question: int
    goes: str = ""
    to_meet: bool = False
    by_viewer: bool = False


@dataclass(frozen=True, kw_only=True)
class WhatToAsk:
    """The one list before people meet again."""

    quiet: list[AskRow]
    open: list[AskRow]
    asked: list[AskedRow]
    refused: int

    @property
    def number(self) -> int:
        """What could be done before then."""
        return len(self.quiet) + len(self.open)


def what_to_ask(viewer: Viewer, until: dt.date) -> WhatToAsk:
    """What will be quiet by a day, what came back and was not taken up, and what was asked."""
    space, person = viewer.space, viewer.person
    questions = FollowUp.objects.waiting().in_space(space).readable_by(person).with_moments()
    questions = list(questions)
    asked = [_asked(viewer, question) for question in questions[:MOST]]
    still = StillMoment.objects.in_space(space).for_audience(viewer.audience)
    still = still.to_hear_of(until, space.quiet_before(until)).longest_first()[: 2 * MOST]
    seen = AudienceScope(space, viewer.audience, space.today)
    returns = seen.loops(LoopStatus.OPEN).longest_first().arrivals()[:MOST]
    moments = _readable(viewer, [*(row.moment_id for row in still), *returns])
    heard = FollowUp.objects.about_any(moments).settled_since(space.today - LATELY)
    settled = {*heard.moment_ids(), *(question.moment_id for question in questions)}
    to_ask = [moments[row.moment_id] for row in still if row.moment_id in moments]
    to_ask = [moment for moment in to_ask if moment.pk not in settled][:MOST]
    brought = [moments[pk] for pk in returns if pk in moments]
    return WhatToAsk(
        quiet=_rows(viewer, to_ask),
        open=[_brought(viewer, moment) for moment in brought],
        asked=asked,
        refused=FollowUp.objects.in_space(space).people_who_refused(),
    )


def _readable(viewer: Viewer, pks: Iterable[int]) -> dict[int, Moment]:
    found = Moment.objects.for_reader(viewer.space, viewer.person).among(set(pks)).with_stories()
    return {moment.pk: moment for moment in found}


def _rows(viewer: Viewer, moments: Sequence[Moment]) -> list[AskRow]:
    by_stories: dict[Moment, list[Story]] = {moment: stories_of(moment) for moment in moments}
    space, by = viewer.space, viewer.person
    not_now = reasons_not_to_ask(space, by_stories, by=by)
    not_met = reasons_not_to_ask(space, by_stories, by=by, in_person=True)
    rows = []
    for moment, stories in by_stories.items():
        of = whom_to_ask(moment, stories, space.today) or whom_to_meet(moment, stories)
        row = _row(viewer, moment, of)
        asks = moment.pk not in not_now
        meets = not asks and moment.pk not in not_met and not can_answer(of)
        why = "" if asks or meets or row.mine else not_met.get(moment.pk, "")
        about = _("has no mail address") if meets and of and not of.person_id else row.about
        rows.append(replace(row, can_ask=asks, can_meet=meets, why_not=why, about=about))
    return rows


def _row(viewer: Viewer, moment: Moment, of) -> AskRow:
    """An idea with whoever knows what came of it, as far as this viewer may know who that is."""
    terms = Terms(viewer, places_of(moment))
    shown = moment_in_list(viewer, moment, WORDS)
    called = terms.person(of) if of else None
    named = bool(called and called.attribution == "named")
    since, day = since_words(shown, viewer.space.today, vague=terms.nameless)
    return AskRow(
        moment=shown,
        heading=heading_of(shown),
        since=since,
        day=day,
        who=called.label if named else "",
        about=viewer.typed(of.practice) if named else "",
        first_name=of.first_name if named else "",
        mine=bool(of and viewer.is_person(of)),
    )


def heading_of(shown: MomentOnPage) -> str:
    """The kind of value; of a hope it says so."""
    if shown.hoped:
        return _("Hoped: %(kind)s") % {"kind": shown.heading.lower()}
    return shown.heading


def since_words(shown: MomentOnPage, today: dt.date, *, vague: bool = False) -> tuple[str, str]:
    """For how long nobody has heard; of a nameless teller no finer than the quarter."""
    if not shown.day:
        return "", ""
    if vague or precision_of(shown.day) not in ("day", "month"):
        return (_("Hoped by") if shown.hoped else _("Since")), text_words(shown.day)
    day = first_day(shown.day)
    if shown.hoped:
        return _("Hoped by"), day_and_month(day, today)
    weeks = max((today - day).days // 7, 0)
    said = ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    return said, _("since %(day)s") % {"day": day_and_month(day, today)}


def _brought(viewer: Viewer, moment: Moment) -> AskRow:
    """What came back into the space and was not taken up; its teller does not do that alone."""
    of = next((story.teller for story in stories_of(moment)), moment.agent)
    row = _row(viewer, moment, of)
    mine = row.mine or bool(moment.agent and viewer.is_person(moment.agent))
    heading = _("Returned as %(kind)s") % {"kind": row.moment.heading.lower()}
    return replace(row, heading=heading, about="", mine=mine)


def _asked(viewer: Viewer, question: FollowUp) -> AskedRow:
    row = _row(viewer, question.moment, question.asked_of)
    today = viewer.space.today
    waits = question.goes_at and not question.mailed_at and question.goes_at > timezone.now()
    goes = _("Goes at eight this morning")
    if question.asked_on == today:
        goes = _("Goes at eight tomorrow")
    return AskedRow(
        **vars(row) | {"since": _("Asked"), "day": day_and_month(question.asked_on, today)},
        question=question.pk,
        goes=goes if waits else "",
        to_meet=question.in_person,
        by_viewer=viewer.is_person(question.asked_by),
    )


# --- one's own, in all spaces ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OwnRow(AskRow):
    """Something of one's own that is open, in one of one's spaces."""

    told: str = ""
    slug: str = ""
    space: str = ""


def own_row(viewer: Viewer, moment: Moment) -> OwnRow:
    """What one took away or hopes for, and since when."""
    row = _row(viewer, moment, None)
    told = day_and_month(moment.told_on, viewer.space.today)
    return OwnRow(**vars(row), told=told, slug=viewer.space.slug, space=viewer.space.name)


def came_of_row(viewer: Viewer, moment: Moment) -> OwnRow:
    """What somebody else told that came of one's own."""
    teller = next((story.teller for story in stories_of(moment)), moment.agent)
    row = replace(_row(viewer, moment, teller), since=_("Told"), day="")
    if not Terms(viewer, places_of(moment)).nameless:
        row = replace(row, day=day_and_month(moment.told_on, viewer.space.today))
    return OwnRow(**vars(row), slug=viewer.space.slug, space=viewer.space.name)
