"""What members are called beside their name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership, OtherName, Space
from spaces.permissions import Action, may
from spaces.presentation.lookalikes import Likenesses, words_of
from spaces.presentation.names import is_also_a_word
from spaces.presentation.spellings import key_of
from spaces.presentation.taken_names import names_of_others, refuse_anothers_name

MOST = 20


@transaction.atomic
def note_name(
    membership: Membership, *, by: Membership, name: str, also_a_word: bool = False
) -> OtherName:
    """Add a name that a member goes by, so that it gives way where theirs does.

    One that people write for other things, too, is added once somebody has decided that it is.
    """
    require_to_note(membership, by)
    if is_also_a_word(name, practices_in(membership.space)) and not also_a_word:
        raise ValidationError({"name": _("This is also a word. Say whether it is meant.")})
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


def practices_in(space: Space) -> list[str]:
    """What people in a space do, in their words."""
    return list(Membership.objects.in_space(space).values_list("practice", flat=True).distinct())


def keep_former_name(membership: Membership, name: str, *, now: str = "") -> None:
    """Remember the name that a member had until now.

    But not one between two times of the same name that held nothing of their own: what is left of
    it is another member's, and would be looked for as theirs.
    """
    if now and is_between(membership, name, now=now):
        return
    earlier = OtherName.objects.of_member(membership).told_as(name)
    if not earlier.update(former=True):
        OtherName.objects.create(membership=membership, name=name, former=True)


def is_between(membership: Membership, name: str, *, now: str) -> bool:
    """True for a name that somebody drops to go back to an earlier one, if all that it holds beside
    that is in another member's name.
    """
    before = OtherName.objects.of_member(membership).former().values_list("name", flat=True)
    if key_of(now) not in {key_of(one) for one in before}:
        return False
    others = Likenesses(names_of_others(membership))
    rest = [word for word in words_of(name) if word not in words_of(now)]
    return bool(rest) and all(others.holds(word) for word in rest)
