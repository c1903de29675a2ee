"""The flow picture of a space with the sentence and the tables that stand beside it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import get_language

from valuecreation.cycles import Cycle
from valuecreation.drawing import FlowWords, flow_picture, picture_sentence
from valuecreation.population import Population
from valuecreation.summaries.totals import Summary

KEPT = 128  # drawings remembered; each is a pure function of its figures and its language


def labels() -> dict[str, str]:
    """The names of the cycles in the language that is active."""
    return {code: str(label) for code, label in Cycle.choices}


@lru_cache(maxsize=KEPT)
def _drawn(language, figures, sentence, narrow, static):
    counts, flows, returns, waiting = (dict(pairs) for pairs in figures)
    words = FlowWords(desc=sentence)
    return flow_picture(
        counts,
        flows,
        returns,
        waiting,
        labels=labels(),
        narrow=narrow,
        words=words,
        static=static,
    )


@dataclass(frozen=True)
class MatrixCell:
    """How many flows went from one cycle to another; `level` says how that shows in the table."""

    count: int
    level: str


@dataclass(frozen=True)
class MatrixLine:
    """The flows that left one cycle."""

    cycle: str
    label: str
    moments: int
    cells: list[MatrixCell]
    total: int


@dataclass(frozen=True)
class ArcLine:
    """One line of the picture, in words."""

    origin: str
    goal: str
    cycle: str
    count: int
    back: bool
    waiting: int


@dataclass(frozen=True)
class Picture:
    """How value is moving in a space, drawn, in a sentence and in tables."""

    summary: Summary

    @property
    def told(self) -> Population:
        """What the picture shows, as every figure about moments counts it."""
        summary = self.summary
        return Population(summary.actual, summary.stories_happened, alone=summary.all_alone)

    @cached_property
    def sentence(self) -> str:
        return picture_sentence(
            told=self.told,
            flows=within_cycles(self.summary.flows),
            returns=sum(self.summary.returns.values()),
            open_returns=sum(self.summary.open_returns.values()),
            labels=labels(),
        )

    @property
    def wide(self):
        return self._draw()

    @property
    def narrow(self):
        return self._draw(narrow=True)

    def download(self):
        """The wide drawing with a size of its own, to be kept as a file."""
        return self._draw(static=True)

    def _draw(self, *, narrow: bool = False, static: bool = False):
        summary = self.summary
        ways = (summary.flows, summary.returns, summary.open_returns)
        groups = (summary.by_cycle, *map(within_cycles, ways))
        figures = tuple(tuple(sorted(group.items())) for group in groups)
        return _drawn(get_language(), figures, self.sentence, narrow, static)

    @cached_property
    def arcs(self) -> list[ArcLine]:
        """The counts of the picture as lines of a table, in the order of the cycles."""
        names, summary = labels(), self.summary
        order = {cycle: place for place, cycle in enumerate(Cycle.values)}
        drawn = [(pair, count, False) for pair, count in within_cycles(summary.flows).items()]
        drawn += [(pair, count, True) for pair, count in within_cycles(summary.returns).items()]
        return [
            ArcLine(
                origin=names[pair[0]],
                goal=names[pair[1]],
                cycle=pair[0],
                count=count,
                back=back,
                waiting=summary.open_returns.get(pair, 0) if back else 0,
            )
            for pair, count, back in sorted(
                drawn, key=lambda arc: (arc[2], order[arc[0][0]], order[arc[0][1]])
            )
        ]

    @cached_property
    def rows(self) -> list[MatrixLine]:
        """The eight by eight table: rows from, columns to, empty cells among them."""
        names, moments = labels(), self.summary.by_cycle
        matrix = self.summary.matrix
        most = max(map(max, matrix))
        return [
            MatrixLine(
                cycle=cycle,
                label=names[cycle],
                moments=moments[cycle],
                cells=[MatrixCell(count, level(count, most)) for count in cells],
                total=sum(cells),
            )
            for cycle, cells in zip(Cycle.values, matrix, strict=True)
        ]

    @property
    def columns(self) -> list[str]:
        return list(labels().values())


def within_cycles(ways: dict) -> dict:
    """The flows between two of the eight cycles; those of moments not placed are told in words."""
    return {pair: n for pair, n in ways.items() if set(pair) <= set(Cycle.values)}


def level(count: int, most: int) -> str:
    """How a cell shows: nothing told, something told, or much of what was told."""
    if not count:
        return "none"
    return "strong" if count * 3 >= most else "some"
