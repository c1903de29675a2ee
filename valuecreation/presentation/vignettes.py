"""Composite vignettes as one reader may know them, and what a teller knows of those drawn on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from spaces.presentation.days import text_words
from spaces.presentation.viewer import Viewer
from valuecreation.models import Story, Vignette, VignetteSource
from valuecreation.presentation.terms import Terms


@dataclass(frozen=True, kw_only=True)
class PresentedVignette:
    """A composite, with the label that says so."""

    public_id: str
    title: str
    text: str
    label: str
    written: str
    mine: bool
    ended: bool


@dataclass(frozen=True, kw_only=True)
class DrawnOn:
    """A vignette that a teller's story is drawn on for."""

    pk: int
    title: str
    text: str
    written: str


def present_vignettes(viewer: Viewer, rows: Iterable[Vignette]) -> list[PresentedVignette]:
    """Those (with sources fetched along) that go to a viewer; one's own also when they ended."""
    shown = [_presented(viewer, row) for row in rows]
    return [one for one in shown if one.mine or not one.ended]


def _presented(viewer: Viewer, row: Vignette) -> PresentedVignette:
    stories = [source.story for source in row.sources.all() if source.story]
    terms = Terms(viewer, [(story, None) for story in stories])
    ended = not row.goes_to(viewer.audience, viewer.space.today)
    return PresentedVignette(
        public_id=row.public_id,
        title=terms.words(row.title),
        text=terms.words(row.text),
        label=composite_label(len(row.sources.all())),
        written=text_words(terms.day(row.written_on)),
        mine=bool(row.written_by and viewer.is_person(row.written_by)),
        ended=ended,
    )


def composite_label(stories: int) -> str:
    """That it is made of several stories and nobody in it is one person."""
    said = ngettext(
        "Composite, drawn from %(n)d story. Nobody in it is one person.",
        "Composite, drawn from %(n)d stories. Nobody in it is one person.",
        stories,
    )
    return said % {"n": stories}


def drawn_on(story: Story) -> list[DrawnOn]:
    """The vignettes that a story is drawn on for, for its teller."""
    rows = VignetteSource.objects.of(story).with_vignettes().order_by("pk")
    return [
        DrawnOn(
            pk=row.pk,
            title=row.vignette.title,
            text=row.vignette.text,
            written=text_words(row.vignette.written_on.isoformat()),
        )
        for row in rows
    ]
