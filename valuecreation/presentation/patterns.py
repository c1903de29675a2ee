"""The patterns of flows and loops on a page: what each says, how often it is seen, what to do."""

from dataclasses import dataclass

from django.urls import reverse

from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from valuecreation.loops.patterns import BY_CODE, PATTERNS, Pattern
from valuecreation.presentation.list_rows import ListPresenter, ListRow
from valuecreation.presentation.lists import (
    MANY,
    AudienceScope,
    FlowList,
    FoundRow,
    ListPage,
    list_page,
)
from valuecreation.presentation.moments import MomentOnPage


@dataclass(frozen=True)
class PatternOnPage:
    """A pattern with how often it is seen, where, and where its button leads.

    There is no button where it would be refused, or where nothing is to be seen.
    """

    pattern: Pattern
    seen: int
    places: str
    href: str

    @property
    def name(self):
        return self.pattern.name


def patterns_on_page(seen: AudienceScope, viewer: Viewer) -> list[PatternOnPage]:
    """All sixteen, in their own order; two queries."""
    counts = counted_patterns(seen)
    return [_on_page(pattern, counts[pattern.code], seen, viewer) for pattern in PATTERNS]


def counted_patterns(seen: AudienceScope) -> dict[str, int]:
    """How often an audience sees each pattern on a day."""
    kept, quiet = seen.patterns.counts(), seen.quiet_by_cycle()
    return {
        pattern.code: kept.get(pattern.code, 0) + quiet.get(pattern.quiet, 0)
        for pattern in PATTERNS
    }


def _on_page(pattern: Pattern, number: int, seen: AudienceScope, viewer: Viewer) -> PatternOnPage:
    slug = seen.space.slug
    places = reverse("valuecreation:pattern", args=[slug, pattern.code]) if number else ""
    href = way_to(pattern, slug, places)
    allowed = viewer.inside and may(viewer.person, Action(pattern.needs), seen.space)
    return PatternOnPage(pattern, number, places, href if allowed else "")


def way_to(pattern: Pattern, slug: str, places: str) -> str:
    """Where the button of a pattern leads."""
    if pattern.way == "list":
        return places
    if pattern.way in FlowList.values:
        return reverse("valuecreation:flow_list", args=[slug, pattern.way])
    return reverse(pattern.way, args=[slug])


@dataclass(frozen=True)
class PatternPage:
    """Where one pattern is seen, page by page; `which` says what can be done with a line."""

    pattern: Pattern
    lines: list[ListRow]
    older: str
    which: str = "pattern"
    empty: str = ""


class PatternPresenter(ListPresenter):
    """Presents the places of a pattern; of what fell quiet also since when."""

    def remarks(self, which: str, row: FoundRow, second: MomentOnPage | None) -> list[str]:
        return super().remarks(which, row, second) if row.known else []


def pattern_page(seen: AudienceScope, viewer: Viewer, code: str, after: str) -> PatternPage:
    """A page of the places where a pattern is seen, the latest first."""
    pattern = BY_CODE[code]
    if not pattern.quiet:
        rows, older = _kept(seen, code, after)
    else:
        page = list_page(narrowed_to(seen, pattern.quiet), FlowList.QUIET, size=MANY, after=after)
        asked = [] if after else _kept(seen, code, "")[0]
        rows, older = [*asked, *page.found], page.older
    which = FlowList.QUIET.value if pattern.quiet else "pattern"
    listing = ListPage(which, rows, older)
    return PatternPage(
        pattern, PatternPresenter(viewer, seen, [listing]).lines(listing), older, which=which
    )


def narrowed_to(seen: AudienceScope, cycle: str) -> AudienceScope:
    """The same of one cycle."""
    return AudienceScope(seen.space, seen.audience, seen.on, cycle=cycle)


def _kept(seen: AudienceScope, code: str, after: str) -> tuple[list[FoundRow], str]:
    rows = seen.patterns.of_pattern(code)
    shown_last = rows.place_of(after) if after else None
    found = list(rows.newest_first(shown_last).with_both_moments()[: MANY + 1])
    lines = [FoundRow(row.moment.public_id, row.origin, _other(row), {}) for row in found[:MANY]]
    return lines, found[MANY - 1].moment.public_id if len(found) > MANY else ""


def _other(row):
    return None if row.moment_id == row.origin_id else row.moment
