"""Indicators as lines and as words: points, guides and figures for the drawings of pages."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from evaluation.drawing import FramingMark, Guide, Point, indicator_line
from evaluation.models import Indicator, IndicatorKind, TargetKind
from evaluation.presentation.records import PresentedIndicator
from evaluation.rules import numbered_levels
from evaluation.series import (
    BELOW,
    MOVED_AS_HOPED,
    MOVED_WRONG_WAY,
    NO_MOVEMENT,
    NO_VERDICT,
    ON_COURSE,
    REACHED,
    IndicatorRow,
    SeriesPoint,
    is_gap,
    percent,
    period_days,
    verdict_of,
)
from evaluation.series_rows import with_gaps
from framing.models import FramingVersion
from learningspaces.lib.svg import HUES

RATIO, RUBRIC, TEXT, YES_NO = "ratio", "rubric", "text", "yes_no"


def framing_marks(versions: Iterable[FramingVersion]) -> list[FramingMark]:
    """The days on which versions were agreed, with what stands beside each."""
    return [
        FramingMark(version.agreed_on, _("framing %(number)s") % {"number": version.number})
        for version in versions
    ]


def number(value) -> str:
    """A figure without needless zeros, as it is written in this language."""
    return number_in(get_language(), str(value))


@lru_cache(maxsize=4096)
def number_in(_language: str | None, value: str) -> str:
    """Writing a number by a language's rules is slow; most figures come back."""
    rounded = round(Decimal(value), 2)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    places = len(text.partition(".")[2])
    return number_format(rounded, places, use_l10n=True, force_grouping=abs(rounded) >= 10_000)


def percent_words(value) -> str:
    """63.3 %"""
    return _("%(number)s %%") % {"number": number(value)}


def level_words(indicator: PresentedIndicator, value) -> str:
    """What a value of this kind is called: a rubric's level and yes or no in words."""
    if value is None:
        return _("not known")
    if indicator.kind == YES_NO:
        return _("yes") if value else _("no")
    if indicator.kind == RUBRIC:
        words = dict(indicator.numbered_levels).get(int(value), "")
        return f"{number(value)} {words}".strip()
    return value if isinstance(value, str) else number(value)


def figure_words(indicator: PresentedIndicator, point: SeriesPoint | None) -> str:
    """A point as people read it: 63.3 %, 20, 3 negotiating, yes."""
    if point is None or is_gap(point, indicator.kind):
        return _("not known")
    if indicator.kind == RATIO:
        return percent_words(percent(point.numerator, point.denominator))
    return level_words(indicator, point.value)


def counts_words(indicator: PresentedIndicator, point: SeriesPoint | None) -> str:
    """The counts that stand beside a percentage: 50 of 79."""
    if indicator.kind != RATIO or point is None or is_gap(point, RATIO):
        return ""
    words = {"part": number(point.numerator), "whole": number(point.denominator)}
    return _("%(part)s of %(whole)s") % words


TARGETS = {
    TargetKind.NONE: gettext_lazy("target %(value)s"),
    TargetKind.HOPED: gettext_lazy("hoped %(value)s"),
    TargetKind.AGREED: gettext_lazy("agreed %(value)s"),
    TargetKind.REQUIRED: gettext_lazy("required %(value)s"),
}


def target_words(indicator: PresentedIndicator) -> str:
    """agreed 75 %"""
    if indicator.target is None:
        return ""
    value = indicator.target
    said = percent_words(value) if indicator.kind == RATIO else level_words(indicator, value)
    return TARGETS[TargetKind(indicator.target_kind or TargetKind.NONE)] % {"value": said}


def from_to(indicator: PresentedIndicator, row: IndicatorRow) -> str:
    """From 31 % to 63.3 %; agreed 75 %."""
    known = known_points(row)
    aim = target_words(indicator)
    if not known:
        words = _("Nothing observed yet; %(aim)s.") if aim else _("Nothing observed yet.")
        return words % {"aim": aim}
    first, last = (figure_words(indicator, known[place]) for place in (0, -1))
    if len(known) == 1:
        words = _("So far %(last)s; %(aim)s.") if aim else _("So far %(last)s.")
    else:
        words = (
            _("From %(first)s to %(last)s; %(aim)s.") if aim else _("From %(first)s to %(last)s.")
        )
    return words % {"first": first, "last": last, "aim": aim}


MOVED = {
    MOVED_AS_HOPED: gettext_lazy("moved as hoped"),
    MOVED_WRONG_WAY: gettext_lazy("moved the wrong way"),
    NO_MOVEMENT: gettext_lazy("no movement"),
    NO_VERDICT: gettext_lazy("no verdict"),
}


COURSES = {
    REACHED: gettext_lazy("target reached"),
    ON_COURSE: gettext_lazy("on course"),
    BELOW: gettext_lazy("below target"),
}


def movement_words(row: IndicatorRow) -> str:
    """Which way it moved, in the words of the matrix."""
    return str(MOVED[verdict_of(row).movement])


def verdict_words(row: IndicatorRow) -> str:
    """Which way it moved and how it stands to its target: moved as hoped, on course."""
    verdict = verdict_of(row)
    if verdict.course is None:
        return movement_words(row)
    words = {"moved": movement_words(row), "course": COURSES[verdict.course]}
    return _("%(moved)s, %(course)s") % words


def known_points(row: IndicatorRow) -> list[SeriesPoint]:
    """Baseline and observations in order of time, without the gaps."""
    points = [*([row.baseline] if row.baseline else []), *row.measured]
    return [point for point in points if not is_gap(point, row.kind)]


def last_point(row: IndicatorRow) -> SeriesPoint | None:
    """The newest observation, else the baseline, if there is any."""
    known = known_points(row)
    return known[-1] if known else None


def levels_of(indicator: Indicator) -> dict[int, str]:
    """A rubric's levels with their wording, however they are stored."""
    if indicator.levels:
        return numbered_levels(indicator.levels, indicator.scale_min)
    written = re.findall(r"(\d+)\s+([^,;]+)", indicator.unit if indicator.kind == RUBRIC else "")
    return {int(level): words.strip() for level, words in written}


def spark(
    indicator: PresentedIndicator,
    row: IndicatorRow,
    marks: Sequence[FramingMark] = (),
    until: dt.date | None = None,
) -> SafeString:
    """The small line beside an indicator's name; decoration, the figures stand in words."""
    levels = tuple(drawn_levels(indicator))
    return spark_line(row, tuple(marks), *limits_of(indicator), levels, until)


@lru_cache(maxsize=1024)
def spark_line(
    row: IndicatorRow, marks: tuple, low, high, levels: tuple, until: dt.date | None
) -> SafeString:
    """The same figures give the same line: what was drawn once is not drawn again."""
    before = level_drawn(row.kind, row.baseline)
    aim = float(row.target) if isinstance(row.target, int | float) else None
    return indicator_line(
        [point_drawn(row.kind, point) for point in with_gaps(row, until)],
        None if before is None else Guide(before),
        None if aim is None else Guide(aim),
        hue=HUES[row.cycle],
        framing_marks=marks,
        levels=levels,
        low=low,
        high=high,
    )


def multiple(
    indicator: PresentedIndicator,
    row: IndicatorRow,
    marks: Sequence[FramingMark],
    prefix: str,
    until: dt.date | None = None,
) -> SafeString:
    """One small multiple, with its axis, baseline, target and framing versions."""
    low, high = limits_of(indicator)
    points = [
        point_drawn(row.kind, point, figure_words(indicator, point))
        for point in with_gaps(row, until)
    ]
    return indicator_line(
        points,
        guide(indicator, row.baseline),
        target_guide(indicator),
        hue=HUES[row.cycle],
        framing_marks=marks,
        levels=drawn_levels(indicator),
        low=low,
        high=high,
        size="multiple",
        title=indicator.name,
        prefix=prefix,
    )


def limits_of(indicator: PresentedIndicator) -> tuple:
    """Where a scale begins and ends; other kinds find their own ends."""
    scale = indicator.kind == IndicatorKind.SCALE
    return (indicator.scale_min, indicator.scale_max) if scale else (None, None)


def point_drawn(kind: str, point: SeriesPoint, words: str = "") -> Point:
    """A point of the drawing; a gap says nothing."""
    value = level_drawn(kind, point)
    noted = kind == TEXT and point.value is not None
    shown = words if value is not None else ""
    return Point(tick(point.period), day_drawn(point.period), value, shown, noted)


def level_drawn(kind: str, point: SeriesPoint | None) -> float | int | None:
    if point is None or kind == TEXT or is_gap(point, kind):
        return None
    if kind == RATIO:
        return percent(point.numerator, point.denominator)
    return int(point.value) if kind in (YES_NO, RUBRIC) else float(point.value)


def guide(indicator: PresentedIndicator, baseline: SeriesPoint | None) -> Guide | None:
    value = level_drawn(indicator.kind, baseline)
    if value is None:
        return None
    return Guide(value, _("before"), figure_words(indicator, baseline))


def target_guide(indicator: PresentedIndicator) -> Guide | None:
    if not isinstance(indicator.target, int | float):
        return None
    kind = indicator.target_kind
    word = str(TargetKind(kind).label) if kind else _("target")
    said = level_words(indicator, indicator.target)
    return Guide(
        int(indicator.target) if isinstance(indicator.target, bool) else indicator.target,
        word,
        percent_words(indicator.target) if indicator.kind == RATIO else said,
    )


def drawn_levels(indicator: PresentedIndicator) -> list[tuple[int, str]]:
    if indicator.kind == YES_NO:
        return [(0, _("no")), (1, _("yes"))]
    return indicator.numbered_levels if indicator.kind == RUBRIC else []


def tick(period: str) -> str:
    """Q4 24: short enough to stand below a dot."""
    if match := re.fullmatch(r"\d\d(\d\d)-([QH]\d)", period):
        return f"{match[2]} {match[1]}"
    if match := re.fullmatch(r"\d\d(\d\d)-(\d\d)", period):
        return f"{int(match[2])}/{match[1]}"
    return period


def day_drawn(period: str) -> dt.date:
    return period_days(period)[1]
