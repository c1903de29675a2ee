"""What sponsors hope: stated by them or recorded for them, kept apart and attributed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from framing.keys import aspiration_key
from framing.models import Aspiration, FramingVersion, SponsorAspiration, Whose
from spaces.models import Membership, Space
from spaces.permissions import Role


@transaction.atomic
def state_sponsor_aspiration(
    space: Space, *, by: Membership, cycle: str, text: str, stated_by: Membership | None = None
) -> SponsorAspiration:
    """What a sponsor hopes for, in their words; a draft takes it in, else it waits for the next.

    `stated_by` is the sponsor when somebody else writes it down for them.
    """
    sponsor = stated_by or by
    if sponsor.space_id != space.pk or not sponsor.holds(Role.SPONSOR):
        said = _("This person is no sponsor of this space. Choose a sponsor from the list.")
        raise ValidationError({"stated_by": said})
    stated = SponsorAspiration(
        space=space,
        cycle=cycle,
        text=text.strip(),
        stated_by=sponsor,
        recorded_by=None if sponsor == by else by,
        stated_on=space.today,
    )
    stated.clean_fields(exclude=["space", "stated_by", "recorded_by", "aspiration"])
    stated.save()
    drafts = FramingVersion.objects.in_space(space).drafts().select_for_update()
    for draft in drafts:
        _take_in(stated, draft)
    return stated


def take_in_waiting_aspirations(draft: FramingVersion) -> None:
    """Put every sponsor's hope that still waits into a draft."""
    for stated in SponsorAspiration.objects.in_space(draft.space).waiting():
        _take_in(stated, draft)


def _take_in(stated: SponsorAspiration, draft: FramingVersion) -> None:
    stated.aspiration = Aspiration.objects.create(
        version=draft,
        key=aspiration_key(draft.space, stated.cycle, Whose.SPONSOR),
        cycle=stated.cycle,
        whose=Whose.SPONSOR,
        text=stated.text,
        stated_by=stated.stated_by,
        recorded_by=stated.recorded_by,
    )
    stated.save(update_fields=["aspiration"])


@transaction.atomic
def take_back_sponsor_aspiration(stated: SponsorAspiration, *, by: Membership) -> None:
    """A sponsor's hope that stands in no agreed version is taken back by who stated or wrote it."""
    if by not in (stated.stated_by, stated.recorded_by):
        raise ValidationError(_("Only whoever said it, or wrote it down for them, takes it back."))
    aspiration = stated.aspiration
    if aspiration and aspiration.version.is_agreed:
        raise ValidationError(
            _("Version %(number)s holds this hope and stands. A next version can let it go.")
            % {"number": aspiration.version.number}
        )
    stated.delete()
    if aspiration:
        aspiration.delete()
