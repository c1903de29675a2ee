"""What a framing version says, put together for a page: cycle by cycle, whose hope beside whose.

A sponsor's hopes stand in a column of their own and are never merged with the members'.
"""

from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from framing.changes import FrameStatement, FramingContent
from framing.models import (
    Aspiration,
    Assumption,
    AssumptionState,
    FramingVersion,
    Reframing,
    Risk,
    SignToWatch,
    Uncertainty,
    Whose,
)
from framing.presentation import (
    PresentedAspiration,
    PresentedAssumption,
    PresentedRisk,
    PresentedSign,
    PresentedUncertainty,
    PresentedVersion,
    present_aspiration,
    present_assumption,
    present_risk,
    present_sign,
    present_uncertainty,
    present_version,
)
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import FRAMING_PROMPTS, Cycle
from valuecreation.presentation.moments import MomentOnPage, moment_on_page
from valuecreation.presentation.terms import Terms, places_of


@dataclass(frozen=True)
class AspirationShown:
    """An aspiration with what is said about it."""

    aspiration: PresentedAspiration | None
    assumptions: list[PresentedAssumption] = field(default_factory=list)
    risks: list[PresentedRisk] = field(default_factory=list)
    signs: list[PresentedSign] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return bool(self.assumptions or self.risks or self.signs)

    @property
    def more_words(self) -> str:
        """How much is said about the hope, in a few words."""
        counts = (
            (len(self.assumptions), ngettext_lazy("%d assumption", "%d assumptions")),
            (len(self.risks), ngettext_lazy("%d risk", "%d risks")),
            (len(self.signs), ngettext_lazy("%d sign to watch", "%d signs to watch")),
        )
        said = [str(words % number) for number, words in counts if number]
        return get_text_list(said, _("and"))

    @property
    def is_shaken(self) -> bool:
        """True once something it rests on proved false."""
        return any(assumption.state == AssumptionState.FALSE for assumption in self.assumptions)


@dataclass(frozen=True)
class CycleRow:
    """One cycle: what members, groups and people affected hope, and beside it the sponsor."""

    cycle: Cycle
    prompt: str
    members: list[AspirationShown]
    sponsor: list[AspirationShown]

    @property
    def is_empty(self) -> bool:
        return not (self.members or self.sponsor)


@dataclass(frozen=True)
class Cause:
    """A moment that brought a version about."""

    pk: int
    led_here: bool
    moment: MomentOnPage


@dataclass(frozen=True)
class Contents:
    """Everything one viewer may read of a version."""

    version: PresentedVersion
    uncertainties: list[PresentedUncertainty]
    rows: list[CycleRow]
    loose: AspirationShown
    causes: list[Cause]
    dropped: list[PresentedAspiration]

    @classmethod
    def build(cls, version: FramingVersion, viewer: Viewer) -> "Contents":
        """Only what the viewer may read goes in."""
        reader = viewer.person
        aspirations = Aspiration.objects.for_user(reader).in_version(version).with_people()
        about = {row.pk: AspirationShown(present_aspiration(viewer, row)) for row in aspirations}
        loose = AspirationShown(None)
        for name, model, present in PARTS:
            parts = model.objects.for_user(reader).in_version(version)
            for part in parts.select_related("owner") if model is Risk else parts:
                getattr(about.get(part.aspiration_id, loose), name).append(present(viewer, part))
        unsure = Uncertainty.objects.for_user(reader).in_version(version)
        dropped = Aspiration.objects.for_user(reader).dropped_by(version).with_people()
        return cls(
            version=present_version(viewer, version, with_people=True),
            uncertainties=[present_uncertainty(viewer, row) for row in unsure],
            rows=[_row(cycle, list(about.values())) for cycle in Cycle],
            loose=loose,
            causes=causes_of(version, viewer),
            dropped=[present_aspiration(viewer, row) for row in dropped],
        )

    @property
    def filled_rows(self) -> list[CycleRow]:
        return [row for row in self.rows if not row.is_empty]

    @property
    def has_sponsor(self) -> bool:
        return any(row.sponsor for row in self.rows)

    @property
    def proved_false(self) -> list[PresentedAssumption]:
        everything = [
            aspiration for row in self.rows for aspiration in (*row.members, *row.sponsor)
        ]
        return [
            assumption
            for aspiration in (*everything, self.loose)
            for assumption in aspiration.assumptions
            if assumption.state == AssumptionState.FALSE
        ]


def _row(cycle: Cycle, aspirations: list[AspirationShown]) -> CycleRow:
    here = [
        aspiration
        for aspiration in aspirations
        if aspiration.aspiration and aspiration.aspiration.cycle == cycle
    ]
    return CycleRow(
        cycle=cycle,
        prompt=str(FRAMING_PROMPTS[cycle]),
        members=[aspiration for aspiration in here if aspiration.aspiration.whose != Whose.SPONSOR],
        sponsor=[aspiration for aspiration in here if aspiration.aspiration.whose == Whose.SPONSOR],
    )


PARTS = (
    ("assumptions", Assumption, present_assumption),
    ("risks", Risk, present_risk),
    ("signs", SignToWatch, present_sign),
)


def causes_of(version: FramingVersion, viewer: Viewer) -> list[Cause]:
    """The moments that brought a version about, as far as the viewer may read them.

    Not those of a nameless teller: they happened before the version's day, which would tell more
    than their quarter.
    """
    found = (
        Reframing.objects.for_reader(version.space, viewer.person)
        .of_version(version)
        .with_moments()
    )
    return [
        Cause(row.pk, row.led_here, moment_on_page(viewer, row.moment))
        for row in found
        if not Terms(viewer, places_of(row.moment)).nameless
    ]


def frame_of(version: FramingVersion, viewer: Viewer) -> FramingContent:
    """A version as a viewer may read it, to be compared with another."""
    reader, typed = viewer.person, viewer.typed
    aspirations = Aspiration.objects.for_user(reader).in_version(version)
    unsure = Uncertainty.objects.for_user(reader).in_version(version)
    return FramingContent(
        difference=typed(version.difference),
        uncertainties={row.key: typed(row.text) for row in unsure},
        aspirations={
            row.key: FrameStatement(row.cycle, row.whose, typed(row.text)) for row in aspirations
        },
    )
