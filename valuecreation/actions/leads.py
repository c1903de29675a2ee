"""Marking a sentence as worth following, saying who listens, and what came of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.models import Membership
from spaces.rules import require_open
from valuecreation.models import Lead, LeadKind, LeadState, Moment
from valuecreation.sentences import mark_of, sentences


@transaction.atomic
def mark_lead(
    moment: Moment, *, by: Membership, sentence: int, listener: Membership | None = None
) -> Lead:
    """Mark one sentence of a moment; marked by another before, it is the same lead."""
    found = sentences(moment.text)
    if not 0 <= sentence < len(found):
        raise ValidationError({"sentence": _("These words have changed. Choose again.")})
    return new_lead(
        by=by,
        kind=LeadKind.MOMENT,
        number=moment.pk,
        sentence=sentence,
        mark=mark_of(found[sentence]),
        listener=listener,
    )


@transaction.atomic
def new_lead(
    *,
    by: Membership,
    kind: str,
    number: int,
    mark: str,
    sentence: int = 0,
    label: str = "",
    listener: Membership | None = None,
) -> Lead:
    """A lead of any kind, for apps above to write; open again if it was settled before."""
    space = by.space
    require_open(space)
    _check_listener(listener, space)
    lead, fresh = Lead.objects.get_or_create(
        space=space,
        kind=kind,
        number=number,
        mark=mark,
        defaults={
            "sentence": sentence,
            "label": label,
            "marked_by": by,
            "marked_on": space.today,
            "listener": listener,
        },
    )
    if not fresh:
        lead.state, lead.settled_on, lead.outcome = LeadState.OPEN, None, ""
        lead.sentence, lead.listener = sentence, listener or lead.listener
        lead.save()
    return lead


@transaction.atomic
def assign_lead(lead: Lead, *, by: Membership, listener: Membership | None) -> None:
    """Say who listens further; nobody is an answer, too."""
    require_open(lead.space)
    _check_listener(listener, by.space)
    lead.listener = listener
    lead.save(update_fields=["listener"])


@transaction.atomic
def settle_lead(lead: Lead, *, by: Membership, state: str, outcome: str = "") -> None:
    """Say that it was followed, or let it go; a few words may say what came of it."""
    if state not in (LeadState.FOLLOWED, LeadState.DROPPED):
        raise ValidationError({"state": _("Say whether it was followed or let go.")})
    lead.state, lead.outcome, lead.settled_on = state, outcome.strip(), by.space.today
    check_fields(lead, exclude=["space", "marked_by", "listener"])
    lead.save(update_fields=["state", "outcome", "settled_on"])


def _check_listener(listener: Membership | None, space) -> None:
    if listener and (listener.space_id != space.pk or listener.left_on):
        said = _("This person was not found among this space's. Choose somebody from the list.")
        raise ValidationError({"listener": said})
