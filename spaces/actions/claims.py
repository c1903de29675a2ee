"""Claiming a name that came with a space file, and confirming that it was the right person."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.actions.entering import one_at_a_time
from spaces.actions.noticing import done
from spaces.claims import ENOUGH_MEMBERS, may_confirm, second_leaders
from spaces.models import ClaimConfirmation, Invitation, Membership, NameClaim, NoticeKind, Person


def require_address(invitation: Invitation, person: Person) -> None:
    """A name is claimed by whoever reads the mails of the address it was offered to."""
    known = EmailAddress.objects.lookup([invitation.email.lower()])
    if not any(address.verified and address.user_id == person.pk for address in known):
        said = _(
            "This name was offered to another e-mail address than yours. Sign in with the address "
            "that the invitation came to, or add it to your account, then open the link again."
        )
        raise ValidationError(said)


@transaction.atomic
def confirm_claim(claim: NameClaim, *, by: Membership) -> None:
    """Say that a name was claimed by the person it means.

    A second leader's word is enough; where there is no second leader, that of two members.
    """
    one_at_a_time(by.space)
    claim.refresh_from_db(fields=["confirmed_on"])
    if claim.confirmed_on:
        raise ValidationError(_("This is confirmed already."))
    if not may_confirm(claim, by):
        raise ValidationError(
            _(
                "This is confirmed by somebody who leads the space and is neither who claimed the "
                "name nor who invited them; where there is nobody, by two other members."
            )
        )
    leads = second_leaders(claim).among([by.pk]).exists()
    ClaimConfirmation.objects.create(claim=claim, by=by)
    done(NoticeKind.NAME_CLAIM, claim.pk, person=by.person)
    if leads or claim.confirmations.count() >= ENOUGH_MEMBERS:
        claim.confirmed_on = by.space.today
        claim.save(update_fields=["confirmed_on"])
        done(NoticeKind.NAME_CLAIM, claim.pk)
