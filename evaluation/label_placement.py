"""Where words may stand in a small drawing without covering one another or the line."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from learningspaces.lib.typefaces import text_width


class Box(NamedTuple):
    """The room that a word takes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def within(self, area: "Box") -> bool:
        """Whether the box lies wholly inside an area."""
        across = area.left <= self.left and self.right <= area.right
        return across and area.top <= self.top and self.bottom <= area.bottom

    def meets(self, other: "Box") -> bool:
        """Whether two boxes share any room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def fitted(
    words: Sequence[tuple[float, str]], size: float, left: float, right: float, *, gap: float
) -> list[tuple[Box, str]]:
    """Words in one row, each about its middle; one that would meet an earlier one is left out."""
    placed: list[tuple[Box, str]] = []
    for x, word in words:
        half = text_width(word, size) / 2
        middle = min(max(x, left + half), right - half)
        box = Box(middle - half - gap / 2, 0, middle + half + gap / 2, 1)
        if word and not any(box.meets(other) for other, _word in placed):
            placed.append((box, word))
    return placed


def spread(middles: Sequence[float], apart: float, top: float, floor: float) -> list[float]:
    """Heights moved as little as needed to stand apart, in the order given (two at the most)."""
    moved = [min(max(y, top), floor) for y in middles]
    if len(moved) == 2 and abs(moved[0] - moved[1]) < apart:
        upper = 0 if moved[0] < moved[1] else 1
        centre = sum(moved) / 2
        centre = min(max(centre, top + apart / 2), floor - apart / 2)
        moved[upper], moved[1 - upper] = centre - apart / 2, centre + apart / 2
    return moved


def free_boxes(
    spots: Sequence[tuple[float, float, str]],
    runs: Sequence[Sequence[tuple[float, float]]],
    guides: Sequence[float],
    area: Box,
    size: float,
) -> list[tuple[Box, str]]:
    """A place for each spot's word: the last, the first, the highest and the lowest go first.

    No two words ever meet. The last figure is always told; of many spots the less telling go
    unnamed, rather than cover a dot or the line.
    """
    traced = [spot for run in runs for spot in _traced(run)]
    dots = [Box(x - 3.5, y - 3.5, x + 3.5, y + 3.5) for run in runs for x, y in run]
    placed: list[tuple[Box, str]] = []
    for number, (x, y, word) in enumerate(_by_weight(spots)):
        most = 3.0 if len(spots) <= 8 else 1.0
        costs = [
            (_cost(box, dots, traced, guides), box)
            for box in _around(x, y, text_width(word, size, bold=True), size)
            if box.within(area) and not any(box.meets(other) for other, _word in placed)
        ]
        cost, box = min(costs, key=lambda pair: pair[0], default=(math.inf, None))
        if box and (cost < most or not number):
            placed.append((box, word))
    return placed


def _cost(
    box: Box,
    dots: Sequence[Box],
    traced: Sequence[tuple[float, float]],
    guides: Sequence[float],
) -> float:
    """How much a word here would cover: a dot weighs most, a piece of the line least."""
    covered = sum(box.meets(dot) for dot in dots)
    crossed = sum(box.left < x < box.right and box.top < y < box.bottom for x, y in traced)
    ruled = sum(box.top < guide < box.bottom for guide in guides)
    return covered * 4 + min(2, crossed * 0.5) + ruled * 0.75


def _by_weight(spots: Sequence[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    if not spots:
        return []
    highest = min(spots, key=lambda spot: spot[1])
    lowest = max(spots, key=lambda spot: spot[1])
    return list(dict.fromkeys([spots[-1], spots[0], highest, lowest, *spots]))


def _around(x: float, y: float, width: float, size: float) -> list[Box]:
    """The places beside a dot, the usual one first: above, then below, then to either side."""
    boxes = []
    for top in (y - 6 - size, y + 5):
        for shift in (0, -0.35, 0.35, -0.5, 0.5):
            middle = x + shift * width
            boxes.append(Box(middle - width / 2, top, middle + width / 2, top + size + 1))
    boxes.append(Box(x - 6 - width, y - size / 2, x - 6, y + size / 2 + 1))
    boxes.append(Box(x + 6, y - size / 2, x + 6 + width, y + size / 2 + 1))
    return boxes


def _traced(run: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [
        (one[0] + (two[0] - one[0]) * step / 20, one[1] + (two[1] - one[1]) * step / 20)
        for one, two in pairwise(run)
        for step in range(20)
    ]
