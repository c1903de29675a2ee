"""Names that belong to somebody else: nobody takes one as their own, or as another name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.models import Membership, OtherName, Space
from spaces.presentation.lookalikes import Likenesses, words_of
from spaces.presentation.spellings import key_of


def refuse_taken_name(name: str, membership: Membership, *, field: str = "name") -> None:
    """Say that a name is another member's, or was: in whatever spelling or order, or shortened.

    Somebody whose own name can be shortened to the same may be called so.
    """
    ever = names_of_others(membership)
    now = other_members(membership.space, membership).values_list("name", flat=True)
    if len(words_of(name)) == 1:  # a bare first or family name of another's, or their initials
        taken = Likenesses(now).holds(name)
    else:
        taken = Likenesses(ever).holds(name) and not Likenesses([membership.name]).holds(name)
    if taken or key_of(name) in {key_of(one) for one in ever} - {""}:
        said = _(
            "Somebody else here is called this. Add something that tells the two of you apart."
        )
        raise ValidationError({field: said})


def refuse_anothers_name(name: str, membership: Membership, *, field: str) -> None:
    """Say that a made-up name is a member's own, or a part of it: it would point at them."""
    if Likenesses(names_of_others(membership)).holds(name):
        said = _("This is the name of somebody here, and would point at them. Choose another one.")
        raise ValidationError({field: said})


def names_of_others(membership: Membership) -> list[str]:
    """All that everybody else who is or was in a space is or was called."""
    others = other_members(membership.space, membership).values_list("name", flat=True)
    beside = OtherName.objects.in_space(membership.space).apart_from(membership).by_member()
    return [*others, *(name for _member, name in beside)]


def other_members(space: Space, membership: Membership):
    """Everybody who is or was in a space but for one of them."""
    return Membership.objects.in_space(space).apart_from(membership)
