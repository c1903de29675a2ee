"""An indicator of a release as a drawn line, with its baseline, target and framing versions."""

import datetime as dt
import re

from django.utils.formats import number_format

from evaluation.drawing import FramingMark, Guide, Point, indicator_line
from evaluation.presentation.records import (
    PresentedIndicator,
    PresentedObservation,
    ReleaseContents,
)
from evaluation.reports import pictures, words
from evaluation.series import period_days
from learningspaces.lib.svg import HUES, INK_2


def series_svg(indicator: PresentedIndicator, release: ReleaseContents) -> str:
    """The line of one indicator; a gap in what is known is a gap in the line."""
    points = [_point(reading, indicator) for reading in indicator.measured]
    frame = release.frame
    versions = frame.versions or (frame,) if frame else ()
    marks = [FramingMark(version.agreed_on, words.framing(version.number)) for version in versions]
    return str(
        indicator_line(
            points,
            _baseline(indicator),
            _target(indicator),
            hue=HUES.get(indicator.cycle, INK_2),
            framing_marks=marks,
            levels=_levels(indicator),
            low=indicator.scale_min,
            high=indicator.scale_max,
            size="multiple",
            title=indicator.name,
            desc=pictures.series_sentence(indicator),
            prefix=f"series-{indicator.ref}",
            static=True,
        )
    )


def _point(reading: PresentedObservation, indicator: PresentedIndicator) -> Point:
    value = _level(reading)
    noted = value is None and bool(reading.value) and not (reading.missing or reading.few)
    shown = _short(value, indicator) if value is not None else ""
    return Point(_tick(reading.period), _day(reading.period), value, shown, noted)


def _level(reading: PresentedObservation | None) -> float | int | None:
    if reading is None or reading.missing or reading.few:
        return None
    if reading.percent is not None:
        return reading.percent
    if isinstance(reading.value, str):
        return None
    return int(reading.value) if isinstance(reading.value, bool) else reading.value


def _short(value: float, indicator: PresentedIndicator) -> str:
    if indicator.kind == "ratio":
        return words.percent(round(value))
    return words.number(value)


def _tick(period: str) -> str:
    """Q4 24: short enough to stand below a dot."""
    if match := re.fullmatch(r"\d\d(\d\d)-([QH]\d)", period):
        return f"{match[2]} {match[1]}"
    if match := re.fullmatch(r"\d\d(\d\d)-(\d\d)", period):
        return f"{number_format(int(match[2]))}/{match[1]}"
    return period


def _day(period: str) -> dt.date:
    try:
        return period_days(period)[1]
    except (ValueError, KeyError, TypeError):
        return dt.date.min


def _baseline(indicator: PresentedIndicator) -> Guide | None:
    level = _level(indicator.baseline)
    if level is None:
        return None
    return Guide(level, words.baseline(), _short(level, indicator))


def _target(indicator: PresentedIndicator) -> Guide | None:
    target = indicator.target
    if isinstance(target, str) or target is None:
        return None
    kind = words.said(words.TARGETS, indicator.target_kind)
    return Guide(target, kind, _short(target, indicator))


def _levels(indicator: PresentedIndicator) -> list[tuple[int, str]]:
    if indicator.kind == "yes_no":
        return [(0, words.plain(False, indicator)), (1, words.plain(True, indicator))]
    return list(enumerate(indicator.levels)) if indicator.kind == "rubric" else []
