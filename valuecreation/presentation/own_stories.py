"""A person's own stories, wherever they told them: who reads each, and since when.

For their teller alone, who reads them as they told them; nothing here is for anybody else.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spaces.presentation.days import date_words
from valuecreation.consent import Grant
from valuecreation.cycles import Audience
from valuecreation.models import Moment, Story, StoryState, Withdrawal
from valuecreation.presentation.consent_words import last_day
from valuecreation.presentation.sharing import circles_in_words, how_named, pseudonym_of

WORDS = 40


class Standing(TextChoices):
    """Where a story stands for its teller: what they can do next hangs on it."""

    BEGUN = "begun", "still being written"
    WRITTEN_DOWN = "written_down", "written down by somebody else, to be read and corrected"
    ALONE = "alone", "with its teller"
    SHARED = "shared", "read by others"
    ENDED = "ended", "the consent has ended"
    RETIRED = "retired", "set aside as out of date"


@dataclass(frozen=True, kw_only=True)
class OwnStory:
    """One story as its teller finds it in their list."""

    slug: str
    public_id: str
    title: str
    begins: str
    told: str
    standing: str
    readers: tuple[str, ...]  # who can read it, how its teller is named, until when: sentences
    collector: str = ""


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """What is left of a story that was taken back: no title, no words."""

    slug: str
    public_id: str
    space: str
    receipt: str
    withdrawn: str
    words_kept: bool


@dataclass(frozen=True, kw_only=True)
class OwnNote:
    """A moment somebody has noted and taken into no story yet."""

    slug: str
    public_id: str
    space: str
    text: str
    noted: str


def own_note(moment: Moment) -> OwnNote:
    """A note (with its space), for whoever wrote it."""
    return OwnNote(
        slug=moment.space.slug,
        public_id=moment.public_id,
        space=moment.space.name,
        text=moment.text,
        noted=date_words(moment.told_on),
    )


def own_story(story: Story, *, joined: Iterable[tuple[dt.date, int]] = ()) -> OwnStory:
    """A story (with teller, collector, consent, space and first words fetched along).

    `joined` says how many people have come into its space on which day.
    """
    today = story.space.today
    standing = standing_of(story, today)
    return OwnStory(
        slug=story.space.slug,
        public_id=story.public_id,
        title=story.title,
        begins=Truncator(story.begins or "").words(WORDS),
        told=date_words(story.told_on),
        standing=standing,
        readers=tuple(readers_of(story, standing, joined)),
        collector=story.collector.name if story.collector else "",
    )


def standing_of(story: Story, today: dt.date) -> Standing:
    """Where a story that is not withdrawn stands for its teller."""
    if story.state == StoryState.DRAFT:
        return Standing.BEGUN
    if story.state == StoryState.RETIRED:
        return Standing.RETIRED
    if story.state == StoryState.WITH_TELLER:
        return Standing.WRITTEN_DOWN if story.collector_id else Standing.ALONE
    grant = story.consent.grant if story.consent else None
    if grant is None or grant.was_withdrawn or not grant.audience:
        return Standing.ALONE
    return Standing.ENDED if grant.has_lapsed(today) else Standing.SHARED


def readers_of(story: Story, standing: Standing, joined) -> list[str]:
    """Who can read a story, in sentences for its teller."""
    if standing == Standing.RETIRED:
        return [_("Only you: it is out of date, and shown to nobody.")]
    if standing == Standing.ENDED:
        return [_("This ended on %(day)s. Nobody new reads it.") % {"day": last_day(story)}]
    if standing != Standing.SHARED:
        return [_only_them(story)]
    grant = story.consent.grant
    said = [
        _("%(readers)s.") % {"readers": circles_in_words(grant)},
        how_named(story.teller, grant.attribution, pseudonym_of(story.consent)),
    ]
    if until := last_day(story):
        said.append(_("Until %(day)s.") % {"day": until})
    if grant.reaches(Audience.SPACE):
        said += joined_since(grant, joined)
    return said


def _only_them(story: Story) -> str:
    if story.collector:
        return _("Only you and %(name)s.") % {"name": story.collector.name}
    return _("Only you.")


def joined_since(grant: Grant, joined: Iterable[tuple[dt.date, int]]) -> list[str]:
    """How many people came into the space after a consent was given, who read it, too."""
    number = sum(people for day, people in joined if grant.given_before(day))
    if not number:
        return []
    said = ngettext(
        "%(n)d person has joined since and reads it, too.",
        "%(n)d people have joined since and read it, too.",
        number,
    )
    return [said % {"n": number}]


def tombstone(story: Story, withdrawal: Withdrawal | None) -> Tombstone:
    """What is left of a story (with space and first words), with the receipt if it has one."""
    return Tombstone(
        slug=story.space.slug,
        public_id=story.public_id,
        space=story.space.name,
        receipt=withdrawal.receipt if withdrawal else "",
        withdrawn=when_withdrawn(story, withdrawal),
        words_kept=getattr(story, "begins", None) is not None,
    )


def when_withdrawn(story: Story, withdrawal: Withdrawal | None) -> str:
    """The moment of a withdrawal, or its day where no more is known."""
    if withdrawal is None:
        return date_words(story.withdrawn_on)
    at = timezone.localtime(withdrawal.at)
    return _("%(day)s at %(time)s") % {"day": date_words(at.date()), "time": f"{at:%H:%M}"}
