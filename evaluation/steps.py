"""The next step that a gap or a reading offers to this reader: an address and its words."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evaluation.coverage import Flag, Reading
from spaces.models import Space
from spaces.permissions import Action, may

LOOK_AT_THE_FIGURES = _("Look at the figures")
DERIVE_ONE = _("Derive one")
GO_AND_ASK = _("Go and ask")
ASK_AT_ANOTHER_SITE = _("Ask at another site")
ASK_WHAT_DID_NOT_WORK = _("Ask what did not work")
READ_THEM = _("Read them")
ASK_WHAT_HAPPENED = _("Ask what happened")
SAY_WHAT_WE_MAKE_OF_IT = _("Say what we make of it")
LOOK_AT_IT_AGAIN = _("Look at it again")
TO_THE_FRAMING = _("To the framing")
BEGIN_ONE = _("Begin one")


class Step(NamedTuple):
    """Where to go and what it is called (translated when it is shown)."""

    href: str
    words: Promise | str


@dataclass(frozen=True)
class Place:
    """What a step is about: a cycle and one of its hopes; or nothing in particular."""

    cycle: str = ""
    hope: int | None = None


class Steps:
    """The steps one person may take in a space."""

    def __init__(self, space: Space, person):
        self.space = space
        self.known: dict[str, str] = {}
        self.derives = may(person, Action.DEFINE_INDICATOR, space)
        self.collects = may(person, Action.COLLECT_STORY, space)
        self.claims = may(person, Action.CLAIM_CONTRIBUTION, space)
        self.frames = may(person, Action.DRAFT_FRAMING, space)

    def offered(self, what: Flag | Reading, place: Place, indicator: str = "") -> Step | None:
        """The step that goes with a flag or a reading, if the person may take it."""
        if what in FIGURES:
            return Step(self.indicator(indicator), LOOK_AT_THE_FIGURES)
        return OFFERS[what](self, place) if what in OFFERS else None

    def derive(self, place: Place) -> Step | None:
        """An indicator from the cycle's hope, or for the cycle."""
        given = {"aspiration": place.hope} if place.hope else {"cycle": place.cycle}
        href = self.to("evaluation:derive", **{k: v for k, v in given.items() if v})
        return Step(href, DERIVE_ONE) if self.derives else None

    def ask(self, place: Place) -> Step | None:
        """A story of the cycle, told or written down for somebody."""
        return self._tell(GO_AND_ASK, place)

    def ask_elsewhere(self, place: Place) -> Step | None:
        return self._tell(ASK_AT_ANOTHER_SITE, place)

    def ask_what_failed(self, place: Place) -> Step | None:
        return self._tell(ASK_WHAT_DID_NOT_WORK, place)

    def _tell(self, words: Promise | str, place: Place) -> Step | None:
        given = {"cycle": place.cycle} if place.cycle else {}
        href = self.to("valuecreation:tell_story", **given)
        return Step(href, words) if self.collects else None

    def indicator(self, ref: str) -> str:
        """The address of an indicator's page."""
        return f"{self.to('evaluation:indicators')}{quote(ref, safe='')}/"

    def read(self, place: Place) -> Step:
        """The stories of the cycle."""
        return Step(self.to("valuecreation:story_list", cycle=place.cycle), READ_THEM)

    def hopes(self, place: Place) -> Step:
        """The hopes whose day has passed."""
        href = reverse("valuecreation:flow_list", args=[self.space.slug, "hopes"])
        return Step(href, ASK_WHAT_HAPPENED)

    def claim(self, place: Place) -> Step | None:
        """What we make of it."""
        if not (self.claims and place.hope):
            return None
        href = self.to("evaluation:write_claim", aspiration=place.hope)
        return Step(href, SAY_WHAT_WE_MAKE_OF_IT)

    def frame(self, place: Place) -> Step:
        """The framing, to be agreed or looked at again."""
        words = LOOK_AT_IT_AGAIN if self.frames else TO_THE_FRAMING
        return Step(self.to("framing:framing"), words)

    def first_framing(self, place: Place) -> Step:
        """The framing, to be begun."""
        words = BEGIN_ONE if self.frames else TO_THE_FRAMING
        return Step(self.to("framing:framing"), words)

    def to(self, name: str, **given) -> str:
        """The address of a page of the space."""
        href = self.known.get(name) or reverse(name, args=[self.space.slug])
        self.known[name] = href
        return f"{href}?{urlencode(given)}" if given else href


FIGURES = frozenset({Flag.STALE, Flag.BELOW, Reading.LOCAL, Reading.HARM})
OFFERS = {
    Flag.NO_DATA: Steps.derive,
    Flag.INDICATOR_NO_STORY: Steps.ask,
    Flag.STORY_NO_INDICATOR: Steps.derive,
    Flag.FEW_STORIES: Steps.ask,
    Flag.ONE_SITE: Steps.ask_elsewhere,
    Flag.HOPES_WAITING: Steps.hopes,
    Flag.OLD_FRAMING: Steps.frame,
    Flag.NO_FRAMING: Steps.first_framing,
    Flag.NO_HARM_INDICATOR: Steps.derive,
    Flag.SUSPICIOUS: Steps.ask_what_failed,
    Reading.CONTRIBUTION: Steps.claim,
    Reading.UNEXPLAINED: Steps.ask,
    Reading.EMERGENT: Steps.derive,
    Reading.CONDITIONS: Steps.read,
}
