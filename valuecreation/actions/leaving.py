"""Settling what somebody told, noted, typed and was asked in a space that they leave."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.actions.counting import counted
from valuecreation.actions.erasing import erase_story
from valuecreation.actions.handing_over import forget_private
from valuecreation.actions.moments import drop_moment
from valuecreation.actions.stories import discard_story, finish_story, withdraw_story
from valuecreation.actions.versions import add_act, require_told, terms_of
from valuecreation.consent import Attribution
from valuecreation.leaving import (
    Settling,
    StoryChoice,
    begun_for_others,
    can_lose_name,
    choices_for,
    drafts_of,
    notes_of,
    questions_to,
)
from valuecreation.models import FollowUp, Moment, Story, StoryState


@transaction.atomic
def keep_without_name(story: Story, *, by: Membership) -> None:
    """Let those read a story on who read it now, told by practice instead of by name."""
    require_told(story, by)
    if not can_lose_name(story, story.space.today):
        raise ValidationError(_("Nobody reads this story under your name now. Keep it as it is."))
    consent = story.consent
    assert consent, "what others read has an act of consent"
    with counted([story]):
        terms = terms_of(consent) | {"attribution": Attribution.ROLE}
        add_act(story, by=by, version=consent.version, **terms)


@transaction.atomic
def settle_story(story: Story, *, by: Membership, choice: str) -> None:
    """Do with a story what its teller chose on leaving."""
    if choice not in choices_for(story, story.space.today):
        raise ValidationError(_("Choose again what becomes of this story; it has changed."))
    if choice == StoryChoice.NAMELESS:
        keep_without_name(story, by=by)
    elif choice == StoryChoice.WITHDRAW:
        withdraw_story(story, by=by)
    elif choice == StoryChoice.REMOVE:
        throw_away(story, by=by)


@transaction.atomic
def settle_for_good(story: Story, *, by: Membership, stays: bool) -> None:
    """Leave a story to its readers without its teller's name, or leave no word of it.

    What its teller alone could read of a story that stays, goes.
    """
    if not stays:
        if story.state != StoryState.WITHDRAWN or story.steps.exists():
            throw_away(story, by=by)
        return
    if can_lose_name(story, story.space.today):
        keep_without_name(story, by=by)
    forget_private(story)


def throw_away(story: Story, *, by: Membership) -> None:
    """Leave no word of a story that nobody else has read."""
    if story.state == StoryState.DRAFT and not story.versions.exists():
        discard_story(story, by=by)
    else:
        erase_story(story, by=by)


@transaction.atomic
def settle_rest(
    membership: Membership, *, notes: str, drafts: str, questions: str
) -> dict[str, int]:
    """Settle what is no story, and say how many there were of each.

    What somebody was writing down for another teller is that teller's to go on with.
    """
    person, space = membership.person, membership.space
    noted, asked = notes_of(person, space), questions_to(person, space)
    typed, begun = drafts_of(person, space), begun_for_others(person, space)
    counts = {
        "notes": noted.count(),
        "drafts": typed.count(),
        "questions": asked.count(),
        "begun": begun.count(),
    }
    if notes == Settling.REMOVE:
        for moment in noted:
            drop_moment(moment, by=membership)
    if drafts == Settling.REMOVE:
        typed.delete()
    if questions == Settling.REMOVE:
        asked.drop()
    for story in begun.with_tellers():
        if story.steps.exists():
            finish_story(story, by=membership)
    return counts


def end_unreadable_questions(membership: Membership) -> None:
    """A question ends when the one who was asked may not read the moment any more."""
    person = membership.person
    for question in questions_to(person, membership.space):
        if not Moment.objects.for_user(person).among([question.moment_id]).exists():
            FollowUp.objects.numbered(question.pk).drop()
