"""What pages say beside the bare matrix: words for flags, figures, lines and next steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.coverage import CycleCounts, MatrixFlag, Remark, Remarked
from evaluation.drawing import FramingMark
from evaluation.matrix import IndicatorCell, MatrixRow, ValueMatrix
from evaluation.models import Indicator
from evaluation.next_steps import MatrixPlace, NextStep, NextSteps
from evaluation.presentation.indicator_words import (
    counts_words,
    figure_words,
    from_to,
    last_point,
    movement_words,
    multiple,
    spark,
)
from evaluation.series import IndicatorRow
from evaluation.series_rows import shown_row
from spaces.models import Space
from valuecreation.cycles import PLAIN_WORDS

TURNED_OUT = (
    gettext_lazy("%(count)d helped"),
    gettext_lazy("%(count)d made things worse"),
    gettext_lazy("%(count)d a bit of both"),
    gettext_lazy("%(count)d changed nothing"),
    gettext_lazy("%(count)d hoped for, not counted"),
)
COURSES = frozenset({MatrixFlag.REACHED, MatrixFlag.ON_COURSE, MatrixFlag.BELOW})


@dataclass(frozen=True)
class IndicatorCard:
    """An indicator as a page shows it: its line, its last value, and the way it has come."""

    indicator: Indicator
    row: IndicatorRow
    line: SafeString
    last: str
    counts: str
    href: str = ""

    @property
    def moved(self) -> Promise:
        """Which way it moved, in the words of the matrix."""
        return movement_words(self.row)

    @property
    def way(self) -> str:
        """From first to last, with the target."""
        return from_to(self.indicator, self.row)


@dataclass(frozen=True)
class MatrixMark:
    """A flag or a reading in words, with the next step it offers this reader."""

    words: str
    code: str
    well: bool = False
    prompt: str = ""
    step: NextStep | None = None


@dataclass(frozen=True)
class PageRow:
    """One row of the matrix, ready for the template."""

    row: MatrixRow
    label: str
    plain: str
    indicator_cards: list[IndicatorCard]
    marks: list[MatrixMark]
    readings: list[MatrixMark]
    told: str
    detail: list[str]
    derive: NextStep | None
    ask: NextStep | None
    claim: NextStep | None


def indicator_card(
    indicator: Indicator,
    row: IndicatorRow,
    marks: Sequence[FramingMark] = (),
    *,
    large: bool = False,
    href: str = "",
) -> IndicatorCard:
    """An indicator's figures and line, small for a row or large for a page."""
    draw, last = multiple if large else spark, last_point(row)
    return IndicatorCard(
        indicator=indicator,
        row=row,
        line=draw(indicator, row, marks),
        last=figure_words(indicator, last) if last else "",
        counts=counts_words(indicator, last),
        href=href,
    )


def indicator_cards(space: Space, indicators, marks=(), *, large=False) -> list[IndicatorCard]:
    """Indicators as they stand today, figures about too few people left out."""
    day, smallest = space.today, space.min_group_size
    return [
        indicator_card(one, shown_row(one, day, smallest), marks, large=large) for one in indicators
    ]


def matrix_page(matrix: ValueMatrix, steps: NextSteps) -> list[PageRow]:
    """The rows of the matrix with their words, lines and next steps."""
    return [page_row(row, matrix, steps) for row in matrix.rows]


def page_row(row: MatrixRow, matrix: ValueMatrix, steps: NextSteps) -> PageRow:
    """One row in words."""
    names = {cell.row.ref: cell.indicator.name for cell in row.cells}
    place = MatrixPlace(str(row.cycle), row.aspirations[0].pk if row.aspirations else None)
    marks = [flag_mark(flag, names, steps, place) for flag in row.flags]
    if not any(remark.flag in COURSES for remark in row.flags):
        marks += linked_marks(row.cells)
    return PageRow(
        row=row,
        label=str(row.cycle.label),
        plain=str(PLAIN_WORDS[row.cycle]),
        indicator_cards=[
            indicator_card(
                cell.indicator, cell.row, matrix.marks, href=steps.indicator(cell.indicator.ref)
            )
            for cell in row.cells
        ],
        marks=marks,
        readings=[reading_mark(reading, names, steps, place) for reading in row.readings],
        told=told_words(row.told),
        detail=detail_words(row.told),
        derive=steps.derive(place),
        ask=steps.ask(place),
        claim=None if row.claims else steps.claim(place),
    )


def flag_mark(
    remark: Remark, names: dict[str, str], steps: NextSteps, place: MatrixPlace
) -> MatrixMark:
    """A flag in words; it names its indicator where the row has several."""
    words = capfirst(str(remark.flag.label))
    if remark.flag == MatrixFlag.HOPES_WAITING:
        words = ngettext(
            "Waiting to hear of %(count)d hope whose day has passed",
            "Waiting to hear of %(count)d hopes whose day has passed",
            remark.count,
        ) % {"count": remark.count}
    if remark.flag == MatrixFlag.SUSPICIOUS:
        words = _("%(count)d stories and not one negative, mixed or nil moment") % {
            "count": remark.count
        }
    return MatrixMark(
        words=about(words, remark.about, names),
        code=remark.flag.value,
        well=remark.well,
        step=steps.offered(remark.flag, place, remark.about),
    )


def reading_mark(
    remark: Remarked, names: dict[str, str], steps: NextSteps, place: MatrixPlace
) -> MatrixMark:
    """A reading in words, with its prompt."""
    return MatrixMark(
        words=about(capfirst(str(remark.reading.label)), remark.about, names),
        code=remark.reading.value,
        prompt=str(remark.prompt),
        step=steps.offered(remark.reading, place, remark.about),
    )


def about(words: str, ref: str, names: dict[str, str]) -> str:
    """The words with the indicator they are about, where it could be any of several."""
    if len(names) < 2 or ref not in names:
        return words
    return _("%(words)s: %(indicator)s") % {"words": words, "indicator": names[ref]}


def linked_marks(cells: tuple[IndicatorCell, ...]) -> list[MatrixMark]:
    """How many stories are linked to the row's indicators, where there are several."""
    return [
        MatrixMark(
            words=ngettext("Linked to %(count)d story", "Linked to %(count)d stories", stories)
            % {"count": stories},
            code="linked",
            well=True,
        )
        for stories in [max((cell.linked.stories for cell in cells), default=0)]
        if stories
    ]


def told_words(told: CycleCounts) -> str:
    """64 moments in 41 stories; hopes are never added in."""
    if not told.moments and told.stories:
        return ngettext(
            "Only hoped for, in %(count)d story", "Only hoped for, in %(count)d stories",
            told.stories,
        ) % {"count": told.stories}  # fmt: skip
    if not told.moments:
        return ""
    moments = ngettext("%(count)d moment", "%(count)d moments", told.moments)
    stories = ngettext("%(count)d story", "%(count)d stories", told.stories)
    return _("%(moments)s in %(stories)s") % {
        "moments": moments % {"count": told.moments},
        "stories": stories % {"count": told.stories},
    }


def detail_words(told: CycleCounts) -> list[str]:
    """How the moments turned out, in words, and what is hoped for apart."""
    counts = (told.positive, told.negative, told.mixed, told.nil, told.hoped)
    said = zip(counts, TURNED_OUT, strict=True)
    return [str(words) % {"count": count} for count, words in said if count]


def whole_marks(matrix: ValueMatrix, steps: NextSteps) -> list[MatrixMark]:
    """The flags of the matrix as a whole."""
    return [flag_mark(remark, {}, steps, MatrixPlace()) for remark in matrix.flags]
