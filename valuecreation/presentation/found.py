"""Stories that were found, in the words that their reader may read, with the place that fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from learningspaces.lib.folding import folded
from learningspaces.lib.full_text import ENDINGS, WORD, AskedWords
from spaces.presentation.together import viewers_in
from spaces.presentation.viewer import Viewer
from valuecreation.models import Story
from valuecreation.models.searched import Reach
from valuecreation.presentation.moments import address_of
from valuecreation.presentation.stories import StoryOnPage, story_on_page
from valuecreation.presentation.story_cards import TrailMark, told_words

BEFORE, LONGEST = 60, 300  # letters of an excerpt: ahead of the first word found, and in all


@dataclass(frozen=True)
class ExcerptPiece:
    """A piece of an excerpt, and whether it is one of the words asked for."""

    text: str
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class FoundStory:
    """A story as a search lists it."""

    href: str
    title: list[ExcerptPiece]
    space: str
    teller: str
    initials: str
    told: str
    state: str
    excerpt: list[ExcerptPiece]
    trail: tuple[TrailMark, ...]


def found_stories(pks: Sequence[int], reach: Reach, asked: AskedWords) -> list[FoundStory]:
    """Stories in the order given; the names of all their spaces are looked up together."""
    rows = Story.objects.among(pks).with_moments().with_spaces()
    stories = {story.pk: story for story in rows}
    audiences = {story.space: reach.reads_as(story.space_id) for story in stories.values()}
    viewers = viewers_in(reach.person, audiences)
    return [
        found_story(stories[pk], viewers[stories[pk].space_id], asked)
        for pk in pks
        if pk in stories
    ]


def found_story(story: Story, viewer: Viewer, asked: AskedWords) -> FoundStory:
    """One of them."""
    shown = story_on_page(viewer, story)
    return FoundStory(
        href=address_of(story.space.slug, story.public_id),
        title=marked(shown.title or "", asked),
        space=story.space.name,
        teller=capfirst(shown.teller.label),
        initials=shown.teller.initials,
        told=told_words(shown.told),
        state=story.state,
        excerpt=excerpt_of(shown, asked),
        trail=tuple(TrailMark(one.cycle, one.heading, one.hoped) for one in shown.moments),
    )


def excerpt_of(shown: StoryOnPage, asked: AskedWords) -> list[ExcerptPiece]:
    """The place of a story that holds most of the words asked for; else how it begins."""
    texts = [moment.text for moment in shown.moments]
    texts += [shown.did_not_work, shown.other_factors, shown.substantiation, shown.raw_text]
    said = [text for text in texts if text]
    if not said:
        return []
    best = max(said, key=lambda text: len({word for _start, _end, word in places_of(text, asked)}))
    return marked(cut_out(best, asked), asked)


def cut_out(text: str, asked: AskedWords) -> str:
    """So much of a text as a list shows, around the first word asked for."""
    places = places_of(text, asked)
    first = places[0][0] if places else 0
    start = text.rfind(" ", 0, first - BEFORE) + 1 if first > BEFORE else 0
    end = len(text) if len(text) <= start + LONGEST else text.rfind(" ", start, start + LONGEST)
    end = end if end > start else start + LONGEST
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def places_of(text: str, asked: AskedWords) -> list[tuple[int, int, str]]:
    """Where the words asked for stand in a text: begin, end, and which it is."""
    words = asked.all_words
    found = []
    for place in WORD.finditer(text) if words else ():
        here = folded(place[0])
        for word in words:
            if here == word or (len(word) >= ENDINGS and here.startswith(word)):
                found.append((place.start(), place.end(), word))
                break
    return found


def marked(text: str, asked: AskedWords) -> list[ExcerptPiece]:
    """A text in pieces, those marked that were asked for."""
    ends = [(start, end) for start, end, _word in places_of(text, asked)]
    pieces, last = [], 0
    for start, end in ends:
        pieces += [ExcerptPiece(text[last:start]), ExcerptPiece(text[start:end], asked=True)]
        last = end
    return [piece for piece in [*pieces, ExcerptPiece(text[last:])] if piece.text]
