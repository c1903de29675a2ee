"""What becomes of somebody's stories when they leave a space: offered story by story."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spaces.models import Draft
from valuecreation.consent import Attribution
from valuecreation.models import FollowUp, Moment, Story, StoryState

BEGUN = (StoryState.DRAFT, StoryState.WITH_TELLER)


class StoryChoice(TextChoices):
    """What its teller wants done with a story."""

    KEEP = "keep", _("Keep it as it is")
    NAMELESS = "nameless", _("Keep it, without my name")
    WITHDRAW = "withdraw", _("Withdraw it: nobody else reads it any more")
    REMOVE = "remove", _("Throw it away")


class ClosingChoice(TextChoices):
    """What a teller who closes their account wants done with a story that others read."""

    NAMELESS = "nameless", _("Keep it for those who read it now, without my name")
    REMOVE = "remove", _("Remove it, with every word")


class Settling(TextChoices):
    """What is done with the smaller things of somebody who leaves."""

    KEEP = "keep", _("Keep them")
    REMOVE = "remove", _("Let go of them")


def choices_for(story: Story, today) -> list[StoryChoice]:
    """What can be done with a story; the first changes nothing."""
    if story.state in BEGUN:
        return [StoryChoice.KEEP, StoryChoice.REMOVE]
    if can_lose_name(story, today):
        return [StoryChoice.KEEP, StoryChoice.NAMELESS, StoryChoice.WITHDRAW]
    return [StoryChoice.KEEP, StoryChoice.WITHDRAW]


def may_stay(story: Story, today) -> bool:
    """True for a story that others read now, which may outlast its teller's account."""
    grant = story.consent.grant if story.consent else None
    shared = bool(grant and grant.audience and grant.in_force(today))
    return story.state == StoryState.APPROVED and shared


def can_lose_name(story: Story, today) -> bool:
    """True for a story that others read under its teller's name."""
    return may_stay(story, today) and story.consent.attribution == Attribution.NAMED


def stories_of(person, space):
    """What somebody told in a space and has not withdrawn, the newest first."""
    told = Story.objects.told_by(person).in_space(space).not_withdrawn()
    return told.with_tellers().newest_first()


def begun_for_others(person, space):
    """What somebody is writing down in a space for other tellers."""
    return Story.objects.collected_by(person).in_space(space).in_state(StoryState.DRAFT)


def notes_of(person, space):
    """Moments that somebody noted in a space and that stand in no story."""
    return Moment.objects.in_space(space).loose().noted_by(person)


def questions_to(person, space):
    """Questions in a space that wait for somebody's answer."""
    return FollowUp.objects.in_space(space).waiting().asked_of(person)


def drafts_of(person, space):
    """What somebody typed on forms of a space and did not send."""
    return Draft.objects.for_user(person).in_space(space)
