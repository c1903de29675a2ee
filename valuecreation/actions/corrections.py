"""Other words for what others read: kept with their teller, shared when they say so, let go."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.actions.refs import save_with_random_ref
from valuecreation.actions.stories import change_story
from valuecreation.actions.versions import require_changer
from valuecreation.models import Moment, Story
from valuecreation.rules.moments import check_moment
from valuecreation.wording import FIELDS, fill


def keep_correction(moment: Moment, story: Story, *, by: Membership, fields: dict) -> Moment:
    """Keep other words for a moment beside its story; its readers read on what was agreed to."""
    kept = Moment.objects.correcting(moment).first() or Moment(
        space=moment.space,
        corrects=moment,
        beside=story,
        recorded_by=by,
        told_on=moment.told_on,
        **{name: getattr(moment, name) for name in FIELDS},
    )
    fill(kept, fields, teller=story.teller)
    check_moment(kept)
    if kept.pk:
        kept.save(update_fields=FIELDS)
    else:
        save_with_random_ref(kept, "M")
    return kept


def words_of(kept: Moment) -> dict:
    """What a correction says, as the fields of the moment it corrects."""
    return {name: getattr(kept, name) for name in FIELDS}


@transaction.atomic
def share_around(story: Story, *, by: Membership) -> None:
    """What was changed around the moments goes to those who read the story."""
    _require_kept(story, by)
    said = dict(story.corrected or {})
    if "told_on" in said:
        said["told_on"] = dt.date.fromisoformat(said["told_on"])
    change_story(story, by=by, seen=story.revision, fields=said)


@transaction.atomic
def let_go_around(story: Story, *, by: Membership) -> None:
    """What was changed around the moments for its teller alone is let go."""
    _require_kept(story, by)
    story.corrected = None
    story.save(update_fields=["corrected"])


def _require_kept(story: Story, by: Membership) -> None:
    require_changer(story, by)
    story.refresh_from_db(fields=["corrected", "revision"])
    if not story.corrected:
        raise ValidationError(_("There is nothing here that others do not read already."))
