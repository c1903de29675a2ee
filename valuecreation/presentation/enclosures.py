"""What a moment is told with beside its words, as far as a reader may see or hear it."""

from collections import defaultdict
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from spaces.models import UploadKind, UploadState
from spaces.presentation.viewer import Viewer
from valuecreation.consent import NAMELESS
from valuecreation.models import Enclosure, Story
from valuecreation.models.enclosure import USE_OF
from valuecreation.presentation.terms import Terms, places_from, told_themselves

KIND_WORDS = {
    UploadKind.PICTURE: _("Picture"),
    UploadKind.SOUND: _("Recording"),
    UploadKind.DOCUMENT: _("Document"),
}
STATE_WORDS = {
    UploadState.WAITING: _("Being made ready. The place where it was taken is removed first."),
    UploadState.REFUSED: _("This picture could not be read. Remove it, and bring it as JPEG."),
}


@dataclass(frozen=True, kw_only=True)
class PresentedEnclosure:
    """A picture, a recording or a document, with the words that go with it.

    `name`, `state` and `with_teller_alone` are for those who told or wrote down the story.
    """

    public_id: str
    kind: str
    kind_words: str
    size: str
    href: str = ""
    description: str = ""
    transcript: str = ""
    name: str = ""
    state: str = ""
    with_teller_alone: bool = False


def goes_along(story: Story, enclosure: Enclosure) -> bool:
    """True if the act that governs a story lets its readers see what was put in.

    A voice or a face says who tells it, so nothing goes along where the teller is not named.
    """
    act = story.consent
    return (
        act is not None
        and enclosure.agreed_under_id == act.pk
        and USE_OF[UploadKind(enclosure.upload.kind)] in act.uses
        and act.attribution not in NAMELESS
    )


def may_open(viewer: Viewer, story: Story, enclosure: Enclosure) -> bool:
    """True if somebody who may read a story may see what was put into it."""
    own = told_themselves(viewer, story)
    return enclosure.upload.is_ready and (own or goes_along(story, enclosure))


def enclosures_of(viewer: Viewer, story: Story) -> dict[int, tuple[PresentedEnclosure, ...]]:
    """What goes with each moment of a story (with its steps), by the moment's number."""
    own = told_themselves(viewer, story)
    places = {step.moment_id: places_from(story, step) for step in story.steps.all()}
    found = defaultdict(list)
    for row in Enclosure.objects.of_story(story).in_order():
        if row.moment_id in places and (own or may_open(viewer, story, row)):
            terms = Terms(viewer, places[row.moment_id])
            found[row.moment_id].append(_presented(viewer, story, row, terms, own=own))
    return {moment: tuple(rows) for moment, rows in found.items()}


def _presented(viewer, story, row, terms, *, own) -> PresentedEnclosure:
    upload = row.upload
    address = [viewer.space.slug, story.public_id, row.public_id]
    href = reverse("valuecreation:enclosure_file", args=address) if upload.is_ready else ""
    return PresentedEnclosure(
        public_id=row.public_id,
        kind=upload.kind,
        kind_words=str(KIND_WORDS[UploadKind(upload.kind)]),
        size=filesizeformat(upload.size),
        href=href,
        description=terms.words(row.description),
        transcript=terms.words(row.transcript),
        name=upload.name if own else "",
        state=str(STATE_WORDS.get(UploadState(upload.state), "")) if own else "",
        with_teller_alone=own and not goes_along(story, row),
    )
