"""What others say to a story, beside its teller's words: who reads it, and how they are called.

A statement goes where its own writer lets it and the story goes; beside a story of a teller without
a name it would tell who they are, so only teller and writer read it there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from spaces.presentation.days import date_words
from spaces.presentation.viewer import Viewer
from valuecreation.consent import Attribution
from valuecreation.models import Statement, StatementKind, StatementReach, Story
from valuecreation.presentation.moments import MomentOnPage
from valuecreation.presentation.names import is_nameless
from valuecreation.presentation.stories import StoryOnPage, story_on_page
from valuecreation.presentation.terms import Terms, told_themselves
from valuecreation.wording import fingerprint_of


@dataclass(frozen=True, kw_only=True)
class PresentedStatement:
    """What somebody says to a story, as one reader may know it."""

    public_id: str
    who: str
    kind: str
    kind_words: str
    words: str
    said: str
    earlier: bool  # it was said to another wording
    independent: bool
    mine: bool = False


@dataclass(frozen=True, kw_only=True)
class AskedPerson:
    """Somebody whom the teller asked, for the teller alone."""

    public_id: str
    who: str
    asked: str
    until: str
    said: PresentedStatement | None


@dataclass(frozen=True, kw_only=True)
class StoryAskedAbout:
    """A story as somebody reads it who is asked whether it was so."""

    asker: str
    space: str
    title: str
    moments: tuple[MomentOnPage, ...]
    until: str
    said: PresentedStatement | None


def statements_beside(viewer: Viewer, story: Story) -> list[PresentedStatement]:
    """What others say to a story, as far as a reader may know it."""
    own = told_themselves(viewer, story)
    rows = Statement.objects.of(story).standing().with_all().oldest_first()
    shown = [row for row in rows if own or _goes_to(viewer, story, row)]
    if not shown:
        return []
    wording = fingerprint_of(story)
    return [_presented(viewer, story, row, wording) for row in shown]


def _goes_to(viewer: Viewer, story: Story, row: Statement) -> bool:
    if _is_writer(viewer, row):
        return True
    if is_nameless(story.consent):
        return False
    if row.reach == StatementReach.STORY:
        return True
    return row.reach == StatementReach.SPACE and viewer.inside


def _is_writer(viewer: Viewer, row: Statement) -> bool:
    return row.member is not None and viewer.is_person(row.member)


def _presented(viewer: Viewer, story: Story, row: Statement, wording: str) -> PresentedStatement:
    terms = Terms(viewer, [(story, None)])
    return PresentedStatement(
        public_id=row.public_id,
        who=capfirst(_writer(viewer, story, row)),
        kind=row.kind,
        kind_words=str(capfirst(StatementKind(row.kind).label)),
        words=terms.words(row.words),
        said=date_words(row.said_on),
        earlier=row.about != wording,
        independent=row.independent,
        mine=_is_writer(viewer, row),
    )


def _writer(viewer: Viewer, story: Story, row: Statement) -> str:
    """A member as everywhere else; somebody outside by name only inside, and if they let it."""
    if row.member:
        return viewer.member(row.member).label
    if told_themselves(viewer, story) or (viewer.inside and row.named):
        return row.name
    return viewer.typed(row.label) or _("somebody outside the space")


def asked_about(story: Story) -> list[AskedPerson]:
    """Everybody whom its teller asked about a story, with what they said."""
    viewer, wording = Viewer(story.space, story.teller.person), fingerprint_of(story)
    return [
        AskedPerson(
            public_id=row.public_id,
            who=row.member.name if row.member else row.name,
            asked=date_words(row.asked_at.date()),
            until=date_words(row.open_until) if row.open_until else "",
            said=_presented(viewer, story, row, wording) if row.said_on else None,
        )
        for row in Statement.objects.of(story).with_all().oldest_first()
    ]


def asker_of(asked: Statement) -> str:
    """Who asks, as they may know it: the teller by name, unless they are shown without it."""
    story = asked.story
    if story.consent is None or story.consent.attribution == Attribution.NAMED:
        return story.teller.name
    return capfirst(Terms(_asked_as(asked), [(story, None)]).person(story.teller).label)


def _asked_as(asked: Statement) -> Viewer:
    """A member reads as inside; somebody outside reads no name but those who agreed to it."""
    if asked.member and not asked.member.outside:
        return Viewer(asked.story.space, asked.member.person, audience="space")
    return Viewer(asked.story.space, audience="public")


def shown_to_asked(asked: Statement) -> StoryAskedAbout:
    """The story for whoever is asked about it, and what they have said."""
    story = asked.story
    viewer = _asked_as(asked)
    told: StoryOnPage = story_on_page(viewer, story)
    said = _presented(viewer, story, asked, fingerprint_of(story)) if asked.said_on else None
    return StoryAskedAbout(
        asker=asker_of(asked),
        space=story.space.name,
        title=told.title or "",
        moments=told.moments,
        until=date_words(asked.open_until) if asked.open_until else "",
        said=said,
    )


def said_to_others(rows: Iterable[Statement]) -> list[dict[str, object]]:
    """What a person said to others' stories, for their own copy: their words, not the stories'."""
    return [
        {
            "space": row.story.space.name,
            "told": date_words(row.said_on) if row.said_on else "",
            "kind": str(StatementKind(row.kind).label) if row.kind else "",
            "text": row.words,
        }
        for row in rows
    ]
