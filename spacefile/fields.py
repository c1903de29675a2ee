"""The kinds of values a key of the space file may hold, each with what is said when it does not."""

import datetime as dt
import difflib
import re
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from learningspaces.lib.periods import period_days
from learningspaces.lib.text import MAX_TEXT, mended, with_line_feeds
from spacefile.faults import shown
from spacefile.plain import FORBIDDEN, YAML_KEYS, Unreadable, is_number, unfit

FIRST_YEAR, LAST_YEAR = 1900, 2199
FRAMING = "FRAMING-"  # begins the names of framing versions among those of moments
# For the pattern language of Rust: any text without control characters, and one with some word.
_CLEAN = r"[^\x00-\x08\x0b-\x1f\x7f-\x9f]*"
_LINE = r"[^\x00-\x08\x0a-\x1f\x7f-\x9f]*"
_SOLID = r"[^\x00-\x20\x7f-\xa0\u2028\u2029\u3000]"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def wrong(problem, mend, number: int = 0) -> PydanticCustomError:
    """What a check raises; `number` counts the item of a list that is meant, from 1."""
    said = {"problem": str(problem), "mend": str(mend), "number": number}
    return PydanticCustomError("rule", "{problem}", said)


def one_of(*codes: str):
    """One of a closed list of words."""
    return Literal[tuple(map(str, codes))]


def _mended(value):
    """Words as everywhere else; control characters stay, to be named where they stand."""
    lines = with_line_feeds(value) if isinstance(value, str) else value
    return lines if not isinstance(lines, str) or FORBIDDEN.search(lines) else mended(lines)


def line(longest: int, *, blank: bool = True):
    """A short text on one line, such as a name."""
    pattern = f"^{_LINE}$" if blank else f"^{_LINE}{_SOLID}{_LINE}$"
    fits = StringConstraints(max_length=longest, pattern=pattern)
    return Annotated[str, fits, BeforeValidator(_mended)]


def text(longest: int = MAX_TEXT, *, blank: bool = True):
    """Words, over several lines if need be."""
    pattern = f"^{_CLEAN}$" if blank else f"^{_CLEAN}{_SOLID}{_CLEAN}$"
    fits = StringConstraints(max_length=longest, pattern=pattern)
    return Annotated[str, fits, BeforeValidator(_mended)]


MENDS: dict[str, Any] = {}  # how to mend a text that does not fit a pattern


def code(pattern: str, mend, longest: int = 40):
    """A text of a given pattern, such as an id."""
    MENDS[f"^{pattern}$"] = mend
    return Annotated[str, StringConstraints(max_length=longest, pattern=f"^{pattern}$")]


def day_of(value) -> dt.date | None:
    """The day written as 2025-03-14, or a date, between the first and the last year; else None."""
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            return None
    is_day = isinstance(value, dt.date) and FIRST_YEAR <= value.year <= LAST_YEAR
    return value if is_day else None


def _day(value):
    day = day_of(value)
    if day is None:
        problem = _("This is not a day between 1900 and 2199.")
        raise wrong(problem, _("Write year, month and day, as in 2025-02-11."))
    return day


def _period(value):
    period = "" if isinstance(value, bool | list | dict) else str(value)
    try:
        first, last = period_days(period)
        known = FIRST_YEAR <= first.year <= last.year <= LAST_YEAR
    except ValueError:
        known = False
    if not known:
        mend = _("Write a period such as 2025, 2025-H1, 2025-Q1, 2025-03 or 2025-03-14.")
        raise wrong(_("This is not a period."), mend)
    return period


def whole(least: int, most: int):
    """A whole number within bounds."""

    def check(value):
        if type(value) is int and least <= value <= most:
            return value
        bounds = {"least": least, "most": most}
        problem = _("This is not a whole number from %(least)s to %(most)s.") % bounds
        raise wrong(problem, _("Write a number such as %(least)s.") % bounds)

    return Annotated[int, PlainValidator(check)]


def _number(value):
    if not is_number(value):
        raise wrong(_("This is not a number."), _("Write a number such as 12.5."))
    return value


def _target(value):
    return value if isinstance(value, bool) else _number(value)


def _observed(value):
    """A number, words, true or false, or [numerator, denominator]; the rules ask for the kind."""
    if isinstance(value, list) and len(value) == 2 and all(map(is_number, value)):
        return tuple(value)
    if isinstance(value, bool) or is_number(value):
        return value
    value = _mended(value)
    if not isinstance(value, str):
        mend = _("Write a number, [numerator, denominator], words in quotes, true, false or null.")
        raise wrong(_("This is not a value that an indicator can have."), mend)
    if misfit := unfit(value):
        raise wrong(misfit.problem, misfit.mend)
    return value


def _mention(value):
    """A step of the same story: its number, or its name as in S1.4."""
    if type(value) is int and 0 < value < 10_000:
        return value
    if isinstance(value, str) and 0 < len(value) <= 80 and value.isprintable():
        return value
    raise wrong(_("This is no step."), _("Write the number of a step, or its name as in S1.4."))


# --- lists and records ---------------------------------------------------------------------


def _a_list(value):
    if isinstance(value, list | tuple | Unreadable):
        return value
    mend = _("Write a list in square brackets, as in [%(value)s].") % {"value": shown(value, 40)}
    raise wrong(_("This is not a list."), mend)


def _no_repeats(values):
    for number, value in enumerate(values):
        if value in values[:number]:
            problem = _("This stands in the list twice.")
            raise wrong(problem, _("Delete one of the two."), number + 1)
    return values


def list_of(kind, *, unique: bool = True):
    """A list of values of one kind, none of them twice."""
    checks = [BeforeValidator(_a_list), *([AfterValidator(_no_repeats)] if unique else [])]
    return Annotated[(tuple[kind, ...], *checks)]  # type: ignore[valid-type]


def _records(value):
    if isinstance(value, list | tuple | Unreadable):
        return value
    mend = _("Write each record after a dash on a line of its own.")
    raise wrong(_("This is not a list of records."), mend)


def records(kind):
    """A list of records."""
    return Annotated[tuple[kind, ...], BeforeValidator(_records)]


def _a_pair(value):
    if isinstance(value, list) and len(value) == 2:
        return value
    mend = _("Write a list of pairs, as in [[2025-01-21, core]].")
    raise wrong(_("This is not a day and a word."), mend)


def _a_map(value):
    if isinstance(value, dict | Unreadable):
        return value
    mend = _("Write one line for each, a key, a colon and a value.")
    raise wrong(_("This is not a record."), mend)


def _pairs(value):
    return tuple(value.items()) if isinstance(value, dict) else value


def map_of(keys, values):
    """A record whose keys are free within a kind, kept as pairs in the order of the file."""
    return Annotated[dict[keys, values], BeforeValidator(_a_map), AfterValidator(_pairs)]


def _level_number(value):
    if not (value.lstrip("-").isdecimal() and len(value) <= 6):
        raise wrong(_("This is not the number of a level."), _("Write 0, 1, 2 …"))
    return int(value)


def _as_list(value):
    return [value] if isinstance(value, str) else _a_list(value)


def _without_blanks(values):
    return tuple(words for words in values if words.strip())


def either(as_list, otherwise):
    """Two ways of saying the same thing, one of them a list."""
    return Annotated[
        Annotated[as_list, Tag("list")] | Annotated[otherwise, Tag("otherwise")],
        Discriminator(lambda value: "list" if isinstance(value, list | tuple) else "otherwise"),
    ]


Text, Sentence = text(), text(blank=False)
Name = line(120, blank=False)
Day = Annotated[dt.date, PlainValidator(_day)]
Period = Annotated[str, PlainValidator(_period)]
Flag = Annotated[bool, Field(strict=True)]
Number = Annotated[int | float, PlainValidator(_number)]
Target = Annotated[int | float | bool, PlainValidator(_target)]
Observed = Annotated[Any, PlainValidator(_observed)]
Mention = Annotated[int | str, PlainValidator(_mention)]
Wording = text(4000, blank=False)
Levels = either(list_of(Wording), map_of(Annotated[str, PlainValidator(_level_number)], Wording))
Uptakes = Annotated[
    tuple[text(4000), ...],  # type: ignore[misc]
    BeforeValidator(_as_list),
    AfterValidator(_without_blanks),
]


def dated(kind):
    """A list of [day, word], such as the levels at which somebody took part."""
    return list_of(Annotated[tuple[Day, kind], BeforeValidator(_a_pair)], unique=False)


PersonId = code(
    r"[A-Z][A-Za-z0-9_-]*",
    gettext_lazy("Begin with a capital letter and go on with letters and digits, as in P01."),
)
Slug = code(
    r"[a-z0-9]+(-[a-z0-9]+)*",
    gettext_lazy("Write small letters, digits and single hyphens, as in lower-leg-circle."),
    longest=60,
)
Id = code(
    r"[A-Za-z][A-Za-z0-9_-]*",
    gettext_lazy("Begin with a letter and go on with letters, digits and hyphens, as in S1."),
)
MomentName = code(
    r"[A-Za-z0-9][A-Za-z0-9._-]*",
    gettext_lazy("Write the story's id, a full stop and the step's number, as in S1.4."),
    longest=80,
)
Subtype = code(
    r"[a-z][a-z0-9_]*", gettext_lazy("Write small letters, as in being_heard."), longest=30
)


# --- what is said of values that do not fit ------------------------------------------------


def explained(error: dict, known_keys) -> tuple[str, str]:
    """Problem and mend for one error of the schema."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if isinstance(value, Unreadable):
        return value.problem, value.mend
    if kind == "rule":
        return context["problem"], context["mend"]
    if kind == "unexpected_keyword_argument":
        return _unknown_key(str(error["loc"][-1]), known_keys)
    if kind == "literal_error":
        return _unknown_word(value, re.findall(r"'([^']*)'", context["expected"]))
    if kind == "bool_type":
        return _("This is neither true nor false."), _("Write true or false, without quotes.")
    if kind == "dataclass_type":
        return _("This is not a record."), _("Write its keys, each with a value.")
    if kind == "dict_type":
        return _("This is neither a list nor a record."), _("Write a list in square brackets.")
    return _text_fault(value, context)


def _text_fault(value, context: dict) -> tuple[str, str]:
    if isinstance(value, list | dict):
        mend = _("Write words in quotes instead of a list or a record.")
        return _("This is not a text."), mend
    if not isinstance(value, str):
        mend = _('Put it in quotes: "%(text)s".') % {"text": shown(value)}
        return _("This is not a text."), mend
    if misfit := unfit(value, context.get("max_length", MAX_TEXT)):
        return misfit.problem, misfit.mend
    if not value.strip():
        return _("This is empty."), _("Write a few words.")
    if mend := MENDS.get(context.get("pattern", "")):
        return _("This cannot serve as a name here."), str(mend)
    if FORBIDDEN.search(value.replace("\n", "")) is None and "\n" in value:
        return _("This runs over several lines."), _("Write one line.")
    return _("This is not a text that can be kept."), _("Write it with other letters.")


def _unknown_word(value, words: list[str]) -> tuple[str, str]:
    listed = ", ".join(words)
    if isinstance(value, bool) and str(value).lower() in words:
        problem = _("YAML reads this word as true or false.")
        return problem, _('Put it in quotes: "%(word)s".') % {"word": str(value).lower()}
    near = difflib.get_close_matches(str(value)[:60].lower(), words, 1)
    if near:
        mend = _("Did you mean %(word)s? One of: %(words)s.")
        mend %= {"word": near[0], "words": listed}
    else:
        mend = _("Write one of: %(words)s.") % {"words": listed}
    return _("This word is not known here."), mend


def _unknown_key(name: str, known_keys) -> tuple[str, str]:
    problem = _("This key is not known here.")
    if name.lower() in YAML_KEYS:
        problem = _("YAML programs read this key as true or false.")
    near = difflib.get_close_matches(name[:60].lower(), known_keys, 1)
    if near:
        mend = _("Did you mean %(key)s? A key of your own begins with x-.") % {"key": near[0]}
    else:
        mend = _("Delete it, or begin it with x- to keep it as a note of your own.")
    return problem, mend
