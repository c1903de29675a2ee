"""Names that belong to somebody else: nobody takes one as their own, or as another name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.models import Membership, OtherName, Space
from spaces.presentation.names import Names
from spaces.presentation.spellings import LETTERS, key_of, plain


def refuse_taken_name(name: str, membership: Membership, *, field: str = "name") -> None:
    """Say that a name is another member's, or was, in whatever spelling."""
    others = other_members(membership.space, membership)
    beside = OtherName.objects.in_space(membership.space).exclude(membership=membership)
    taken = {key_of(one) for one in others.values_list("name", flat=True)}
    taken |= {key_of(one) for _member, one in beside.by_member()}
    others_names = Names(others)
    one_word = len(LETTERS.findall(plain(name))) == 1  # a bare first or family name of another's
    if key_of(name) in taken - {""} or (one_word and is_anothers_name(name, others_names)):
        said = _(
            "Somebody else here is called this. Add something that tells the two of you apart."
        )
        raise ValidationError({field: said})


def refuse_anothers_name(name: str, membership: Membership, *, field: str) -> None:
    """Say that a made-up name is a member's own, or a part of it: it would point at them."""
    if is_anothers_name(name, Names(other_members(membership.space, membership))):
        said = _("This is the name of somebody here, and would point at them. Choose another one.")
        raise ValidationError({field: said})


def is_anothers_name(name: str, names: Names) -> bool:
    """True if a made-up name is the name of one of some members, whole or in part."""
    words = tuple(LETTERS.findall(plain(name)))
    return bool(words) and (words in names.bearers or ("".join(words),) in names.bearers)


def other_members(space: Space, membership: Membership):
    """Everybody who is or was in a space but for one of them."""
    return Membership.objects.in_space(space).apart_from(membership)
