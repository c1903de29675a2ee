"""What every table and column of a release means: the codebook that travels with the data."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from valuecreation.cycles import Cycle, Location, Polarity

Words = str | Promise

CYCLES = tuple(Cycle.values)
POLARITY = tuple(Polarity.values)
PLACES = tuple(Location.values)
STATUSES = ["happened", "awaited", "blocked", "dormant", "abandoned"]


@dataclasses.dataclass(frozen=True)
class TableColumn:
    """One column: its type, what it means and, where only some words occur, which."""

    name: str
    type: str  # string, integer, number, boolean, date
    meaning: Words
    words: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Table:
    """One tidy table: a row is a thing, a column is one fact about it."""

    name: str
    title: Words
    meaning: Words
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()  # column, table and column it points to

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def _text(name: str, meaning: Words, words=()) -> TableColumn:
    return TableColumn(name, "string", meaning, tuple(words))


def _number(name: str, meaning: Words, type: str = "integer") -> TableColumn:
    return TableColumn(name, type, meaning)


def _flag(name: str, meaning: Words) -> TableColumn:
    return TableColumn(name, "boolean", meaning)


STORIES = Table(
    "stories",
    _("Stories"),
    _("Stories whose tellers agreed that this audience may have them."),
    (
        _text("story", _("The name of the story in this release")),
        _text("title", _("Its title; empty where the story may be counted but not quoted")),
        _text("kind", _("The kind of narrative"), ["ground", "aspirational", "specific"]),
        _text("teller", _("How the teller chose to be called")),
        _text(
            "attribution",
            _("How much of the teller is shown"),
            ["named", "role", "pseudonym", "anonymous"],
        ),
        _text("told", _("When it was told, as finely as may be said")),
        _text(
            "strength",
            _("How well it is supported"),
            ["asserted", "corroborated", "documented", "substantiated"],
        ),
        _number("framing_version", _("The framing in force when it was told")),
        _flag("quotable", _("Whether the teller agreed to be quoted")),
        _number("moments", _("How many moments it holds")),
        _text("did_not_work", _("What did not work, in the teller's words")),
        _text("other_factors", _("What else helped, in the teller's words")),
    ),
    key=("story",),
)
MOMENTS = Table(
    "moments",
    _("Moments"),
    _("What happened, or is hoped for, in one cycle. Hopes are no value yet: never add them in."),
    (
        _text("moment", _("The name of the moment in this release")),
        _text("cycle", _("The value-creation cycle, by the teller. Cycles are no ladder"), CYCLES),
        _text("analyst_cycle", _("Another reading by an analyst, beside the teller's"), CYCLES),
        _text("subtype", _("A closer word for the kind of value")),
        _text("polarity", _("Whether it made things better, worse, both or neither"), POLARITY),
        _flag("hoped", _("Hoped for, not yet happened")),
        _text("when", _("The day, month, quarter or year, as finely as may be said")),
        _text("due", _("The day somebody hopes to know by; hopes only")),
        _text("place", _("Where it happened"), PLACES),
        _text("other_space", _("Which other space, where it happened in one")),
        _text("agent", _("Who did it")),
        _text("for_whom", _("Whom it was of value to")),
        _text("text", _("The teller's words; empty where the moment may only be counted")),
        _text("indicators", _("Indicators it speaks to, with a semicolon between them")),
        _text("aspirations", _("Aspirations it speaks to, with a semicolon between them")),
    ),
    key=("moment",),
)
STEPS = Table(
    "steps",
    _("Steps"),
    _("Which moments make up which story, in order; stories may share moments."),
    (
        _text("story", _("The story")),
        _number("step", _("The place of the moment in the story, from 1")),
        _text("moment", _("The moment")),
    ),
    key=("story", "step"),
    points=(("story", "stories", "story"), ("moment", "moments", "moment")),
)
FLOWS = Table(
    "flows",
    _("Flows"),
    _("Value in one moment becoming value in another because somebody did something."),
    (
        _text("from", _("The moment it comes from")),
        _text("to", _("The moment it leads to; empty while it is awaited or after it was let go")),
        _text(
            "kind",
            _("The kind of flow"),
            ["forward", "return", "enabling", "cross_space", "reframing"],
        ),
        _text("status", _("What became of it"), STATUSES),
    ),
    points=(("from", "moments", "moment"),),
)
LOOPS = Table(
    "loops",
    _("Returns to the space"),
    _("Returns from practice, and whether somebody took up what was brought back."),
    (
        _text("from", _("The moment outside the space")),
        _text("to", _("The moment in which it was brought back")),
        _text(
            "status",
            _("closed: taken up by somebody else; open: told, not taken up; no_applied: no loop"),
            ["closed", "open", "no_applied"],
        ),
        _text(
            "root", _("Whether it began in the space or in practice"), ["rooted", "practice_born"]
        ),
        _text("length", _("long: by way of a difference made"), ["long", "short"]),
        _flag("spiral", _("Leads on to a later return")),
        _flag("reaches_reframing", _("A framing version rests on it")),
        _flag("through_other_space", _("Comes by way of another space")),
        _flag("brings_back_harm", _("Brings back something that made things worse")),
    ),
    points=(("from", "moments", "moment"), ("to", "moments", "moment")),
)
INDICATORS = Table(
    "indicators",
    _("Indicators"),
    _("Agreed signs of what is hoped for. They say whether it happens, not why."),
    (
        _text("indicator", _("The name of the indicator in this release")),
        _text("cycle", _("The value-creation cycle"), CYCLES),
        _text("aspiration", _("The aspiration it is a sign of")),
        _text("name", _("What it is called")),
        _text(
            "kind", _("What is observed"), ["count", "ratio", "scale", "rubric", "text", "yes_no"]
        ),
        _text("unit", _("What is counted, or a percentage of what")),
        _text("direction", _("What is hoped for"), ["up", "down", "range", "watch"]),
        _text("target", _("The value aimed at; a percentage for a ratio")),
        _text("target_kind", _("Whose target it is"), ["hoped", "agreed", "required", "none"]),
        _flag("warns_of_harm", _("Whether it is there to warn")),
        _text("source", _("Where the figures come from")),
        _text("frequency", _("How often it is observed")),
        _text("steward", _("Who looks after it")),
        _text("note", _("What to know beside the figures")),
        _text(
            "movement",
            _("Its movement since the baseline, or since the first value"),
            ["moved_as_hoped", "moved_wrong_way", "no_movement", "no_verdict"],
        ),
        _text(
            "course",
            _("How it stands to its target; empty without one"),
            ["reached", "on_course", "below"],
        ),
    ),
    key=("indicator",),
)
OBSERVATIONS = Table(
    "observations",
    _("Observations"),
    _("One row for an indicator and a period. A missing observation is missing, never zero."),
    (
        _text("indicator", _("The indicator")),
        _text("period", _("The period observed; baseline for the value before the work began")),
        _flag("missing", _("Nothing was observed")),
        _flag("few", _("Hidden, because it would speak of too few people")),
        _number("value", _("The value, where it is a number and no ratio"), "number"),
        _text("words", _("The value, where it is words, yes or no")),
        _number("numerator", _("Of a ratio: how many"), "number"),
        _number("denominator", _("Of a ratio: out of how many"), "number"),
        _number("percent", _("Of a ratio: in percent, one decimal, halves up"), "number"),
    ),
    key=("indicator", "period"),
    points=(("indicator", "indicators", "indicator"),),
)
FRAMING = Table(
    "framing",
    _("Framing"),
    _("What the space hopes for and is unsure of, in the words it agreed."),
    (
        _number("version", _("The framing version that first held it")),
        _text("agreed_on", _("The day that version was agreed")),
        _text(
            "part",
            _("What it is"),
            ["difference", "reason", "uncertainty", "aspiration", "assumption"],
        ),
        _text("key", _("The name of an aspiration, or of the one an assumption is about")),
        _text("cycle", _("The value-creation cycle of an aspiration"), CYCLES),
        _text("whose", _("Whose hope it is"), ["member", "group", "sponsor", "affected_people"]),
        _text("text", _("The words")),
        _text("state", _("Where an uncertainty or an assumption stands")),
    ),
)
CLAIMS = Table(
    "claims",
    _("Claims"),
    _("What the space says it contributed to. Plausible is not proven."),
    (
        _text("cycle", _("The value-creation cycle"), CYCLES),
        _text("aspiration", _("The aspiration it is about")),
        _text("statement", _("The claim")),
        _text("confidence", _("How sure the space is"), ["weak", "plausible", "strong"]),
        _text("other_influences", _("What else may have helped")),
        _text("counter_evidence", _("What speaks against it")),
        _text("missing", _("What a strong claim would still need")),
        _text("stories", _("Stories it rests on, with a semicolon between them")),
        _text("indicators", _("Indicators it rests on, with a semicolon between them")),
    ),
)
CYCLE_TOTALS = Table(
    "cycles",
    _("Cycles"),
    _("How many moments lie in each cycle. The order is no ranking; there is no sum of scores."),
    (
        _text("cycle", _("The value-creation cycle, by the teller"), CYCLES),
        _number("positive", _("Moments that made things better")),
        _number("negative", _("Moments that made things worse")),
        _number("mixed", _("Moments that did both")),
        _number("nil", _("Moments in which nothing changed")),
        _number("hoped", _("Moments hoped for, counted apart")),
        _number("stories", _("Stories with a moment in this cycle")),
    ),
    key=("cycle",),
)
TABLES = (
    STORIES,
    MOMENTS,
    STEPS,
    FLOWS,
    LOOPS,
    INDICATORS,
    OBSERVATIONS,
    FRAMING,
    CLAIMS,
    CYCLE_TOTALS,
)
CODEBOOK = Table(
    "codebook",
    _("Codebook"),
    _("What each column of each table means."),
    (
        _text("table", _("The table")),
        _text("column", _("The column")),
        _text("type", _("The type of its values")),
        _text("meaning", _("What it means")),
        _text("words", _("The words that occur, where they are given")),
    ),
    key=("table", "column"),
)


def codebook_rows() -> list[tuple[str, str, str, str, str]]:
    """One row for every column of every table, in the language that is active."""
    return [
        (table.name, column.name, column.type, str(column.meaning), "; ".join(column.words))
        for table in TABLES
        for column in table.columns
    ]
