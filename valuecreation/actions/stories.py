"""A story from its first moment to its approval, its corrections and its retirement."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.actions import done
from spaces.models import Draft, Membership, NoticeKind, Space
from spaces.revisions import claim_revision
from spaces.rules import require_open
from valuecreation.actions.counting import counted, counted_if_read
from valuecreation.actions.erasing import take_from_everybody
from valuecreation.actions.flows import confirm_flows, stories_around
from valuecreation.actions.noticing import tell_of_story
from valuecreation.actions.refs import save_with_random_ref
from valuecreation.actions.told_days import tell_on
from valuecreation.actions.versions import (
    keep_or_narrow,
    keep_version,
    require_changer,
    require_told,
    weigh,
)
from valuecreation.claimed_names import NOT_CONFIRMED, is_held_back
from valuecreation.enclosing import let_go
from valuecreation.models import Story, StoryKind, StoryState, StoryVersion
from valuecreation.rights import is_read_by_others
from valuecreation.still_notices import settle_still

ABOUT_FIELDS = (
    "title",
    "kind",
    "told_strength",
    "substantiation",
    "other_factors",
    "other_factors_private",
    "did_not_work",
    "raw_text",
)


def new_story(
    space: Space,
    *,
    by: Membership,
    teller: Membership | None = None,
    title: str = "",
    kind: str = StoryKind.SPECIFIC,
    raw_text: str = "",
    told_on: dt.date | None = None,
    other_factors: str = "",
    did_not_work: str = "",
) -> Story:
    """A story, checked but not stored, that only its teller and whoever writes it down can read."""
    teller = teller or by
    require_open(space)
    if teller.space_id != space.pk or by.space_id != space.pk:
        said = _("This person was not found among this space's. Choose somebody from the list.")
        raise ValidationError({"teller": said})
    if teller.left_on and teller.left_on <= space.today:
        said = _("This person has left the space. Choose somebody who takes part now.")
        raise ValidationError({"teller": said})
    story = Story(
        space=space,
        title=title.strip() or _("A story"),
        kind=kind,
        teller=teller,
        collector=None if teller == by else by,
        told_on=told_on or space.today,
        listed_on=told_on or space.today,
        language=space.language,
        raw_text=raw_text,
        other_factors=other_factors,
        did_not_work=did_not_work,
    )
    check_fields(story, exclude=["space", "ref", "teller", "collector"])
    return story


@transaction.atomic
def begin_story(space: Space, *, by: Membership, **about) -> Story:
    """Open a story that only its teller (and whoever writes it down for them) can read."""
    story = new_story(space, by=by, **about)
    save_with_random_ref(story, "S")
    return story


@transaction.atomic
def finish_story(story: Story, *, by: Membership) -> None:
    """Nothing more for now: what was written down for somebody goes to them to be approved."""
    require_changer(story, by)
    if story.state != StoryState.DRAFT:
        return
    if not story.steps.exists():
        raise ValidationError({"text": _("A story needs one moment. Say what happened.")})
    story.state = StoryState.WITH_TELLER
    story.save(update_fields=["state"])
    if story.collector_id:
        tell_of_story(story)


@transaction.atomic
def approve_story(story: Story, *, by: Membership) -> StoryVersion:
    """The teller accepts this wording; who may read it is another act."""
    with counted([story]):
        return approve_wording(story, by=by)


def approve_wording(story: Story, *, by: Membership) -> StoryVersion:
    """The same, within another decision that counts what changes."""
    require_told(story, by)
    if story.state not in (StoryState.DRAFT, StoryState.WITH_TELLER):
        raise ValidationError(_("This story has been approved already."))
    if not story.steps.exists():
        raise ValidationError({"text": _("A story needs one moment. Say what happened.")})
    story.state = StoryState.APPROVED
    story.save(update_fields=["state"])
    confirm_flows(story)
    done(NoticeKind.STORY, story.pk)
    return keep_version(story, by=by)


def agree_to_words(story: Story, *, by: Membership) -> None:
    """What a consent is about is a wording: one that is not approved yet is approved with it.

    A story that was withdrawn is told again, if its words are still there; one that is retired
    stays so.
    """
    if story.state == StoryState.WITHDRAWN:
        if not story.steps.exists():
            said = _("The words of this story are erased. Tell it again as a new one.")
            raise ValidationError(said)
        story.state, story.withdrawn_on = StoryState.WITH_TELLER, None
        story.save(update_fields=["state", "withdrawn_on"])
    if story.state in (StoryState.DRAFT, StoryState.WITH_TELLER):
        approve_wording(story, by=by)


@transaction.atomic
def change_story(
    story: Story, *, by: Membership, seen: int, fields: dict, keep_sharing: bool = True
) -> None:
    """Change the title and what stands around the moments; an approved story is approved anew.

    Where others read it, what is not to be shared is kept beside it: they read on what was agreed.
    """
    require_changer(story, by)
    if not keep_sharing and is_read_by_others(story):
        claim_revision(story, seen)
        _keep_around(story, fields)
        return
    with counted_if_read([story]):
        claim_revision(story, seen)
        for name in ABOUT_FIELDS:
            if name in fields:
                setattr(story, name, fields[name])
        tell_on(story, fields.get("told_on"), by=by)
        story.corrected = None
        check_fields(story, exclude=["space", "teller", "collector", "consent"])
        story.save(update_fields=[*ABOUT_FIELDS, "corrected"])
        weigh(story)
        keep_or_narrow(story, by=by, keep_sharing=keep_sharing)


def _keep_around(story: Story, fields: dict) -> None:
    """Keep what was changed around the moments with its teller, beside what readers read."""
    said = {name: fields[name] for name in ABOUT_FIELDS if name in fields}
    wished = Story.objects.get(pk=story.pk)
    for name, value in said.items():
        setattr(wished, name, value)
    check_fields(wished, exclude=["space", "teller", "collector", "consent"])
    told_on = fields.get("told_on")
    Story.objects.filter(pk=story.pk).update(
        corrected=said | ({"told_on": told_on.isoformat()} if told_on else {})
    )


@transaction.atomic
def discard_story(story: Story, *, by: Membership) -> None:
    """Let go of a story that has never been approved: nothing of it stays."""
    require_changer(story, by)
    if story.state != StoryState.DRAFT or story.versions.exists():
        raise ValidationError(_("This story was approved once. It can be withdrawn instead."))
    steps = list(story.steps.select_related("moment"))
    sharing = stories_around(*(step.moment for step in steps))
    with counted_if_read([other for other in sharing if other != story]):
        let_go(story.enclosures.all())
        for step in steps:
            if not step.moment.steps.exclude(pk=step.pk).exists():
                step.moment.delete()
        Draft.objects.about(story).delete()
        done(NoticeKind.STORY, story.pk)
        settle_still(step.moment_id for step in steps)
        story.delete()


@transaction.atomic
def withdraw_story(story: Story, *, by: Membership) -> None:
    """Take the story out of every view, count and later export. No reason is asked for."""
    require_told(story, by)
    with counted([story]):
        take_from_everybody(story)


@transaction.atomic
def retire_story(story: Story, *, by: Membership) -> None:
    """Set aside a story that is out of date; its teller can bring it back."""
    require_told(story, by)
    if story.state != StoryState.APPROVED:
        raise ValidationError(_("Only a story that has been approved can be retired."))
    with counted([story]):
        story.state = StoryState.RETIRED
        story.save(update_fields=["state"])


@transaction.atomic
def bring_back_story(story: Story, *, by: Membership) -> None:
    """A retired story is told again, to those it went to before."""
    require_told(story, by)
    if story.state != StoryState.RETIRED:
        raise ValidationError(_("Only a retired story can be brought back."))
    if is_held_back(story):
        raise ValidationError(NOT_CONFIRMED)
    with counted([story]):
        story.state = StoryState.APPROVED
        story.save(update_fields=["state"])
