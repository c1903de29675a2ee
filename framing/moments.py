"""Moments as a reader of the framing may read them, to be named as causes or tied to hopes."""

from dataclasses import dataclass

from django.utils.text import Truncator

from valuecreation.models import Moment, Story
from valuecreation.presentation.stories import PresentedMoment, Viewer, present_moment

MOST = 25


@dataclass(frozen=True)
class MomentChoice:
    """One moment with its words settled for a reader, and the story it stands in."""

    presented: PresentedMoment
    story: Story | None
    title: str

    @property
    def moment(self) -> Moment:
        return self.presented.moment

    @property
    def line(self) -> str:
        """The moment in one line, as a choice."""
        words = Truncator(self.presented.text).words(14)
        return f"{self.moment.ref} · {self.presented.heading}: {words}"


def shown(moment: Moment, reader: Viewer) -> MomentChoice:
    """A moment (its stories fetched along) as this reader may read it."""
    step = next(iter(moment.steps.all()), None)
    story = step.story if step else None
    return MomentChoice(
        presented=present_moment(moment, reader, story=story, step=step),
        story=story,
        title=reader.words(story.title, story) if story else "",
    )


def recent(space, person, *, also: tuple[int, ...] = ()) -> list[MomentChoice]:
    """What happened lately that a person may read; `also` are moments shown in any case, first."""
    reader = Viewer(space, person)
    readable = Moment.objects.for_reader(space, person).actual()
    chosen = list(readable.among(also).with_stories()) if also else []
    newest = readable.newest_first().with_stories()[:MOST]
    rest = [moment for moment in newest if moment.pk not in set(also)]
    return [shown(moment, reader) for moment in (*chosen, *rest)]
