"""Acts of consent: who may read a story, how its teller is named, for what, until when."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.dates import add_months
from learningspaces.lib.violations import refuse_if_broken
from spaces.models import Membership
from spaces.presentation.taken_names import refuse_anothers_name
from valuecreation.actions.counting import counted
from valuecreation.actions.stories import agree_to_words
from valuecreation.actions.versions import add_act, require_said, require_teller, require_told
from valuecreation.claimed_names import (
    NOT_CONFIRMED,
    agreements_added,
    is_held_back,
    whole_grant,
)
from valuecreation.consent import REACHES, Attribution, Grant, Use
from valuecreation.models import Consent, Story, StoryState
from valuecreation.presentation.names import PSEUDONYM_KEY
from valuecreation.rules.consents import consent_violations

MONTHS = 24


def default_expiry(today: dt.date) -> dt.date:
    """The day after which consent is asked for again: 24 months on."""
    return add_months(today, MONTHS)


@transaction.atomic
def give_consent(
    story: Story,
    *,
    by: Membership,
    audience: Collection[str],
    attribution: str = Attribution.NAMED,
    uses: Collection[str] = (Use.LEARNING,),
    named_people: Iterable[Membership] = (),
    expires_on: dt.date | None = None,
    pseudonym: str = "",
    note: str = "",
    third_parties: list[dict] | str | None = None,
    files_seen: Collection[str] = (),
) -> Consent:
    """The teller says anew who may read the story; wider or narrower, it holds at once.

    An empty audience is nobody but teller and collector; no day that has passed is in its way.
    Of the files put in, those the teller had before them (`files_seen`) go along.
    """
    require_teller(story, by)
    people = {person.pk: person for person in named_people}
    wish = Grant(
        audience=frozenset(audience),
        attribution=attribution,
        uses=frozenset(uses),
        expires_on=expires_on,
        people=frozenset(people),
    )
    wish = wish if wish.audience else wish.open_ended(story.space.today)
    _check_wish(story, wish, people.values(), third_parties)
    with counted([story]):
        agree_to_words(story, by=by)
        _keep_third_parties(story, third_parties)
        act = add_act(
            story,
            by=by,
            version=story.versions.last(),
            named_people=people.values() if wish.names_people else [],
            note=note,
            extra=_other_name(wish, pseudonym, by),
            **wish.columns(),
        )
        story.enclosures.at_addresses(files_seen).agreed_by(act)
        return act


def _check_wish(story: Story, wish: Grant, people: Collection[Membership], third_parties) -> None:
    _check_terms(story, wish, people)
    _check_said(story, wish)
    _check_claim(story, wish, third_parties)


def _keep_third_parties(story: Story, said: list[dict] | str | None) -> None:
    if said is not None:
        story.third_parties = said or None
        story.save(update_fields=["third_parties"])


def _check_said(story: Story, wish: Grant) -> None:
    """Before new people read it, kind and outcome are said; narrowing is never refused for it."""
    now = story.consent.grant if story.consent else None
    reached = now.audience if now and now.in_force(story.space.today) else frozenset()
    if not wish.audience <= reached:
        require_said(step.moment for step in story.steps.select_related("moment"))


@transaction.atomic
def keep_to_oneself(story: Story, *, by: Membership) -> Consent:
    """From now on nobody but teller and collector reads the story; what was said is kept."""
    require_told(story, by)
    now = story.consent
    return give_consent(
        story,
        by=by,
        audience=(),
        attribution=now.attribution if now else Attribution.NAMED,
        uses=now.uses if now else (),
        note=now.note if now else "",
    )


def _other_name(wish: Grant, pseudonym: str, by: Membership) -> dict:
    """The name a teller made up, which is nobody else's here."""
    made_up = pseudonym.strip() if wish.attribution == Attribution.PSEUDONYM else ""
    if not made_up:
        return {}
    refuse_anothers_name(made_up, by, field="pseudonym")
    return {PSEUDONYM_KEY: made_up}


def _check_claim(story: Story, wish: Grant, third_parties) -> None:
    """Whoever claimed a name narrows and withdraws its earlier stories, and widens none yet."""
    if not is_held_back(story):
        return
    shared = story.state in (StoryState.APPROVED, StoryState.RETIRED)
    now = whole_grant(story.consent) if shared else None
    added = agreements_added(story.third_parties, third_parties)
    if added or not wish.is_within(now, story.space.today):
        raise ValidationError(NOT_CONFIRMED)


def _check_terms(story: Story, wish: Grant, people: Collection[Membership]) -> None:
    faults = {}
    if unknown := wish.audience - set(REACHES):
        said = _("%(words)s is no audience here. Choose from the list.")
        faults["audience"] = said % {"words": ", ".join(sorted(unknown))}
    if wish.attribution not in Attribution.values:
        faults["attribution"] = _("Choose how you want to be named.")
    if wish.uses - set(Use.values):
        faults["uses"] = _("Choose from the list what the story may be used for.")
    if any(person.space_id != story.space_id for person in people):
        faults["named_people"] = _("This person was not found among this space's.")
    if faults:
        raise ValidationError(faults)
    refuse_if_broken(
        consent_violations(
            audience=wish.audience,
            names_people=wish.names_people and bool(people),
            given_on=story.space.today,
            expires_on=wish.expires_on,
        )
    )
