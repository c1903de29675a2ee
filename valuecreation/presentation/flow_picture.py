"""The flow picture of a space with the sentence and the tables that stand beside it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.urls import reverse
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
def _drawn(language, figures, sentence, narrow, static, links):
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
        links=links,
    )


@dataclass(frozen=True)
class PictureLinks:
    """Where the numbers of a picture lead; without a space nowhere, as in a file."""

    slug: str = ""

    def flows(self, origin: str, goal: str, count: int = 1) -> str:
        """To the flows from one cycle to another."""
        if not self.slug or not count:
            return ""
        return f"{self._of('flow_matrix')}{origin}/{goal}/"

    def moments(self, cycle: str, count: int = 1) -> str:
        """To the stories in which something of a cycle happened."""
        if not self.slug or not count:
            return ""
        return f"{self._of('valuecreation:story_list')}?cycle={cycle}&counted=happened"

    def _of(self, name: str) -> str:
        return reverse(name, args=[self.slug])


@dataclass(frozen=True)
class MatrixCell:
    """How many flows went from one cycle to another; `level` says how that shows in the table.

    `href` leads to these flows.
    """

    count: int
    level: str
    href: str = ""


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
    href: str = ""


@dataclass(frozen=True)
class Picture:
    """How value is moving in a space, drawn, in a sentence and in tables.

    With the address of the space each number leads to what it counts.
    """

    summary: Summary
    slug: str = ""

    @property
    def links(self) -> PictureLinks:
        return PictureLinks(self.slug)

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
        links = PictureLinks() if static else self.links
        return _drawn(get_language(), figures, self.sentence, narrow, static, links)

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
                href=self.links.flows(*pair),
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
                cells=[
                    MatrixCell(count, level(count, most), self.links.flows(cycle, goal, count))
                    for goal, count in zip(Cycle.values, cells, strict=True)
                ],
                total=sum(cells),
            )
            for cycle, cells in zip(Cycle.values, matrix, strict=True)
        ]

    @property
    def beside(self) -> int:
        """Flows that touch a moment that is not placed, and stand in no cell."""
        return self.summary.flows_beside_matrix

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
