"""A question and its answer as whoever is asked sees them by a mailed link: nothing else."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learningspaces.lib.dates import today_in
from spaces.presentation.days import date_words
from spaces.presentation.readers import readers_of
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import OFTEN_NEXT, PLAIN_WORDS, Cycle, Polarity, is_unsaid
from valuecreation.models import Consent, FollowUp, FollowUpOutcome, Moment
from valuecreation.presentation.moments import moment_on_page
from valuecreation.presentation.sharing import how_named, pseudonym_of

MONTH = dt.timedelta(days=30)


def day_and_month(day: dt.date, today: dt.date) -> str:
    """A day as people say it: 3 July, with its year where that is another."""
    return date_format(day, "j F") if day.year == today.year else date_words(day)


@dataclass(frozen=True, kw_only=True)
class MailedQuestion:
    """What came of something one told: the words, who asks, and until when it can be answered."""

    question: str
    words: str
    said: str
    asker: str
    asker_first: str
    person: str
    person_first: str
    space: str
    slug: str
    until: str
    in_a_month: str
    answered: str = ""
    unasked: bool = False


def mailed_question(follow_up: FollowUp) -> MailedQuestion:
    """The question for whoever is asked, in their own words."""
    moment, member = follow_up.moment, follow_up.asked_of
    viewer = Viewer(moment.space, member.person)
    shown = moment_on_page(viewer, moment)
    today = today_in(member.person.time_zone)
    answered = follow_up.answered_on
    return MailedQuestion(
        question=_question(viewer, follow_up, today),
        words=shown.text or "",
        said=_said(shown, moment, member),
        asker=viewer.member(follow_up.asked_by).label,
        asker_first=follow_up.asked_by.first_name,
        person=member.name,
        person_first=member.first_name,
        space=moment.space.name,
        slug=moment.space.slug,
        until=day_and_month(follow_up.works_until, today),
        in_a_month=day_and_month(today + MONTH, today),
        answered=day_and_month(answered, today) if answered else "",
        unasked=follow_up.asked_by_id == follow_up.asked_of_id,
    )


def _question(viewer: Viewer, follow_up: FollowUp, today: dt.date) -> str:
    """The asker's own words or, where they chose none, when it was told."""
    if follow_up.question not in ("", _("What happened?"), _("What came of it?")):
        return viewer.typed(follow_up.question)
    return what_came_of(follow_up.moment, today)


def what_came_of(moment: Moment, today: dt.date) -> str:
    """The question about a moment, as its teller is asked it."""
    if moment.due_on:
        said = _("You hoped for this by %(day)s. What came of it?")
        return said % {"day": day_and_month(moment.due_on, today)}
    known = moment.precision in ("day", "month") and moment.occurred_on
    if not known:
        return _("You told of this. What came of it?")
    near = today - moment.occurred_on < dt.timedelta(days=300)
    month = date_format(moment.occurred_on, "F" if near else "F Y")
    if moment.cycle == Cycle.POTENTIAL:
        return _("In %(month)s you took something away. What came of it?") % {"month": month}
    return _("You told of something in %(month)s. What came of it?") % {"month": month}


def about_mailed(follow_up: FollowUp, asked: MailedQuestion) -> dict[str, str]:
    """Subject and first sentence of the mail: when, where and who asks, and no word of it."""
    moment = follow_up.moment
    said = {"space": asked.space, "name": asked.asker}
    known = moment.occurred_on and moment.precision in ("day", "month")
    if not known:
        return {
            "about": _("Something you told of"),
            "opening": _(
                "You told of something in %(space)s. %(name)s would like to hear what came of it."
            )
            % said,
        }
    said["month"] = date_format(moment.occurred_on, "F")
    if moment.cycle == Cycle.POTENTIAL:
        about = _("Something you took away in %(month)s")
        opening = _(
            "In %(month)s you took something away from %(space)s. %(name)s would like to hear "
            "what came of it."
        )
    else:
        about = _("Something you told of in %(month)s")
        opening = _(
            "In %(month)s you told of something in %(space)s. %(name)s would like to hear what "
            "came of it."
        )
    return {"about": about % said, "opening": opening % said}


def _said(shown, moment: Moment, member) -> str:
    """Whose words these are, and of which day."""
    tellers = [step.story.teller for step in moment.steps.all()]
    own = any(teller.person_id == member.person_id for teller in tellers)
    own = own or (not tellers and moment.recorded_by_id == member.pk)
    words = _("Your words, %(day)s") if own else _("Noted, %(day)s")
    return words % {"day": shown.day_words}


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """An answer as kept, and what may still be said of it."""

    heading: str
    words: str
    readers: str
    turned_out: str = ""
    turns: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    kind_words: str = ""
    public_id: str = ""  # of the story in which it can be shared
    beside: bool = False
    number: int = 0
    named: str = ""


def kept_answer(follow_up: FollowUp, named: Consent | None) -> KeptAnswer:
    """What was answered, for whoever answered; `named` says how they were named last."""
    told, member = follow_up.told, follow_up.asked_of
    words = follow_up.answer if follow_up.outcome == FollowUpOutcome.HAPPENED else ""
    if told is None:
        return KeptAnswer(heading=_heading(follow_up), words=words, readers=_readers(follow_up))
    shown = moment_on_page(Viewer(told.space, member.person), told)
    story = told.beside or next((step.story for step in told.steps.all()), None)
    often = OFTEN_NEXT.get(follow_up.moment.cycle)
    unplaced = is_unsaid(told.cycle, Polarity.NIL, hoped=False)
    return KeptAnswer(
        heading=_heading(follow_up),
        words=shown.text or "",
        readers=_readers(follow_up),
        turned_out="" if told.polarity == Polarity.OPEN else Polarity(told.polarity).label,
        turns=tuple((code, _sentence(word)) for code, word in Polarity.choices if code != "open"),
        kind=often if often and unplaced else "",
        kind_words=str(PLAIN_WORDS[often]) if often else "",
        public_id=story.public_id if story else "",
        beside=bool(told.beside),
        number=readers_of(told.space, apart_from=member).number,
        named=how_named(member, named.attribution, pseudonym_of(named)) if named else "",
    )


def _sentence(word) -> str:
    return str(word)[:1].upper() + str(word)[1:]


def _heading(follow_up: FollowUp) -> str:
    """What was done with an answer, in a sentence."""
    first = {"name": follow_up.asked_by.first_name}
    unasked = follow_up.asked_by_id == follow_up.asked_of_id
    month = timezone.localdate() + MONTH
    if follow_up.again_on:
        month = follow_up.again_on
    said = {
        FollowUpOutcome.HAPPENED: _("Kept. Only you can read it.")
        if unasked
        else _("%(name)s has your answer. Thank you.") % first,
        FollowUpOutcome.ABANDONED: _("Noted: nothing came of it."),
        FollowUpOutcome.DORMANT: _("Noted: kept for later."),
        FollowUpOutcome.NOTHING_YET: _("We ask again on %(day)s.")
        % {"day": day_and_month(month, timezone.localdate())},
        FollowUpOutcome.NOT_MINE: _("Noted: not yours. %(name)s is told.") % first,
        FollowUpOutcome.NEVER: _("Noted: nobody asks you about this again."),
        FollowUpOutcome.STALLED: _("Noted: something stands in the way."),
    }
    return said[FollowUpOutcome(follow_up.outcome)]


def _readers(follow_up: FollowUp) -> str:
    """Who can read an answer."""
    if follow_up.asked_by_id == follow_up.asked_of_id:
        return _("Your words, kept in your stories. Only you can read them.")
    said = _("Your answer, %(day)s, kept in your stories. You and %(name)s can read it.")
    if follow_up.told is None:
        said = _("Your answer, %(day)s. You and %(name)s can read it.")
    today = timezone.localdate()
    return said % {
        "day": day_and_month(follow_up.answered_on or today, today),
        "name": follow_up.asked_by.first_name,
    }
