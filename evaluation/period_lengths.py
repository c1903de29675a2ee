"""How long a period the figures of an indicator cover: a year is not read as a quarter. Pure.

The length is what the indicator says of itself, else what the words for how often it is observed
say, else the length of what was observed first.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from evaluation.models import Indicator, PeriodLength
from learningspaces.lib.periods import grain

Said = tuple[str, str]  # what is wrong, and how to mend it


WRITTEN = {"day": "2026-03-14", "month": "2026-03", "Q": "2026-Q1", "H": "2026-H1", "year": "2026"}

# How often something is observed, in the languages of the program; what is found is taken out
# before the next is looked for: half-yearly holds yearly.
WORDS = {
    PeriodLength.HALF: r"half[- ]?year(ly)?|(every )?six months|twice (a|per) year|biannual(ly)?"
    r"|semi-?annual(ly)?|halbj(ä|ae)hr\w*|semest\w*|نصف سنوي\w*",
    PeriodLength.QUARTER: r"quarter\w*|(every )?three months|quartal\w*|viertelj(ä|ae)hr\w*"
    r"|trimest\w*|ربع سنوي\w*|فصلي\w*",
    PeriodLength.MONTH: r"month\w*|monat\w*|mensu\w*|mensal\w*|\bmois\b|\bmes\b|\bmês\b|شهري\w*",
    PeriodLength.YEAR: r"\byear\w*|annual\w*|\bj(ä|ae)hrlich\w*|\bjahr\w*|anual\w*|annuel\w*"
    r"|\bannée\b|\baño\b|\bano\b|سنوي\w*",
    PeriodLength.DAY: r"\bdaily\b|\bdays?\b|\bt(ä|ae)glich\w*|\btage?\b|\bdiari\w*|quotidien\w*"
    r"|\bjours?\b|يومي\w*",
}


def length_in_words(frequency: str) -> str:
    """The length that words for how often say; empty where they say none, or several."""
    left, found = frequency.casefold(), []
    for length, pattern in WORDS.items():
        left, times = re.subn(pattern, " ", left)
        found += [length.value] if times else []
    return found[0] if len(found) == 1 else ""


def length_of(indicator: Indicator, periods: Iterable[str]) -> str:
    """The length of an indicator's periods, of which those observed are given, the first first."""
    return length_told(indicator.period_length, indicator.frequency, periods)


def length_told(said: str, frequency: str, periods: Iterable[str]) -> str:
    """The length that is said, or told by words or by figures; empty where nothing tells it yet."""
    return said or length_in_words(frequency) or next(map(grain, periods), "")


def length_violation(period: str, length: str) -> Said | None:
    """That a period is of another length than those of its indicator."""
    if not length or grain(period) == length:
        return None
    said = {
        "period": period,
        "length": PeriodLength(grain(period)).label,
        "other": PeriodLength(length).label,
        "written": WRITTEN[length],
    }
    problem = _("%(period)s is %(length)s. Each figure of this indicator covers %(other)s.")
    mend = _("Write a period like %(written)s, or make another indicator for it.")
    return problem % said, mend % said
