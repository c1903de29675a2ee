"""An analyst's reading of a moment's cycle; it stands beside the teller's and never replaces it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import Coding
from spaces.models import Membership
from valuecreation.cycles import Cycle
from valuecreation.models import Moment, StoryStep


@transaction.atomic
def read_as(moment: Moment, *, by: Membership, cycle: str) -> Coding | None:
    """Say as which cycle one reads a moment oneself; no cycle takes one's own reading back.

    Readings of other analysts stay as they are. The teller's word counts in every total and
    picture, so nothing is counted anew.
    """
    if cycle and cycle not in Cycle.values:
        raise ValidationError({"cycle": _("Choose one of the eight cycles, or none.")})
    told = StoryStep.objects.telling(moment, by).exists()
    if told or (moment.recorded_by_id == by.pk and not moment.steps.exists()):
        said = _("You told this yourself. A second reading is somebody else's; correct it instead.")
        raise ValidationError(said)
    Membership.objects.select_for_update().get(pk=by.pk)  # two readings of one analyst at once
    mine = Coding.objects.of_moments([moment]).by_member(by).current()
    if cycle and mine.filter(cycle=cycle).exists():
        return mine.get()
    mine.update(ended_at=timezone.now())
    return Coding.objects.create(moment=moment, by=by, cycle=cycle) if cycle else None
