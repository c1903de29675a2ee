"""What members are called beside their name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership, OtherName
from spaces.permissions import Action, may
from spaces.presentation.spellings import key_of
from spaces.presentation.taken_names import refuse_anothers_name

MOST = 20


@transaction.atomic
def note_name(membership: Membership, *, by: Membership, name: str) -> OtherName:
    """Add a name that a member goes by, so that it gives way where theirs does."""
    require_to_note(membership, by)
    if not key_of(name) and "@" not in name:
        raise ValidationError({"name": _("Write a name, initials or an address.")})
    refuse_anothers_name(name, membership, field="name")
    if OtherName.objects.of_member(membership).count() >= MOST:
        raise ValidationError({"name": _("Twenty are as many as there can be. Remove one first.")})
    if earlier := OtherName.objects.of_member(membership).told_as(name).first():
        return earlier
    return OtherName.objects.create(membership=membership, name=name, given_by=by)


@transaction.atomic
def drop_name(other: OtherName, *, by: Membership) -> None:
    """Take back a name that was added; one that was their own before stays known."""
    require_to_note(other.membership, by)
    if other.former:
        raise ValidationError(_("A name somebody had before is still looked for in older words."))
    other.delete()


def require_to_note(membership: Membership, by: Membership) -> None:
    """Names are noted by those who bear them and by those who lead."""
    same_space = membership.space_id == by.space_id
    leads = same_space and may(by.person, Action.NOTE_NAMES, by.space)
    if membership.pk != by.pk and not leads:
        raise ValidationError(_("Only they themselves or a leader say what somebody is called."))


def keep_former_name(membership: Membership, name: str) -> None:
    """Remember the name that a member had until now."""
    earlier = OtherName.objects.of_member(membership).told_as(name)
    if not earlier.update(former=True):
        OtherName.objects.create(membership=membership, name=name, former=True)
