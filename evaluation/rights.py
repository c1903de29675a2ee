"""What the table of permissions cannot say: an indicator's steward records it, too."""

from evaluation.models import Indicator
from spaces.permissions import Action, may


def may_record(person, indicator: Indicator) -> bool:
    """Facilitators and evaluators record any observation; a steward those of their indicator."""
    space = indicator.space
    if may(person, Action.RECORD_OBSERVATION, space):
        return True
    steward = indicator.steward
    return bool(steward and steward.person_id == person.pk and space.roles_of(person))
