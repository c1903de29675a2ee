"""A consent in a sentence: who sees a story, and whether it may be quoted."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spaces.presentation.days import date_words
from valuecreation.models import AUDIENCE_FIELDS, Attribution, Consent, Story, StoryState, Use

CIRCLES = {
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
    consent = story.consent
    if story.state != StoryState.APPROVED or consent is None or consent.withdrawn_on:
        return _only_them(story)
    if not consent.is_in_force(today):
        said = _("The consent ended on %(day)s; nobody else sees it until it is given again.")
        return said % {"day": date_words(consent.expires_on)}
    circles = circles_of(consent)
    if not circles:
        return _only_them(story)
    said = _("Seen by %(circles)s; %(quoted)s.")
    return said % {"circles": circles, "quoted": quoted(consent)}


def circles_of(consent: Consent) -> str:
    """Everybody an act lets in, in words; empty when it lets in nobody else."""
    if consent.to_public:
        return str(CIRCLES["public"])
    circles = {code for code, field in AUDIENCE_FIELDS.items() if getattr(consent, field)}
    if consent.to_organisation or consent.to_partner_spaces:
        circles.add("space")
    return get_text_list([str(CIRCLES[code]) for code in CIRCLES if code in circles], _("and"))


def quoted(consent: Consent) -> str:
    """Whether and how it may be quoted."""
    if Use.QUOTE in consent.uses:
        return str(QUOTED[Attribution(consent.attribution)])
    return _("not to be quoted")


def _only_them(story: Story) -> str:
    if story.collector:
        said = _("Only %(teller)s and %(collector)s can read this.")
        return said % {"teller": story.teller.name, "collector": story.collector.name}
    return _("Only you can read this, until you say otherwise.")
