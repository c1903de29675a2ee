"""A story as an audience would read it under choices that are not stored, changes underlined."""

from dataclasses import dataclass

from spaces.presentation.viewer import Viewer
from valuecreation.models import Consent, Story
from valuecreation.presentation.changed_words import Part, changed_parts
from valuecreation.presentation.moments import MomentOnPage
from valuecreation.presentation.stories import StoryOnPage, as_if, story_on_page


@dataclass(frozen=True, kw_only=True)
class PreviewedMoment:
    """A moment as shown, its words in parts."""

    moment: MomentOnPage
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class ReaderPreview:
    """How a reader would find the story."""

    audience: str
    reached: bool
    quoted: bool
    told: StoryOnPage
    title: tuple[Part, ...]
    moments: tuple[PreviewedMoment, ...]

    @property
    def nameless(self) -> bool:
        return self.told.teller.attribution in ("pseudonym", "anonymous")


def preview(
    story: Story, act: Consent, *, audience: str, third_parties, quoted: bool
) -> ReaderPreview:
    """The story (with its steps) as if an act were given; nothing is stored."""
    told = story_on_page(Viewer(story.space, audience=audience), as_if(story, act, third_parties))
    steps = story.steps.all()
    return ReaderPreview(
        audience=audience,
        reached=act.grant.reaches(audience),
        quoted=quoted,
        told=told,
        title=changed_parts(story.title, told.title),
        moments=tuple(
            PreviewedMoment(moment=moment, parts=changed_parts(step.moment.text, moment.text))
            for moment, step in zip(told.moments, steps, strict=True)
        ),
    )
