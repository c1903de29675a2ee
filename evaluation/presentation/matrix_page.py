"""What pages say beside the bare matrix: words for flags, figures, lines and next steps."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.coverage import CycleCounts, MatrixFlag, Remark, Remarked
from evaluation.cycle_rows import IndicatorCell
from evaluation.matrix import ClaimInMatrix, MatrixAspiration, MatrixRow, ValueMatrix
from evaluation.next_steps import MatrixPlace, NextStep, NextSteps
from evaluation.presentation.indicator_pages import IndicatorCard, card_of
from framing.presentation import PresentedAssumption
from valuecreation.cycles import PLAIN_WORDS
from valuecreation.population import told_words

TURNED_OUT = (
    gettext_lazy("%(count)d helped"),
    gettext_lazy("%(count)d made things worse"),
    gettext_lazy("%(count)d a bit of both"),
    gettext_lazy("%(count)d changed nothing"),
)
COURSES = frozenset({MatrixFlag.REACHED, MatrixFlag.ON_COURSE, MatrixFlag.BELOW})


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

    cycle: str
    label: str
    plain: str
    members_aspirations: list[MatrixAspiration]
    sponsors_aspirations: list[MatrixAspiration]
    assumptions: tuple[PresentedAssumption, ...]
    indicator_cards: list[IndicatorCard]
    marks: list[MatrixMark]
    readings: list[MatrixMark]
    counts: str
    read: NextStep | None
    read_alone: NextStep | None
    detail: list[str]
    claims: tuple[ClaimInMatrix, ...]
    derive: NextStep | None
    ask: NextStep | None
    claim: NextStep | None

    @property
    def hopes_for_nothing(self) -> bool:
        return not (self.members_aspirations or self.sponsors_aspirations)


def matrix_page(matrix: ValueMatrix, steps: NextSteps) -> list[PageRow]:
    """The rows of the matrix with their words, lines and next steps."""
    return [page_row(row, matrix, steps) for row in matrix.rows]


def page_row(row: MatrixRow, matrix: ValueMatrix, steps: NextSteps) -> PageRow:
    """One row in words."""
    cards = [card_of(matrix.viewer, cell.figures, matrix.marks) for cell in row.cells]
    names = {card.indicator.ref: card.indicator.name for card in cards}
    hope = row.aspirations[0].pk if row.aspirations else None
    place = MatrixPlace(str(row.cycle), hope, matrix.scope.season or "")
    marks = [flag_mark(flag, names, steps, place) for flag in row.flags]
    if not any(remark.flag in COURSES for remark in row.flags):
        marks += linked_marks(row.cells)
    return PageRow(
        cycle=str(row.cycle),
        label=str(row.cycle.label),
        plain=str(PLAIN_WORDS[row.cycle]),
        members_aspirations=row.members_aspirations,
        sponsors_aspirations=row.sponsors_aspirations,
        assumptions=row.assumptions,
        indicator_cards=cards,
        marks=marks,
        readings=[reading_mark(reading, names, steps, place) for reading in row.readings],
        counts=told_words(row.counts.told),
        read=steps.read(place) if row.counts.stories else None,
        read_alone=steps.read_alone(place) if row.counts.alone else None,
        detail=detail_words(row.counts),
        claims=row.claims,
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


def detail_words(counts: CycleCounts) -> list[str]:
    """How the moments that happened turned out, in words."""
    how = (counts.positive, counts.negative, counts.mixed, counts.nil)
    said = zip(how, TURNED_OUT, strict=True)
    return [str(words) % {"count": count} for count, words in said if count]


def whole_marks(matrix: ValueMatrix, steps: NextSteps) -> list[MatrixMark]:
    """The flags of the matrix as a whole."""
    return [flag_mark(remark, {}, steps, MatrixPlace()) for remark in matrix.flags]
