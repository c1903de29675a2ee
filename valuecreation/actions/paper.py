"""A code on paper: how whoever has no account takes back what they told."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.actions.stories import withdraw_story
from valuecreation.actions.versions import hold
from valuecreation.models import PaperCode, Story, StoryState, Withdrawal
from valuecreation.models.paper import hash_of, new_paper_code


@transaction.atomic
def make_paper_code(story: Story, *, by: Membership) -> str:
    """A new code for the teller's paper; one made before ends. It is said once and kept nowhere."""
    if story.teller.person_id:
        raise ValidationError(_("The teller has an account and finds this in My stories."))
    hold(story)
    PaperCode.objects.of(story).delete()
    code = new_paper_code()
    PaperCode.objects.create(story=story, code_hash=hash_of(code), made_by=by)
    return code


@transaction.atomic
def withdraw_by_paper(code: str) -> Withdrawal:
    """Whoever holds the paper takes the story back, once; they have no account, so no `by`."""
    found = PaperCode.objects.unused(code).select_for_update(of=("self",)).first()
    if found is None:
        said = _("This code is not known here, or was used already. Look once more at the paper.")
        raise ValidationError({"code": said})
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    story = found.story
    if story.state == StoryState.WITHDRAWN:
        return Withdrawal.objects.create(story=story)
    withdraw_story(story, by=story.teller)
    return Withdrawal.objects.of(story).latest("at")
