"""What sharing a story would mean, in sentences for its teller before they decide."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learningspaces.lib.text import in_words
from spaces.models import Membership
from spaces.presentation.names import practice_of
from valuecreation.consent import Attribution, Grant, Use
from valuecreation.models import Consent, Story
from valuecreation.presentation.consent_words import circles_of
from valuecreation.presentation.names import PSEUDONYM_KEY

OWN_CIRCLES = {
    "space": gettext_lazy("people in this space"),
    "named_people": gettext_lazy("people you named"),
    "organisation": gettext_lazy("the organisation with its sponsor"),
    "partner_spaces": gettext_lazy("partner spaces"),
    "public": gettext_lazy("everybody"),
}
USED_FOR = {
    Use.REPORT: gettext_lazy("counted in reports"),
    Use.QUOTE: gettext_lazy("quoted in reports"),
    Use.RESEARCH: gettext_lazy("in research"),
    Use.PUBLICATION: gettext_lazy("published"),
    Use.AI: gettext_lazy("read by artificial intelligence"),
}

IN_REPORTS = frozenset(USED_FOR) - {Use.AI}


def circles_in_words(grant: Grant) -> str:
    """Everybody a consent lets in, in words for its teller."""
    return str(capfirst(in_words(circles_of(grant, OWN_CIRCLES))))


def pseudonym_of(consent: Consent | None) -> str:
    """The other name that goes with an act."""
    return consent.extra.get(PSEUDONYM_KEY, "") if consent else ""


def how_named(teller: Membership, attribution: str, pseudonym: str = "") -> str:
    """How others see the teller, in the very words they see; empty where nothing is chosen."""
    if attribution == Attribution.NAMED:
        return _("With your name: %(name)s.") % {"name": teller.name}
    if attribution == Attribution.ROLE:
        return _("Told by “%(practice)s”.") % {"practice": practice_of(teller)}
    if attribution == Attribution.PSEUDONYM and pseudonym:
        return _("Told by “%(name)s”.") % {"name": pseudonym}
    return _("Without a trace of you.") if attribution else ""


def what_would_be(teller: Membership, wish: Grant, pseudonym: str = "") -> list[str]:
    """Who would read it, told by whom, and where it would go: sentences made of the choices."""
    if not wish.audience:
        return [_("Nobody else reads it.")]
    said = [
        _("%(readers)s will read it.") % {"readers": circles_in_words(wish)},
        how_named(teller, wish.attribution, pseudonym),
    ]
    used = [str(words) for use, words in USED_FOR.items() if wish.allows(use)]
    if used:
        said.append(_("It may be %(uses)s.") % {"uses": in_words(used)})
    if wish.uses.isdisjoint(IN_REPORTS):
        said.append(_("It goes into no report."))
    return [sentence for sentence in said if sentence]


def what_was(story: Story) -> list[str]:
    """What an act that has ended said, for whoever may let the same readers in again."""
    if story.consent is None:
        return []
    return what_would_be(story.teller, story.consent.grant, pseudonym_of(story.consent))


def is_singled_out(teller: Membership) -> bool:
    """True if nobody else in the space does what the teller does: their practice names them."""
    if not teller.practice.strip():
        return False
    here = Membership.objects.current().in_space(teller.space).apart_from(teller)
    return not here.doing(teller.practice).exists()
