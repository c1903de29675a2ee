"""The flows behind a number, page by page, with both their moments."""

from dataclasses import dataclass

from spaces.presentation.viewer import Viewer
from valuecreation.presentation.list_rows import ListPresenter, ListRow
from valuecreation.presentation.lists import MANY, AudienceScope, FoundRow, ListPage
from valuecreation.presentation.moments import MomentOnPage


@dataclass(frozen=True)
class WaysPage:
    """Some of the flows counted; `hidden` cannot be followed, `older` leads to the next page."""

    lines: list[ListRow]
    counted: int
    hidden: int
    older: str
    which: str = "ways"
    empty: str = ""


class WaysPresenter(ListPresenter):
    """Presents flows by their moments alone."""

    def remarks(self, which: str, row: FoundRow, second: MomentOnPage | None) -> list[str]:
        return []


def ways_page(seen: AudienceScope, viewer: Viewer, flows, after: str) -> WaysPage:
    """A page of flows, in an order that says nothing of what came first.

    One that would lead to or from what a nameless teller tells is counted, and not shown.
    """
    followed = flows.told_openly(viewer.person)
    counted, open_ones = flows.count(), followed.count()
    rows = list(followed.after_address(after).with_both_moments()[: MANY + 1])
    found = [FoundRow(flow.public_id, flow.source, flow.target, {}) for flow in rows[:MANY]]
    listing = ListPage("ways", found)
    return WaysPage(
        lines=WaysPresenter(viewer, seen, [listing]).lines(listing),
        counted=counted,
        hidden=counted - open_ones,
        older=found[-1].key if len(rows) > MANY else "",
    )
