"""The words of value creation: eight cycles, how value turned out, where and when it happened.

The order is the order of the book's chapters; it is not a ladder, and nothing here counts or
ranks the cycles (docs/field.md: Eight cycles).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cycle(TextChoices):
    """One of eight kinds of value."""

    IMMEDIATE = "immediate", _("Immediate")
    POTENTIAL = "potential", _("Potential")
    APPLIED = "applied", _("Applied")
    REALIZED = "realized", _("Realized")
    ENABLING = "enabling", _("Enabling")
    STRATEGIC = "strategic", _("Strategic")
    ORIENTING = "orienting", _("Orienting")
    TRANSFORMATIVE = "transformative", _("Transformative")


# A cycle as it stands within a sentence: from immediate to potential.
WITHIN_SENTENCE = {
    Cycle.IMMEDIATE: pgettext_lazy("within a sentence", "immediate"),
    Cycle.POTENTIAL: pgettext_lazy("within a sentence", "potential"),
    Cycle.APPLIED: pgettext_lazy("within a sentence", "applied"),
    Cycle.REALIZED: pgettext_lazy("within a sentence", "realized"),
    Cycle.ENABLING: pgettext_lazy("within a sentence", "enabling"),
    Cycle.STRATEGIC: pgettext_lazy("within a sentence", "strategic"),
    Cycle.ORIENTING: pgettext_lazy("within a sentence", "orienting"),
    Cycle.TRANSFORMATIVE: pgettext_lazy("within a sentence", "transformative"),
}


class Unplaced(TextChoices):
    """Why a moment stands in none of the eight cycles. Nobody chooses for its teller.

    It counts in every total and in a row of its own, never in one of the eight (docs/readings.md,
    Counts).
    """

    OPEN = "none", _("Not said yet")
    NOT_SURE = "not_sure", _("I am not sure")
    DOES_NOT_FIT = "does_not_fit", _("None of these")


NOT_PLACED = _("Not placed")  # what pages call all of them
CYCLES_AND_NONE = [*Cycle.values, Unplaced.OPEN.value]  # as totals name them
KINDS_OF_MOMENTS = [*Cycle.choices, *Unplaced.choices]


def kind_label(cycle: str) -> str:
    """The name of a moment's cycle, also of one that is not placed: Applied, Not placed."""
    return str(Cycle(cycle).label if cycle in Cycle.values else NOT_PLACED)


class Polarity(TextChoices):
    """How it turned out; negative and nil are as welcome as positive.

    It may be open until the story is shared.
    """

    POSITIVE = "positive", _("it helped")
    NEGATIVE = "negative", _("it made things worse")
    MIXED = "mixed", _("a bit of both")
    NIL = "nil", _("nothing changed")
    OPEN = "open", _("not said yet")


def is_unsaid(cycle: str, polarity: str, *, hoped: bool) -> bool:
    """True while it is open what kind of thing a moment was, or how it turned out.

    "I am not sure" and "none of these" are answers; what is only hoped for has not turned out yet.
    """
    return cycle == Unplaced.OPEN or (not hoped and polarity == Polarity.OPEN)


# What a teller is asked before a story is shared.
TURNED_OUT = [choice for choice in Polarity.choices if choice[0] != Polarity.OPEN]


class MomentStatus(TextChoices):
    ACTUAL = "actual", _("happened")
    HOPED = "hoped", _("hoped for")


class Precision(TextChoices):
    """How exactly a date is known; the date stored is the first day of the period.

    Of what happened some time after a day that day is stored; of what has no date at all, the day
    it was told, before which it happened.
    """

    DAY = "day", _("on that day")
    DAYS = "days", _("over several days")
    MONTH = "month", _("some time in that month")
    QUARTER = "quarter", _("some time in that quarter")
    YEAR = "year", _("some time in that year")
    AFTER = "after", _("some time after that day")
    UNKNOWN = "unknown", _("the day is not known")


# Periods that may be longer than a year; the others lie within one calendar year.
LOOSE = (Precision.DAYS, Precision.AFTER, Precision.UNKNOWN)
# What is finer than a quarter, and so not shown of a teller without a name.
FINER_THAN_QUARTER = (Precision.DAY, Precision.MONTH, *LOOSE)


class Location(TextChoices):
    IN_SPACE = "in_space", _("in this space")
    IN_PRACTICE = "in_practice", _("in practice")
    WITH_STAKEHOLDER = "with_stakeholder", _("with a stakeholder")
    OTHER_SPACE = "other_space", _("in another space")


# Where value of a kind is usually met: what is not said of a moment's place is taken from here.
USUAL_PLACE = {
    Cycle.IMMEDIATE: Location.IN_SPACE,
    Cycle.POTENTIAL: Location.IN_SPACE,
    Cycle.APPLIED: Location.IN_PRACTICE,
    Cycle.REALIZED: Location.IN_PRACTICE,
    Cycle.ENABLING: Location.IN_PRACTICE,
    Cycle.STRATEGIC: Location.WITH_STAKEHOLDER,
    Cycle.ORIENTING: Location.IN_SPACE,
    Cycle.TRANSFORMATIVE: Location.IN_PRACTICE,
    **dict.fromkeys(Unplaced, Location.IN_PRACTICE),
}


class Audience(TextChoices):
    """For whom readings, totals and pictures are worked out: a set, not a ladder."""

    SPACE = "space", _("the people in this space")
    ORGANISATION = "organisation", _("the organisation")
    PARTNER_SPACES = "partner_spaces", _("partner spaces")
    PUBLIC = "public", _("everybody")


GROUP = "group"
OTHER_GROUP = "other_group"

# Each cycle in plain words.
PLAIN_WORDS = {
    Cycle.IMMEDIATE: _("What happens while we are together"),
    Cycle.POTENTIAL: _("What we take away"),
    Cycle.APPLIED: _("What we do differently"),
    Cycle.REALIZED: _("What difference it makes"),
    Cycle.ENABLING: _("What makes it possible"),
    Cycle.STRATEGIC: _("Who else cares, and how"),
    Cycle.ORIENTING: _("How we see the wider landscape"),
    Cycle.TRANSFORMATIVE: _("What shifts in who we are or what counts"),
}
# What kind of thing a moment was, as its teller would say it, and the field's term for it.
PLAIN_NAMES = {
    Cycle.IMMEDIATE: _("What it was like to be there"),
    Cycle.POTENTIAL: _("Something I took away"),
    Cycle.APPLIED: _("Something I tried"),
    Cycle.REALIZED: _("A difference it made"),
    Cycle.ENABLING: _("Something that made it possible"),
    Cycle.STRATEGIC: _("A talk with somebody who has a stake"),
    Cycle.ORIENTING: _("Seeing where we stand"),
    Cycle.TRANSFORMATIVE: _("A shift in who I am or what counts"),
}
TERMS = {
    Cycle.IMMEDIATE: _("Immediate value"),
    Cycle.POTENTIAL: _("Potential value"),
    Cycle.APPLIED: _("Applied value"),
    Cycle.REALIZED: _("Realized value"),
    Cycle.ENABLING: _("Enabling value"),
    Cycle.STRATEGIC: _("Strategic value"),
    Cycle.ORIENTING: _("Orienting value"),
    Cycle.TRANSFORMATIVE: _("Transformative value"),
}
# The prompt of a framing event for each cycle (docs/field.md: Framing).
FRAMING_PROMPTS = {
    Cycle.IMMEDIATE: _("What should it be like to be here?"),
    Cycle.POTENTIAL: _("What would people need to carry away?"),
    Cycle.APPLIED: _("Who would do what differently, where?"),
    Cycle.REALIZED: _("For whom will what be better?"),
    Cycle.ENABLING: _("What must be in place?"),
    Cycle.STRATEGIC: _("Who must care, and what do they expect?"),
    Cycle.ORIENTING: _("What landscape are we in?"),
    Cycle.TRANSFORMATIVE: _("What might change in who we are or what counts?"),
}
# The question that often comes next; only a proposal, any other may be chosen.
OFTEN_NEXT = {
    Cycle.IMMEDIATE: Cycle.POTENTIAL,
    Cycle.POTENTIAL: Cycle.APPLIED,
    Cycle.APPLIED: Cycle.REALIZED,
    Cycle.REALIZED: Cycle.IMMEDIATE,
    Cycle.ENABLING: Cycle.APPLIED,
    Cycle.STRATEGIC: Cycle.ENABLING,
    Cycle.ORIENTING: Cycle.POTENTIAL,
    Cycle.TRANSFORMATIVE: Cycle.STRATEGIC,
}
# Finer kinds of value within a cycle (docs/field.md: Eight cycles). All are optional.
SUBTYPES = {
    Cycle.IMMEDIATE: {
        "enjoyment": _("enjoyment and energy"),
        "belonging": _("being among people who understand"),
        "question_answered": _("a good question answered"),
        "challenge": _("being challenged"),
        "being_heard": _("being heard"),
        "recognition": _("being recognised"),
        "inspiration": _("inspiration"),
    },
    Cycle.POTENTIAL: {
        "insight_skill": _("an insight or a skill"),
        "relationship": _("a relationship"),
        "resource": _("a resource"),
        "reputation": _("reputation or voice"),
        "learning_ability": _("a better way to learn"),
    },
    Cycle.APPLIED: {
        "advice": _("using advice or an insight"),
        "innovation": _("trying something new"),
        "tool": _("using a tool or document"),
        "connection": _("using a connection"),
        "process": _("changing a process"),
        "learning_habit": _("learning habits used elsewhere"),
    },
    Cycle.REALIZED: {
        "personal": _("for the person"),
        "those_served": _("for those served"),
        "organisation": _("for the organisation"),
        "community": _("for the community or environment"),
    },
    Cycle.ENABLING: {
        "internal": _("within the space"),
        "external": _("support from outside"),
    },
    Cycle.STRATEGIC: {
        "clarity": _("clearer expectations"),
        "negotiation": _("being able to negotiate"),
        "alignment": _("alignment without capture"),
    },
    Cycle.ORIENTING: {
        "history": _("histories and identities"),
        "practices": _("other practices"),
        "institutions": _("institutions and power"),
    },
    Cycle.TRANSFORMATIVE: {
        "identity": _("who somebody is"),
        "group": _("what the group takes for granted"),
        "criteria": _("what counts as success"),
        "institution": _("the institutions around"),
    },
}
ALL_SUBTYPES = {code: word for kinds in SUBTYPES.values() for code, word in kinds.items()}
