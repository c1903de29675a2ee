"""What sponsors hope: stated by them or recorded for them, kept apart and attributed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from framing.keys import aspiration_key
from framing.models import Aspiration, FramingVersion, SponsorHope, Whose
from spaces.models import Membership, Space
from spaces.permissions import Role


@transaction.atomic
def state_hope(
    space: Space, *, by: Membership, cycle: str, text: str, stated_by: Membership | None = None
) -> SponsorHope:
    """Record a sponsor's hope in their words; a draft takes it in, else it waits for the next.

    `stated_by` is the sponsor when somebody else writes it down for them.
    """
    sponsor = stated_by or by
    if sponsor.space_id != space.pk or not sponsor.holds(Role.SPONSOR):
        said = _("This person is no sponsor of this space. Choose a sponsor from the list.")
        raise ValidationError({"stated_by": said})
    hope = SponsorHope(
        space=space,
        cycle=cycle,
        text=text.strip(),
        stated_by=sponsor,
        recorded_by=None if sponsor == by else by,
        stated_on=space.today,
    )
    hope.clean_fields(exclude=["space", "stated_by", "recorded_by", "aspiration"])
    hope.save()
    drafts = FramingVersion.objects.in_space(space).drafts().select_for_update()
    for draft in drafts:
        _take_in(hope, draft)
    return hope


def take_in_waiting_hopes(draft: FramingVersion) -> None:
    """Put every sponsor's hope that still waits into a draft."""
    for hope in SponsorHope.objects.in_space(draft.space).waiting():
        _take_in(hope, draft)


def _take_in(hope: SponsorHope, draft: FramingVersion) -> None:
    hope.aspiration = Aspiration.objects.create(
        version=draft,
        key=aspiration_key(draft.space, hope.cycle, Whose.SPONSOR),
        cycle=hope.cycle,
        whose=Whose.SPONSOR,
        text=hope.text,
        stated_by=hope.stated_by,
        recorded_by=hope.recorded_by,
    )
    hope.save(update_fields=["aspiration"])


@transaction.atomic
def take_back_hope(hope: SponsorHope, *, by: Membership) -> None:
    """A sponsor's hope that stands in no agreed version is taken back by who stated or wrote it."""
    if by not in (hope.stated_by, hope.recorded_by):
        raise ValidationError(_("Only whoever said it, or wrote it down for them, takes it back."))
    aspiration = hope.aspiration
    if aspiration and aspiration.version.is_agreed:
        raise ValidationError(
            _("Version %(number)s holds this hope and stands. A next version can let it go.")
            % {"number": aspiration.version.number}
        )
    hope.delete()
    if aspiration:
        aspiration.delete()
