"""What a framing version says, put together for a page: cycle by cycle, whose hope beside whose.

A sponsor's hopes stand in a column of their own and are never merged with the members'.
"""

from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from framing.changes import FramingContent, Statement
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
from valuecreation.cycles import FRAMING_PROMPTS, Cycle


@dataclass(frozen=True)
class AspirationShown:
    """An aspiration with what is said about it."""

    aspiration: Aspiration | None
    assumptions: list[Assumption] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    signs: list[SignToWatch] = field(default_factory=list)

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
class Contents:
    """Everything one reader may read of a version."""

    version: FramingVersion
    uncertainties: list[Uncertainty]
    rows: list[CycleRow]
    loose: AspirationShown
    causes: list[Reframing]
    dropped: list[Aspiration]

    @classmethod
    def build(cls, version: FramingVersion, *, reader) -> "Contents":
        """Only what `reader` may read goes in."""
        aspirations = Aspiration.objects.for_user(reader).in_version(version).with_people()
        assumptions = Assumption.objects.for_user(reader).in_version(version)
        risks = Risk.objects.for_user(reader).in_version(version).select_related("owner")
        signs = SignToWatch.objects.for_user(reader).in_version(version)
        causes = Reframing.objects.for_reader(version.space, reader).of_version(version)
        about = {aspiration.pk: AspirationShown(aspiration) for aspiration in aspirations}
        loose = AspirationShown(None)
        for name, parts in (("assumptions", assumptions), ("risks", risks), ("signs", signs)):
            for part in parts:
                getattr(about.get(part.aspiration_id, loose), name).append(part)
        return cls(
            version=version,
            uncertainties=list(Uncertainty.objects.for_user(reader).in_version(version)),
            rows=[_row(cycle, list(about.values())) for cycle in Cycle],
            loose=loose,
            causes=list(causes.with_moments()),
            dropped=list(Aspiration.objects.for_user(reader).dropped_by(version)),
        )

    @property
    def filled_rows(self) -> list[CycleRow]:
        return [row for row in self.rows if not row.is_empty]

    @property
    def has_sponsor(self) -> bool:
        return any(row.sponsor for row in self.rows)

    @property
    def proved_false(self) -> list[Assumption]:
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


def frame_of(version: FramingVersion, *, reader) -> FramingContent:
    """A version as plain values, to be compared with another."""
    aspirations = Aspiration.objects.for_user(reader).in_version(version)
    unsure = Uncertainty.objects.for_user(reader).in_version(version)
    return FramingContent(
        difference=version.difference,
        uncertainties={row.key: row.text for row in unsure},
        aspirations={row.key: Statement(row.cycle, row.whose, row.text) for row in aspirations},
    )
