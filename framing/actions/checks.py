"""What people observe about an agreed framing. Its words stand; how things turned out is added.

An assumption checked, an uncertainty explored, a risk that happened: each is an observation with
its own day, allowed at any time, in any version.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from framing.models import Assumption, AssumptionCheck, AssumptionState, Risk, Uncertainty
from spaces.models import Membership
from spaces.revisions import claim_revision
from spaces.todays import day_of, last_today


@transaction.atomic
def check_assumption(
    assumption: Assumption,
    *,
    by: Membership,
    seen: int,
    state: str,
    note: str = "",
    checked_on: dt.date | None = None,
) -> AssumptionCheck:
    """Note whether an assumption holds, on which day and how one knows; earlier checks stay."""
    day = checked_on or day_of(by)
    if day > last_today(by.space, by):
        raise ValidationError(
            {"checked_on": _("This day lies ahead. Choose the day you looked, up to today.")}
        )
    if state in (AssumptionState.FAILING, AssumptionState.FALSE) and not note.strip():
        raise ValidationError({"note": _("Say in a sentence what you saw; it helps to reframe.")})
    claim_revision(assumption, seen)
    _keep_what_was_known(assumption)
    check = AssumptionCheck(
        assumption=assumption, state=state, checked_on=day, note=note.strip(), by=by
    )
    check.clean_fields(exclude=["assumption", "by"])
    check.save()
    newest = assumption.checks.latest("checked_on", "pk")
    assumption.state, assumption.note = newest.state, newest.note
    assumption.checked_on = newest.checked_on
    assumption.save(update_fields=["state", "note", "checked_on"])
    return check


def _keep_what_was_known(assumption: Assumption) -> None:
    """A state that came without its check (from a file) becomes the first one."""
    if assumption.state == AssumptionState.UNTESTED or assumption.checks.exists():
        return
    AssumptionCheck.objects.create(
        assumption=assumption,
        state=assumption.state,
        checked_on=assumption.checked_on
        or assumption.version.agreed_on
        or assumption.version.space.today,
        note=assumption.note,
    )


@transaction.atomic
def note_uncertainty(row: Uncertainty, *, by: Membership, seen: int, state: str) -> None:
    """Note where an uncertainty stands: open, explored, turned into something else, set aside."""
    claim_revision(row, seen)
    row.state = state
    row.clean_fields(exclude=["version", "raised_by", "key", "text"])
    row.save(update_fields=["state"])


@transaction.atomic
def note_risk(row: Risk, *, by: Membership, seen: int, state: str, note: str = "") -> None:
    """Note what became of a risk and whether its mitigation held."""
    claim_revision(row, seen)
    row.state, row.note = state, note.strip()
    row.clean_fields(exclude=["version", "aspiration", "owner", "text", "mitigation"])
    row.save(update_fields=["state", "note"])
