"""A second reading of a moment's cycle, which stands beside the teller's and never replaces it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.cycles import Cycle
from valuecreation.models import Moment, StoryStep


@transaction.atomic
def read_as(moment: Moment, *, by: Membership, cycle: str) -> None:
    """Say as which cycle somebody else reads a moment; no cycle takes the reading back.

    The teller's word counts in every total and picture, so nothing is counted anew.
    """
    if cycle and cycle not in Cycle.values:
        raise ValidationError({"cycle": _("Choose one of the eight cycles, or none.")})
    told = StoryStep.objects.telling(moment, by).exists()
    if told or (moment.recorded_by_id == by.pk and not moment.steps.exists()):
        said = _("You told this yourself. A second reading is somebody else's; correct it instead.")
        raise ValidationError(said)
    moment.analyst_cycle = cycle
    moment.save(update_fields=["analyst_cycle"])
