"""How days, periods, figures and codes are said in a report, in the language that is active."""

import datetime as dt
import re

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluation.presentation.records import PresentedIndicator, PresentedObservation, ReleasePeriod
from spaces.presentation.days import text_words
from valuecreation.cycles import NOT_PLACED, Cycle, Polarity, Unplaced

CYCLE_LABELS = dict(Cycle.choices)
MOMENT_LABELS = CYCLE_LABELS | dict.fromkeys(Unplaced.values, NOT_PLACED)
POLARITY = dict(Polarity.choices)
AUDIENCES = {
    "space": gettext_lazy("Evaluation report for the space"),
    "organisation": gettext_lazy("Evaluation report for the sponsor"),
    "partner_spaces": gettext_lazy("Evaluation report for partner spaces"),
    "public": gettext_lazy("Evaluation report for everybody"),
}
TOLD_TO = {
    "space": gettext_lazy("the space"),
    "organisation": gettext_lazy("the organisation"),
    "partner_spaces": gettext_lazy("partner spaces"),
    "public": gettext_lazy("everybody"),
}
USES = {
    "learning": gettext_lazy("learning"),
    "report": gettext_lazy("reports"),
    "publication": gettext_lazy("publication"),
    "research": gettext_lazy("research"),
    "quote": gettext_lazy("quotation"),
}
UNCERTAINTY = {
    "open": gettext_lazy("still open"),
    "explored": gettext_lazy("being explored"),
    "turned": gettext_lazy("turned into something tried"),
    "set_aside": gettext_lazy("set aside"),
}
WHOSE = {
    "member": gettext_lazy("a member"),
    "group": gettext_lazy("the group"),
    "sponsor": gettext_lazy("the sponsor"),
    "affected_people": gettext_lazy("people it is about"),
}
CONFIDENCE = {
    "weak": gettext_lazy("weak"),
    "plausible": gettext_lazy("plausible"),
    "strong": gettext_lazy("strong"),
}
STRENGTH = {
    "asserted": gettext_lazy("told by one person"),
    "corroborated": gettext_lazy("another participant says so too"),
    "documented": gettext_lazy("borne out by records"),
    "substantiated": gettext_lazy("confirmed by somebody independent"),
}
TARGETS = {
    "hoped": gettext_lazy("hoped for"),
    "agreed": gettext_lazy("agreed"),
    "required": gettext_lazy("required"),
}
MOVEMENTS = {
    "moved_as_hoped": gettext_lazy("moved as hoped"),
    "moved_wrong_way": gettext_lazy("moved the wrong way"),
    "no_movement": gettext_lazy("no movement"),
    "no_verdict": gettext_lazy("no verdict"),
}
COURSES = {
    "reached": gettext_lazy("reached"),
    "on_course": gettext_lazy("on course"),
    "below": gettext_lazy("below the target"),
}
ASSUMPTIONS = {
    "untested": gettext_lazy("not tested"),
    "holding": gettext_lazy("holding"),
    "failing": gettext_lazy("giving way"),
    "false": gettext_lazy("proved wrong"),
}


def said(words: dict, code: str) -> str:
    """The words for a code; the code itself where there are none."""
    return str(words.get(code, code))


def day(value: dt.date) -> str:
    """A day as people write it: 14 October 2025."""
    return date_format(value, "j F Y")


def when(value: str) -> str:
    """A day, month, quarter, half year or year in words; what is none of them as it stands.

    Several days, and what is known still less exactly, as pages say it.
    """
    if "/" in value:
        return text_words(value)
    if match := re.fullmatch(r"(\d{4})-(Q[1-4])", value):
        return f"{match[2]} {match[1]}"
    if match := re.fullmatch(r"(\d{4})-H([12])", value):
        half = _("first half of %(year)s") if match[2] == "1" else _("second half of %(year)s")
        return half % {"year": match[1]}
    try:
        if re.fullmatch(r"\d{4}-\d\d", value):
            return date_format(dt.date.fromisoformat(f"{value}-01"), "F Y")
        return day(dt.date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def short_when(value: str) -> str:
    """A period as a heading over a figure: Q4 2025."""
    match = re.fullmatch(r"(\d{4})-([QH][1-4])", value)
    return f"{match[2]} {match[1]}" if match else when(value)


def period(value: ReleasePeriod) -> str:
    """January to December 2025; to the day where the months are not whole."""
    start, end = value.start, value.end
    whole = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    if whole and (start.year, start.month) == (end.year, end.month):
        return date_format(start, "F Y")
    first, last = ("F", "F Y") if whole else ("j F", "j F Y")
    if start.year != end.year:
        first = last
    return _("%(start)s to %(end)s") % {
        "start": date_format(start, first),
        "end": date_format(end, last),
    }


def number(value: float) -> str:
    """A figure without needless zeros, as it is written in this language."""
    rounded = round(value, 2)
    text = f"{rounded:.2f}".rstrip("0").rstrip(".")
    decimals = len(text.partition(".")[2])
    return number_format(rounded, decimals, use_l10n=True, force_grouping=abs(value) >= 10_000)


def percent(value: float) -> str:
    """63.3 %"""
    return _("%(number)s %%") % {"number": number(round(value, 1))}


def reading(value: PresentedObservation | None, indicator: PresentedIndicator) -> str:
    """One observation in words, with numerator and denominator beside a percentage."""
    if value is None or value.missing:
        return _("not known")
    if value.few:
        return _("too few people to show")
    if value.denominator is not None and value.numerator is not None:
        words = {"part": number(value.numerator), "whole": number(value.denominator)}
        counts = _("%(part)s of %(whole)s") % words
        return f"{counts} ({percent(value.percent)})" if value.percent is not None else counts
    return plain(value.value, indicator)


def plain(value: float | int | str | bool | None, indicator: PresentedIndicator) -> str:
    """A value that is no ratio."""
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return value
    if indicator.kind == "rubric" and indicator.levels and 0 <= value < len(indicator.levels):
        return f"{number(value)} ({indicator.levels[int(value)]})"
    if indicator.scale_max is not None:
        words = {"value": number(value), "most": number(indicator.scale_max)}
        return _("%(value)s on a scale to %(most)s") % words
    return number(value)


def target(indicator: PresentedIndicator) -> str:
    """The target and whose it is: agreed: 75 %."""
    if indicator.target is None or indicator.target == "":
        return ""
    if indicator.kind == "ratio" and isinstance(indicator.target, int | float):
        value = percent(indicator.target)
    else:
        value = plain(indicator.target, indicator)
    kind = said(TARGETS, indicator.target_kind) if indicator.target_kind else _("target")
    return f"{kind}: {value}"


def framing(number: int) -> str:
    """A framing version as a mark on a line of time."""
    return _("frame %(number)s") % {"number": number}


def baseline() -> str:
    """The word for the value before the work began."""
    return _("before")


def stories(count: int) -> str:
    """8 stories"""
    return ngettext("%(count)s story", "%(count)s stories", count) % {"count": number(count)}


def moments(count: int) -> str:
    """46 moments"""
    return ngettext("%(count)s moment", "%(count)s moments", count) % {"count": number(count)}


def shorten(text: str, length: int) -> str:
    """The text, ended at a word with an ellipsis where it is longer than so many characters."""
    if len(text) <= length:
        return text
    head = text[:length]
    cut = head.rsplit(None, 1)[0] if " " in head[length // 2 :] else head
    return cut.rstrip(" ,;:.–-") + " …"


def breakable(text: str) -> str:
    """The text with places to break in words so long that they would leave the page."""
    return re.sub(r"\S{36,}", lambda word: "\u200b".join(_pieces(word[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[start : start + 18] for start in range(0, len(word), 18)]
