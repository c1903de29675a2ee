"""The ledger of a story's consents: every act with all its terms, for its teller alone."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learningspaces.lib.text import in_words
from spaces.presentation.days import date_words, text_words
from valuecreation.consent import Attribution, Use
from valuecreation.models import Consent, Story
from valuecreation.presentation.consent_words import audiences_of, consent_record
from valuecreation.presentation.sharing import pseudonym_of


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One act of consent, in words."""

    given: str
    by: str
    wording: str
    readers: str
    named: str
    uses: str
    until: str
    ended: str
    legal_basis: str
    in_force: bool


def ledger_of(story: Story) -> list[LedgerLine]:
    """Every act, the newest first; `in_force` is the one that holds today."""
    acts = story.consents.newest_first().select_related("version", "given_by")
    acts = acts.prefetch_related("named_people")
    return [_line(story, act) for act in acts]


def _line(story: Story, act: Consent) -> LedgerLine:
    grant, said = act.grant, consent_record(act)
    people = [member.name for member in act.named_people.all()]
    readers = audiences_of(grant) or _("nobody else")
    if grant.names_people and people:
        readers = _("%(readers)s: %(people)s") % {"readers": readers, "people": in_words(people)}
    uses = [str(Use(use).label) for use in Use.values if grant.allows(use)]
    named = str(Attribution(act.attribution).label)
    if other := pseudonym_of(act):
        named = _("%(how)s: “%(name)s”") % {"how": named, "name": other}
    governs = story.consent_id == act.pk and grant.in_force(story.space.today)
    return LedgerLine(
        given=text_words(str(said["given"])),
        by=act.given_by.name if act.given_by else story.teller.name,
        wording=_wording(act),
        readers=str(capfirst(readers)),
        named=str(capfirst(named)),
        uses=str(capfirst(in_words(uses))) if uses else _("Nothing but reading"),
        until=text_words(str(said["until"])) or _("No end is set"),
        ended=text_words(str(said["withdrawn"])),
        legal_basis=act.legal_basis,
        in_force=governs and bool(grant.audience),
    )


def _wording(act: Consent) -> str:
    if act.version is None:
        return _("The wording of that day")
    said = {"n": act.version.number, "day": date_words(act.version.approved_on)}
    return _("Wording %(n)s, approved on %(day)s") % said
