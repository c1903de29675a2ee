"""A consent in a sentence: who sees a story, and whether it may be quoted."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spaces.presentation.days import date_words, day_text
from valuecreation.consent import Attribution, Grant, Use
from valuecreation.models import Consent, Story, StoryState

AUDIENCE_WORDS = {
    "space": gettext_lazy("people in this space"),
    "named_people": gettext_lazy("people the teller chose"),
    "organisation": gettext_lazy("the organisation"),
    "partner_spaces": gettext_lazy("partner spaces"),
    "public": gettext_lazy("everybody"),
}
QUOTED = {
    Attribution.NAMED: gettext_lazy("may be quoted with the teller's name"),
    Attribution.ROLE: gettext_lazy("may be quoted without the teller's name"),
    Attribution.PSEUDONYM: gettext_lazy("may be quoted under another name"),
    Attribution.ANONYMOUS: gettext_lazy("may be quoted without any trace of the teller"),
}


def seen_by(story: Story, today) -> str:
    """Who sees a story now, in a sentence for those who may read it."""
    if story.state == StoryState.RETIRED:
        return _("Retired: out of date, and shown to nobody new.")
    grant = story.consent.grant if story.consent else None
    if story.state != StoryState.APPROVED or grant is None or grant.was_withdrawn:
        return _only_them(story)
    if grant.has_lapsed(today):
        said = _("The consent ended on %(day)s; nobody else sees it until it is given again.")
        return said % {"day": date_words(grant.expires_on)}
    audiences = audiences_of(grant)
    if not audiences:
        return _only_them(story)
    said = _("Seen by %(audiences)s; %(quoted)s.")
    return said % {"audiences": audiences, "quoted": quoted(grant)}


def audiences_of(grant: Grant) -> str:
    """Everybody a consent lets in, in words; empty when it lets in nobody else."""
    return get_text_list(circles_of(grant), _("and"))


def circles_of(grant: Grant, words=AUDIENCE_WORDS) -> list[str]:
    """The circles that a consent lets in; everybody where it lets in everybody."""
    if "public" in grant.audience:
        return [str(words["public"])]
    let_in = grant.audience | grant.reached
    return [str(word) for code, word in words.items() if code in let_in]


@dataclass(frozen=True)
class PresentedConsent:
    """One act as its teller reads it again; nobody else does."""

    audiences: str
    attribution: str
    uses: tuple[str, ...]
    given_on: str
    withdrawn_on: str = ""
    expires_on: str = ""

    @property
    def attribution_words(self) -> str:
        return str(Attribution(self.attribution).label)


def present_consent(act: Consent) -> PresentedConsent:
    """An act with everybody it lets in."""
    return PresentedConsent(
        audiences=audiences_of(act.grant),
        attribution=act.attribution,
        uses=tuple(act.uses),
        given_on=day_text(act.given_on),
        withdrawn_on=day_text(act.withdrawn_on),
        expires_on=day_text(act.expires_on),
    )


def consent_record(act: Consent) -> dict[str, object]:
    """An act for its teller to keep: whom it lets in, how they are named, for what, until when."""
    shown = present_consent(act)
    return {
        "given": shown.given_on,
        "until": shown.expires_on,
        "withdrawn": shown.withdrawn_on,
        "audience": shown.audiences,
        "attribution": str(shown.attribution_words),
        "uses": list(shown.uses),
    }


def quoted(grant: Grant) -> str:
    """Whether and how it may be quoted."""
    if grant.allows(Use.QUOTE):
        return str(QUOTED[Attribution(grant.attribution)])
    return _("not to be quoted")


def _only_them(story: Story) -> str:
    if story.collector:
        said = _("Only %(teller)s and %(collector)s can read this.")
        return said % {"teller": story.teller.name, "collector": story.collector.name}
    return _("Only you can read this, until you say otherwise.")


def last_day(story: Story) -> str:
    """The last day of a story's consent, in words; nothing where no end is set."""
    ends = story.consent.expires_on if story.consent else None
    return date_words(ends) if ends else ""
