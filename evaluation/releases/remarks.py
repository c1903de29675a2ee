"""What a release says about itself: the one page, the reservations, and how it was made."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.coverage import Told
from evaluation.models import Release
from evaluation.presentation import records
from evaluation.presentation.indicators import IndicatorFigures
from evaluation.releases import matrix
from evaluation.releases.selection import Selection
from evaluation.series import MOVED_AS_HOPED, MOVED_WRONG_WAY
from valuecreation.cycles import Polarity
from valuecreation.presentation.records import PresentedStory

WORRIES = 4  # sentences of the one page on what did not go well
HARM_QUOTED = 2  # of them, at most so many in a teller's words
INDICATORS_SHOWN = 2


class Highlights:
    """What the one page may say of moments and stories, noted as they pass by.

    Moments first: a story is weighed by the words of its moments.
    """

    def __init__(self, loops: Iterable[records.ReleasedLoop]):
        self.closed = {
            loop.source: loop.spiral + loop.reaches_reframing + (loop.length == "long")
            for loop in loops
            if loop.status == "closed"
        }
        self.worded: set[str] = set()
        self.harm: list[str] = []
        self.harm_unquoted = 0
        self.failed: list[str] = []
        self.story = ""
        self.weight: tuple = ()

    def of_moments(
        self, moments: Iterable[records.ReleasedMoment]
    ) -> Iterator[records.ReleasedMoment]:
        """The same moments, each noted."""
        for moment in moments:
            if moment.text:
                self.worded.add(moment.ref)
            if moment.polarity == Polarity.NEGATIVE and not moment.hoped:
                self._note_harm(moment.text)
            yield moment

    def of_stories(self, stories: Iterable[PresentedStory]) -> Iterator[PresentedStory]:
        """The same stories, each noted."""
        for story in stories:
            if story.did_not_work and len(self.failed) < WORRIES:
                self.failed.append(ended(story.did_not_work))
            if story.quotable and story.steps and self._weight_of(story) > self.weight:
                self.story, self.weight = story.ref, self._weight_of(story)
            yield story

    def _note_harm(self, text: str | None) -> None:
        if not text:
            self.harm_unquoted += 1
        elif len(self.harm) < HARM_QUOTED:
            self.harm.append(ended(text))

    def _weight_of(self, story: PresentedStory) -> tuple:
        """A story to quote is one with a closed loop, the longest such thread first."""
        loop = max((self.closed[ref] for ref in story.steps if ref in self.closed), default=-1)
        return loop >= 0, sum(ref in self.worded for ref in story.steps), loop

    def one_page(
        self,
        indicators: tuple[records.PresentedIndicator, ...],
        claims: tuple[records.PresentedClaim, ...],
        *,
        asks: str,
    ) -> records.OnePage:
        """What somebody with one minute should read, the uncomfortable part first."""
        about = [claim for claim in claims if self.story in claim.stories] or list(claims)
        return records.OnePage(
            did_not_go_well=tuple(self._worries(indicators)),
            moved=tuple(indicators_to_show(indicators, claims)),
            story=self.story,
            contributed=about[0].statement if about else "",
            asks=tuple(line.strip() for line in asks.splitlines() if line.strip()),
        )

    def _worries(self, indicators: Iterable[records.PresentedIndicator]) -> list[str]:
        """Indicators that moved the wrong way, harm, and what did not work."""
        wrong = [
            _("%(name)s: moved the wrong way.") % {"name": one.name}
            for one in indicators
            if one.movement == MOVED_WRONG_WAY
        ]
        shown = [*wrong[:1], *self.harm, *self.failed]
        if not self.harm_unquoted:
            return shown[:WORRIES]
        counted = ngettext(
            "%(count)s moment that made things worse is counted here, not quoted.",
            "%(count)s moments that made things worse are counted here, not quoted.",
            self.harm_unquoted,
        )
        return [*shown[: WORRIES - 1], counted % {"count": self.harm_unquoted}]


def ended(text: str) -> str:
    """The text as a sentence that another may follow."""
    text = " ".join(text.split())
    return text if text[-1:] in ".!?…" else f"{text}."


def indicators_to_show(indicators, claims) -> list[str]:
    """The indicators for the one page: those that claims rest on, else those that moved."""
    rested_on = [ref for claim in claims for ref in claim.indicators]
    moved = [one.ref for one in indicators if one.movement in (MOVED_AS_HOPED, MOVED_WRONG_WAY)]
    aimed = [one.ref for one in indicators if one.target_kind and one.ref in moved]
    return list(dict.fromkeys([*rested_on, *aimed, *moved]))[:INDICATORS_SHOWN]


def reservations(
    selection: Selection,
    told: Told,
    figures: list[IndicatorFigures],
    frame: records.ReleasedFraming | None,
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
    return (*said, *matrix.remarks(told, figures, frame, selection.last))


def how_many(selection: Selection) -> str:
    """N of M stories; never which ones, or why."""
    here, every, back = len(selection.stories), selection.in_space, selection.kept_back
    if not every:
        return _("No story of this period has been approved by its teller yet.")
    counts = {"told": here, "every": every, "back": back}
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
