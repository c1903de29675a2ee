"""How the people in a story are shown: the teller as they chose, others as they agreed. Pure.

Outside the space everybody but a teller who chose to be named appears by practice or role; a
teller under another name, or without any trace, appears nowhere by name, place or a date finer
than a quarter, inside the space as well (docs/readings.md, Names outside the space).
"""

import functools
from collections.abc import Iterable

from django.utils.translation import gettext as _

from spaces.models import Membership
from spaces.presentation.names import Names, practice_of, replace_names
from valuecreation.cycles import Audience
from valuecreation.models import Attribution, Consent, Story

PSEUDONYM_KEY = "x-pseudonym"


def is_nameless(consent: Consent | None) -> bool:
    """True when the teller chose another name or no trace: no name, place or exact day is shown."""
    return bool(consent and consent.grant.nameless)


def label_of(membership: Membership, consent: Consent | None, audience: str) -> str:
    """How a person appears to an audience; `consent` is the one they gave as teller, else None."""
    if consent is None:
        return membership.name if audience == Audience.SPACE else practice_of(membership)
    if consent.attribution == Attribution.NAMED:
        return membership.name
    if consent.attribution == Attribution.ROLE:
        return practice_of(membership)
    if consent.attribution == Attribution.PSEUDONYM:
        return consent.extra.get(PSEUDONYM_KEY) or _("a member under another name")
    return _("a member")


def agreed_to_be_named(membership: Membership, story: Story, step=None) -> bool:
    """True if a third party agreed to be named in this step, or in the whole story."""
    if not isinstance(story.third_parties, list):
        return False
    here = {str(step.order), step.moment.ref} if step else set()
    return any(
        entry.get("person") == membership.ref
        and (not entry.get("steps") or not here.isdisjoint(map(str, entry["steps"])))
        for entry in story.third_parties
        if isinstance(entry, dict)
    )


def shown_as(
    membership: Membership,
    story: Story,
    audience: str,
    *,
    step=None,
    consent: Consent | None = None,
) -> str:
    """How anybody in a story appears to an audience: its teller, an agent, somebody it was for."""
    if membership.pk == story.teller_id:
        return label_of(membership, consent or story.consent, audience)
    if agreed_to_be_named(membership, story, step):
        return membership.name
    return label_of(membership, None, audience)


def words_for(
    text: str,
    story: Story,
    audience: str,
    members: "Names | Iterable[Membership]",
    *,
    step=None,
    consent: Consent | None = None,
) -> str:
    """A teller's words as an audience may read them, names replaced by practices.

    `step` says in which step the words stand (a third party may have agreed to one step only);
    `consent` stands for one that is not given yet, for a preview.
    """
    names = members if isinstance(members, Names) else Names(members)
    label = functools.partial(
        replacement, story=story, audience=audience, step=step, consent=consent
    )
    return replace_names(text, names, label)[0]


def replacement(
    member: Membership, *, story: Story, audience: str, step=None, consent: Consent | None = None
) -> str | None:
    """The words that stand for a member's name in a story; None where the name may stand."""
    given = consent or story.consent
    if member.pk == story.teller_id:
        hidden = bool(given) and given.attribution != Attribution.NAMED
    else:
        hidden = audience != Audience.SPACE and not agreed_to_be_named(member, story, step)
    return shown_as(member, story, audience, step=step, consent=given) if hidden else None
