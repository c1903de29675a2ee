"""The next step that a gap or a reading offers to this reader: an address and its words."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.coverage import MatrixFlag, MatrixReading
from spaces.models import Space
from spaces.permissions import Action, may
from valuecreation.forms.stories import HAPPENED

LOOK_AT_THE_FIGURES = _("Look at the figures")
DERIVE_ONE = _("Derive one")
GO_AND_ASK = _("Go and ask")
WRITE_ONE_DOWN = _("Write one down")
ASK_AT_ANOTHER_SITE = _("Ask at another site")
ASK_WHAT_DID_NOT_WORK = _("Ask what did not work")
READ_THEM = _("Read them")
READ_WHAT_IS_ALONE = _("Read what was told on its own")
ASK_WHAT_HAPPENED = _("Ask what happened")
SAY_WHAT_WE_MAKE_OF_IT = _("Say what we make of it")
LOOK_AT_IT_AGAIN = _("Look at it again")
TO_THE_FRAMING = _("To the framing")
BEGIN_ONE = _("Begin one")


class NextStep(NamedTuple):
    """Where to go and what it is called (translated when it is shown)."""

    href: str
    words: Promise | str


@dataclass(frozen=True)
class MatrixPlace:
    """What a step is about: a cycle, one of its hopes, a season; or nothing in particular."""

    cycle: str = ""
    aspiration: int | None = None
    season: str = ""


class NextSteps:
    """The steps one person may take in a space."""

    def __init__(self, space: Space, person):
        self.space = space
        self.known: dict[str, str] = {}
        self.derives = may(person, Action.DEFINE_INDICATOR, space)
        self.collects = may(person, Action.COLLECT_STORY, space)
        self.asks = may(person, Action.ASK_WHAT_HAPPENED, space)
        self.claims = may(person, Action.CLAIM_CONTRIBUTION, space)
        self.frames = may(person, Action.DRAFT_FRAMING, space)

    def offered(
        self, what: MatrixFlag | MatrixReading, place: MatrixPlace, indicator: str = ""
    ) -> NextStep | None:
        """The step that goes with a flag or a reading, if the person may take it."""
        if what in FIGURES:
            return NextStep(self.indicator(indicator), LOOK_AT_THE_FIGURES)
        return OFFERS[what](self, place) if what in OFFERS else None

    def derive(self, place: MatrixPlace) -> NextStep | None:
        """An indicator from the cycle's hope, or for the cycle."""
        given = {"aspiration": place.aspiration} if place.aspiration else {"cycle": place.cycle}
        href = self.to("evaluation:derive", **{k: v for k, v in given.items() if v})
        return NextStep(href, DERIVE_ONE) if self.derives else None

    def ask(self, place: MatrixPlace) -> NextStep | None:
        """Ask those who have not been heard from; who may not ask may write a story down."""
        if not self.asks:
            return self._tell(WRITE_ONE_DOWN, place)
        href = reverse("valuecreation:flow_list", args=[self.space.slug, "quiet"])
        return NextStep(href, GO_AND_ASK)

    def ask_elsewhere(self, place: MatrixPlace) -> NextStep | None:
        return self._tell(ASK_AT_ANOTHER_SITE, place)

    def ask_what_failed(self, place: MatrixPlace) -> NextStep | None:
        return self._tell(ASK_WHAT_DID_NOT_WORK, place)

    def _tell(self, words: Promise | str, place: MatrixPlace) -> NextStep | None:
        given = {"cycle": place.cycle} if place.cycle else {}
        href = self.to("valuecreation:tell_story", **given)
        return NextStep(href, words) if self.collects else None

    def indicator(self, ref: str) -> str:
        """The address of an indicator's page."""
        return f"{self.to('evaluation:indicators')}{quote(ref, safe='')}/"

    def read(self, place: MatrixPlace) -> NextStep:
        """The stories in which something of the cycle happened, as they were counted."""
        given = {"cycle": place.cycle, "counted": HAPPENED, "happened_in": place.season}
        href = self.to("valuecreation:story_list", **{k: v for k, v in given.items() if v})
        return NextStep(href, READ_THEM)

    def read_alone(self, place: MatrixPlace) -> NextStep:
        """The moments of the cycle that stand in no story, as they were counted."""
        given = {"cycle": place.cycle, "season": place.season}
        href = self.to("valuecreation:moments_alone", **{k: v for k, v in given.items() if v})
        return NextStep(href, READ_WHAT_IS_ALONE)

    def aspirations(self, place: MatrixPlace) -> NextStep:
        """The hopes whose day has passed, as they were counted."""
        href = reverse("valuecreation:flow_list", args=[self.space.slug, "hopes"])
        given = {"cycle": place.cycle, "season": place.season}
        narrowed = urlencode({k: v for k, v in given.items() if v})
        return NextStep(f"{href}?{narrowed}" if narrowed else href, ASK_WHAT_HAPPENED)

    def claim(self, place: MatrixPlace) -> NextStep | None:
        """What we make of it."""
        if not (self.claims and place.aspiration):
            return None
        href = self.to("evaluation:write_claim", aspiration=place.aspiration)
        return NextStep(href, SAY_WHAT_WE_MAKE_OF_IT)

    def frame(self, place: MatrixPlace) -> NextStep:
        """The framing, to be agreed or looked at again."""
        words = LOOK_AT_IT_AGAIN if self.frames else TO_THE_FRAMING
        return NextStep(self.to("framing:framing"), words)

    def first_framing(self, place: MatrixPlace) -> NextStep:
        """The framing, to be begun."""
        words = BEGIN_ONE if self.frames else TO_THE_FRAMING
        return NextStep(self.to("framing:framing"), words)

    def to(self, name: str, **given) -> str:
        """The address of a page of the space."""
        href = self.known.get(name) or reverse(name, args=[self.space.slug])
        self.known[name] = href
        return f"{href}?{urlencode(given)}" if given else href


FIGURES = frozenset({MatrixFlag.STALE, MatrixFlag.BELOW, MatrixReading.LOCAL, MatrixReading.HARM})
OFFERS = {
    MatrixFlag.NO_DATA: NextSteps.derive,
    MatrixFlag.INDICATOR_NO_STORY: NextSteps.ask,
    MatrixFlag.STORY_NO_INDICATOR: NextSteps.derive,
    MatrixFlag.FEW_STORIES: NextSteps.ask,
    MatrixFlag.ONE_SITE: NextSteps.ask_elsewhere,
    MatrixFlag.HOPES_WAITING: NextSteps.aspirations,
    MatrixFlag.OLD_FRAMING: NextSteps.frame,
    MatrixFlag.NO_FRAMING: NextSteps.first_framing,
    MatrixFlag.NO_HARM_INDICATOR: NextSteps.derive,
    MatrixFlag.SUSPICIOUS: NextSteps.ask_what_failed,
    MatrixReading.CONTRIBUTION: NextSteps.claim,
    MatrixReading.UNEXPLAINED: NextSteps.ask,
    MatrixReading.EMERGENT: NextSteps.derive,
    MatrixReading.CONDITIONS: NextSteps.read,
}
