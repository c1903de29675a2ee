"""Leads as somebody reads them: the sentence where it stands, on the terms of its teller."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spaces.presentation.days import day_text, text_words
from spaces.presentation.viewer import Viewer
from valuecreation.models import Lead, LeadKind, LeadState, Moment
from valuecreation.presentation.moments import StoryLink, link_to
from valuecreation.presentation.terms import Terms, places_of
from valuecreation.sentences import mark_of, sentences


@dataclass(frozen=True, kw_only=True)
class PresentedLead:
    """A sentence worth following."""

    public_id: str
    sentence: str  # empty where its words have changed since
    where: str
    moment: str  # its address; empty for what stands elsewhere
    story: StoryLink | None
    marked_by: str
    marked: str
    listener: str
    mine: bool
    open: bool
    state_words: str
    outcome: str
    settled: str


def present_leads(viewer: Viewer, rows: Iterable[Lead]) -> list[PresentedLead]:
    """The leads (with people fetched along) whose sentences a viewer may read."""
    rows = list(rows)
    numbers = [row.number for row in rows if row.kind == LeadKind.MOMENT]
    readable = Moment.objects.for_reader(viewer.space, viewer.person).among(numbers)
    moments = {moment.pk: moment for moment in readable.with_stories()}
    found = []
    for row in rows:
        if row.kind == LeadKind.BOARD_NOTE:
            found.append(_lead(viewer, row, None))
        elif row.number in moments:
            found.append(_lead(viewer, row, moments[row.number]))
    return found


def _lead(viewer: Viewer, row: Lead, moment: Moment | None) -> PresentedLead:
    places = places_of(moment) if moment else []
    terms = Terms(viewer, places)
    mine = bool(row.listener and viewer.is_person(row.listener))
    return PresentedLead(
        public_id=row.public_id,
        sentence=sentence_of(terms, row, moment) if moment else "",
        where=viewer.typed(row.label),
        moment=moment.public_id if moment else "",
        story=link_to(viewer, places[0][0]) if places else None,
        marked_by=viewer.member(row.marked_by).label,
        marked=text_words(day_text(row.marked_on, veiled=terms.nameless)),
        listener=_("you") if mine else viewer.member(row.listener).label,
        mine=mine,
        open=row.state == LeadState.OPEN,
        state_words=str(LeadState(row.state).label),
        outcome=terms.words(row.outcome),
        settled=text_words(day_text(row.settled_on, veiled=terms.nameless)),
    )


def sentence_of(terms: Terms, row: Lead, moment: Moment) -> str:
    """The sentence as it may be read now; nothing where it is no longer there."""
    told, shown = sentences(moment.text), sentences(terms.words(moment.text))
    here = row.sentence < len(told) == len(shown)
    if here and mark_of(told[row.sentence]) == row.mark:
        return shown[row.sentence]
    return ""


def sentences_shown(viewer: Viewer, moment: Moment) -> list[str]:
    """The sentences of a moment to choose from, as a viewer may read them."""
    told, words = sentences(moment.text), Terms(viewer, places_of(moment)).words(moment.text)
    shown = sentences(words)
    return shown if len(shown) == len(told) else []
