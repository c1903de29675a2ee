"""The audiences a teller can name and whom each reaches; how tellers are named, and for what."""

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from valuecreation.cycles import Audience


class Attribution(TextChoices):
    """How a teller is named, the most open first."""

    NAMED = "named", _("with my name")
    ROLE = "role", _("by my practice, without my name")
    PSEUDONYM = "pseudonym", _("under another name")
    ANONYMOUS = "anonymous", _("without any trace of me")


NAMELESS = frozenset({Attribution.PSEUDONYM, Attribution.ANONYMOUS})


class Use(TextChoices):
    """What a story may be used for."""

    LEARNING = "learning", _("learning in the space")
    REPORT = "report", _("counted and told in reports")
    QUOTE = "quote", _("quoted in my words")
    PUBLICATION = "publication", _("published")
    RESEARCH = "research", _("research")
    AUDIO = "audio", _("sound recording")
    IMAGE = "image", _("pictures")
    AI = "ai", _("read by artificial intelligence")
    DOCUMENT = "document", _("documents")


TELLER_COLLECTOR = "teller_collector"  # how nobody else is written

# What a teller can name, and the column that keeps it.
AUDIENCE_FIELDS = {
    "space": "to_space",
    "named_people": "to_named_people",
    "organisation": "to_organisation",
    "partner_spaces": "to_partner_spaces",
    "public": "to_public",
}

# What a teller can name, and which readers it lets in: a set, not a ladder. People whom the teller
# chose are let in one by one, so that they are nobody's audience.
REACHES = {
    "space": frozenset({Audience.SPACE}),
    "named_people": frozenset(),
    "organisation": frozenset({Audience.SPACE, Audience.ORGANISATION}),
    "partner_spaces": frozenset({Audience.SPACE, Audience.PARTNER_SPACES}),
    "public": frozenset(Audience),
    TELLER_COLLECTOR: frozenset(),
}


def reached_by(named: Collection[str]) -> frozenset[str]:
    """Every audience that is let in when these are named."""
    return frozenset().union(*(REACHES[code] for code in named))


def granted_for(audience: str) -> tuple[str, ...]:
    """What must be named for an audience to be let in: one of these."""
    return tuple(code for code in AUDIENCE_FIELDS if audience in REACHES[code])


def at_least_as_open(now: str, before: str) -> bool:
    """Whether a teller is named as openly as before, or more so."""
    return Attribution.values.index(now) <= Attribution.values.index(before)
