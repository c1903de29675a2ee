"""How analysts read moments, as one viewer may know it; the teller's word counts in every total."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from evaluation.models import Coding
from spaces.presentation.days import day_text
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import Cycle
from valuecreation.models import Moment


@dataclass(frozen=True, kw_only=True)
class PresentedCoding:
    """One analyst's reading: as which cycle, by whom, since when."""

    moment: str  # its public id
    cycle: str
    by: str = ""  # empty where it came with a space file
    read_on: str = ""
    mine: bool = False
    ended: bool = False

    @property
    def heading(self) -> str:
        """The name of the cycle."""
        return str(Cycle(self.cycle).label)


def present_coding(viewer: Viewer, row: Coding) -> PresentedCoding:
    """A reading of a moment that the viewer may read, with the analyst as they may know them."""
    return PresentedCoding(
        moment=row.moment.public_id,
        cycle=row.cycle,
        by=viewer.member(row.by).label,
        read_on=day_text(timezone.localdate(row.read_at)) if row.by_id else "",
        mine=row.by is not None and viewer.is_person(row.by),
        ended=row.ended_at is not None,
    )


def present_codings(viewer: Viewer, moments: Iterable[Moment | int]) -> list[PresentedCoding]:
    """Every reading of some moments that the viewer may read, the oldest first."""
    rows = Coding.objects.for_reader(viewer.space, viewer.person).of_moments(moments).in_order()
    return [present_coding(viewer, row) for row in rows]
