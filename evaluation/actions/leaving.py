"""Leaving a space with everything of one's own in it settled."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.models import Indicator
from spaces.actions import leave_space
from spaces.models import Departure, Membership, Person
from valuecreation.actions import end_unreadable_questions, settle_rest, settle_story
from valuecreation.leaving import Settling
from valuecreation.models import Story


@transaction.atomic
def settle_and_leave(
    membership: Membership,
    *,
    by: Person,
    stories: Mapping[Story, str],
    stewards: Mapping[Indicator, Membership | None],
    notes: str = Settling.KEEP,
    drafts: str = Settling.KEEP,
    questions: str = Settling.KEEP,
) -> Departure:
    """Do with each story what its teller chose, settle the rest, leave, and keep a receipt.

    A story that is not named stays as it is.
    """
    for story, choice in stories.items():
        settle_story(story, by=membership, choice=choice)
    for indicator, steward in stewards.items():
        pass_on(indicator, by=membership, to=steward)
    rest = settle_rest(membership, notes=notes, drafts=drafts, questions=questions)
    leave_space(membership, by=by)
    end_unreadable_questions(membership)
    kept = {"notes": notes, "drafts": drafts, "questions": questions}
    return Departure.objects.create(
        person=by,
        membership=membership,
        decided={
            "stories": [
                [story.public_id, str(choice), story.told_on.isoformat()]
                for story, choice in stories.items()
            ],
            "stewards": [[row.pk, to.pk if to else None] for row, to in stewards.items()],
            "rest": {kind: [number, str(kept.get(kind, ""))] for kind, number in rest.items()},
        },
    )


def pass_on(indicator: Indicator, *, by: Membership, to: Membership | None) -> None:
    """Give the care of an indicator to another member, or to nobody for now."""
    if indicator.steward_id != by.pk:
        raise ValidationError(_("Somebody else looks after this indicator by now. Look again."))
    if to and (to.space_id != indicator.space_id or not to.is_current(indicator.space.today)):
        raise ValidationError(_("Choose somebody who takes part in this space now."))
    indicator.steward = to
    indicator.save(update_fields=["steward"])
