"""Which hopes a moment speaks to, as its teller or a reader sees it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from framing.models import Aspiration, MomentAspiration
from spaces.models import Membership
from valuecreation.models import Moment


@transaction.atomic
def tie_moment(moment: Moment, aspiration: Aspiration, *, by: Membership) -> MomentAspiration:
    """Say that a moment speaks to a hope; said twice, it is stored once."""
    if aspiration.version.space_id != moment.space_id or by.space_id != moment.space_id:
        said = _("This was not found among this space's hopes. Choose one from the list.")
        raise ValidationError({"aspiration": said})
    tie, _fresh = MomentAspiration.objects.get_or_create(
        moment=moment, aspiration=aspiration, defaults={"tied_by": by}
    )
    return tie


@transaction.atomic
def untie_moment(tie: MomentAspiration, *, by: Membership) -> None:
    """Take back that a moment speaks to a hope."""
    tie.delete()
