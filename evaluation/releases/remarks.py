"""What a release says about itself: the one page, the reservations, and how it was made."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.models import Release
from evaluation.presentation import records
from evaluation.releases import matrix
from evaluation.releases.indicators import IndicatorFigures
from evaluation.releases.selection import Selection
from evaluation.series import MOVED_AS_HOPED, MOVED_WRONG_WAY
from valuecreation.cycles import Polarity
from valuecreation.presentation.records import PresentedStory

MOST_WORRIES = 4
MOST_INDICATORS = 2


def one_page(
    stories: tuple[PresentedStory, ...],
    moments: tuple[records.ReleasedMoment, ...],
    indicators: tuple[records.PresentedIndicator, ...],
    loops: tuple[records.ReleasedLoop, ...],
    claims: tuple[records.PresentedClaim, ...],
    *,
    asks: str,
) -> records.OnePage:
    """What somebody with one minute should read, the uncomfortable part first."""
    story = story_to_quote(stories, moments, loops)
    about = [claim for claim in claims if story in claim.stories] or list(claims)
    return records.OnePage(
        did_not_go_well=tuple(worries(stories, moments, indicators)),
        moved=tuple(indicators_to_show(indicators, claims)),
        story=story,
        contributed=about[0].statement if about else "",
        asks=tuple(line.strip() for line in asks.splitlines() if line.strip()),
    )


def worries(stories, moments, indicators) -> list[str]:
    """What did not go well: signs that moved the wrong way, harm, and what did not work."""
    wrong = [
        _("%(name)s: moved the wrong way.") % {"name": one.name}
        for one in indicators
        if one.movement == MOVED_WRONG_WAY
    ]
    harm = [m for m in moments if m.polarity == Polarity.NEGATIVE and not m.hoped]
    told = [ended(moment.text) for moment in harm if moment.text]
    failed = [ended(story.did_not_work) for story in stories if story.did_not_work]
    shown = [*wrong[:1], *told[:2], *failed]
    unquoted = len(harm) - len(told)
    if unquoted:
        said = ngettext(
            "%(count)s moment that made things worse is counted here, not quoted.",
            "%(count)s moments that made things worse are counted here, not quoted.",
            unquoted,
        )
        return [*shown[: MOST_WORRIES - 1], said % {"count": unquoted}]
    return shown[:MOST_WORRIES]


def ended(text: str) -> str:
    """The text as a sentence that another may follow."""
    text = " ".join(text.split())
    return text if text[-1:] in ".!?…" else f"{text}."


def indicators_to_show(indicators, claims) -> list[str]:
    """The indicators for the one page: those that claims rest on, else those that moved."""
    rested_on = [ref for claim in claims for ref in claim.indicators]
    moved = [one.ref for one in indicators if one.movement in (MOVED_AS_HOPED, MOVED_WRONG_WAY)]
    aimed = [one.ref for one in indicators if one.target_kind and one.ref in moved]
    return list(dict.fromkeys([*rested_on, *aimed, *moved]))[:MOST_INDICATORS]


def story_to_quote(stories, moments, loops) -> str:
    """A story that may be quoted: one with a closed loop, the longest such thread first."""
    closed = {
        loop.source: loop.spiral + loop.reaches_reframing + (loop.length == "long")
        for loop in loops
        if loop.status == "closed"
    }

    worded = {moment.ref for moment in moments if moment.text}

    def weight(story: PresentedStory) -> tuple:
        loop = max((closed[ref] for ref in story.steps if ref in closed), default=-1)
        told = sum(ref in worded for ref in story.steps)
        return loop >= 0, told, loop

    able = [story for story in stories if story.quotable and story.steps]
    return max(able, key=weight).ref if able else ""


def reservations(
    selection: Selection,
    figures: list[IndicatorFigures],
    frame: records.PresentedFraming | None,
    withheld_claims: int,
) -> tuple[str, ...]:
    """The sentences that stand between a release and a wrong use of it."""
    said = [
        _("Stories are not a sample, and are not added up as one."),
        how_many(selection),
        _(
            "What is only hoped for is counted apart and is in no total. Contributed to is never "
            "caused."
        ),
        _("Percentages stand on small numbers; the numbers are given beside them."),
    ]
    hidden = sum(one.suppressed for one in figures)
    if hidden:
        words = ngettext(
            "%(count)s figure is hidden, because fewer than %(least)s people stand behind it or "
            "behind what it would leave of another.",
            "%(count)s figures are hidden, because fewer than %(least)s people stand behind them "
            "or behind what they would leave of another.",
            hidden,
        )
        said.append(words % {"count": hidden, "least": selection.space.min_group_size})
    if withheld_claims:
        said.append(_("A claim that rests on a story not told here is not told here either."))
    if any(one.indicator.proxy_note for one in figures):
        said.append(_("Some indicators stand for something else; their notes say for what."))
    return (*said, *matrix.remarks(selection, figures, frame))


def how_many(selection: Selection) -> str:
    """N of M stories; never which ones, or why."""
    told, every, back = len(selection.stories), selection.in_space, selection.kept_back
    if not every:
        return _("No story of this period has been approved by its teller yet.")
    counts = {"told": told, "every": every, "back": back}
    if not back:
        return _("All %(every)s stories of this period are here.") % counts
    return (
        _(
            "%(told)s of the %(every)s stories of this period are here. The others are in no "
            "figure and no sentence of it, by their tellers' choice."
        )
        % counts
    )


def method(release: Release) -> tuple[str, ...]:
    """How the release was made."""
    uses = {
        "report": _("to be told in reports"),
        "research": _("to be used for research"),
        "publication": _("to be published"),
    }
    return (
        _("Each story was told by somebody who took part, and its wording approved by its teller."),
        _(
            "A story is in here when its teller's consent, asked on the day of issue, holds this "
            "audience and allows it %(use)s. It is quoted only where the teller agreed to that too."
        )
        % {"use": uses[release.purpose]},
        _("A story counts for this period if it was told in it or something in it happened then."),
        _(
            "Loops, flows and totals are worked out on the stories in here and on nothing else, so "
            "that none of them hints at a story that is not."
        ),
        _(
            "Outside the space people appear by their practice, unless a teller chose to be named; "
            "a teller under another name appears with no place and no date finer than a quarter."
        ),
        _("An indicator says whether something happens, not why. A gap is a gap and not a zero."),
    )
