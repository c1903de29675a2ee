"""A space file for one audience: only what its members may see, with nobody's name let slip."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from evaluation.models import Indicator
from evaluation.series import is_gap
from evaluation.series_rows import shown_row
from learningspaces.lib.dates import first_day, last_day
from spacefile.rows.stories import StoryRows, taken_up
from spacefile.schema import (
    NOBODY_ELSE,
    AspirationRecord,
    ConsentRecord,
    FlowRecord,
    FramingRecord,
    IndicatorRecord,
    OtherSpaceRecord,
    SpaceFile,
    StepRecord,
    StoryRecord,
)
from spacefile.shown_people import ShownPeople
from spaces.presentation.viewer import Viewer
from valuecreation.models import Story
from valuecreation.presentation.names import PSEUDONYM_KEY
from valuecreation.presentation.terms import Terms

SOMEWHERE = "another-space"
ROUGHLY = {"day", "month"}  # dates finer than a quarter


@dataclass
class WithheldFile:
    """What one audience may see of a gathered file."""

    document: SpaceFile
    fetched: StoryRows
    viewer: Viewer
    on: dt.date

    def __post_init__(self):
        space, outside = self.viewer.space, self.document.outside
        roles = {entry.id: entry.role for entry in outside}
        self.people = ShownPeople(self.viewer, roles, space.founded_on)
        signs = Indicator.objects.in_space(space).prefetch_related("observations")
        self.signs = {row.ref: row for row in signs}
        self.as_of = max(self.document.as_of, self.on)
        self.rows = {row.ref: row for row in self.fetched.stories}
        self.places = {
            step.moment.ref: step for steps in self.fetched.steps.values() for step in steps
        }
        self.rough = self.roughly_dated()

    def file(self) -> SpaceFile:
        """The whole file; people come last, because only now it is known who appears in it."""
        document, inside = self.document, self.viewer.inside
        listed = sorted(document.stories, key=lambda entry: self.rows[entry.id].listed_on)
        stories = tuple(self.story(entry) for entry in listed)
        flows = tuple(self.flow(entry) for entry in document.flows)
        people = {
            "participants": (*(document.participants if inside else ()), *self.people.inside),
            "outside": (*(document.outside if inside else ()), *self.people.beside),
        }
        return replace(
            document,
            as_of=self.as_of,
            space=self.plainly(document.space, "purpose", "confidentiality_note", "rhythm"),
            other_spaces=tuple(self.other_spaces(stories)),
            framing=tuple(self.framing(entry) for entry in document.framing),
            indicators=tuple(self.indicator(entry) for entry in document.indicators),
            stories=stories,
            flows=flows,
            extras=document.extras if inside else {},
            **people,
        )

    # --- the space and its framing ---------------------------------------------------------

    def plainly(self, entry, *names: str):
        """Outside, a record with names of people replaced in its words and no keys of its own."""
        if self.viewer.inside:
            return entry
        changes = {name: self.viewer.typed(getattr(entry, name)) for name in names}
        return replace(entry, extras={}, **changes)

    def other_spaces(self, stories: Iterable[StoryRecord]) -> Iterable[OtherSpaceRecord]:
        """Inside all of them, outside those in which something happened, and through nobody."""
        used = {step.other_space for story in stories for step in story.steps}
        for entry in self.document.other_spaces:
            if self.viewer.inside:
                yield entry
            elif entry.slug in used:
                yield replace(entry, link_via=(), extras={})
        if SOMEWHERE in used:
            yield OtherSpaceRecord(slug=SOMEWHERE, name=_("Another space"))

    def framing(self, entry: FramingRecord) -> FramingRecord:
        """Outside without risks, assumptions and their notes."""
        if self.viewer.inside:
            return entry
        said = replace(entry, risks=(), assumptions=())
        return replace(
            self.plainly(said, "event", "difference", "reason"),
            uncertainties=tuple(self.plainly(part, "text") for part in entry.uncertainties),
            aspirations=self.hopes(entry.aspirations),
            aspirations_added=self.hopes(entry.aspirations_added),
        )

    def hopes(self, entries: Iterable[AspirationRecord]) -> tuple[AspirationRecord, ...]:
        return tuple(self.plainly(hope, "text") for hope in entries)

    def indicator(self, entry: IndicatorRecord) -> IndicatorRecord:
        """Without figures about too few people; outside without its steward."""
        entry = self.without_few(entry)
        old = tuple(self.plainly(said, "reason") for said in entry.superseded)
        steward = entry.steward if self.viewer.inside else None
        names = ("name", "unit", "frequency", "source", "note")
        return replace(self.plainly(entry, *names), steward=steward, superseded=old)

    def without_few(self, entry: IndicatorRecord) -> IndicatorRecord:
        """Gaps where a figure stands for fewer people than the space shows."""
        if not entry.counts_people:
            return entry
        row = shown_row(self.signs[entry.id], dt.date.max, self.document.space.min_group_size)
        shown = {point.period for point in row.series if not is_gap(point, row.kind)}
        baseline = row.baseline and not is_gap(row.baseline, row.kind)
        kept = [not is_gap(old.point, row.kind) for old in row.superseded]
        return replace(
            entry,
            mostly_one=(),
            baseline=entry.baseline if baseline else None,
            obs=tuple((when, value if when in shown else None) for when, value in entry.obs),
            superseded=tuple(
                said if seen else replace(said, value=None)
                for said, seen in zip(entry.superseded, kept, strict=True)
            ),
        )

    # --- stories ---------------------------------------------------------------------------

    def story(self, entry: StoryRecord) -> StoryRecord:
        """A story as its teller wished to be told, with the one act of consent that holds."""
        row = self.rows[entry.id]
        terms = Terms(self.viewer, [(row, None)])
        roughly = self.roughly if terms.nameless else lambda day: day
        whole = self.viewer.inside and not terms.nameless
        return replace(
            entry,
            title=terms.words(entry.title)[:200],
            teller=self.people.called(entry.teller, terms),
            collector=entry.collector if whole else None,
            told_on=roughly(entry.told_on),
            followed_up_on=entry.followed_up_on and roughly(entry.followed_up_on),
            consent=self.consent(entry.acts[-1]),
            consents=(),
            other_factors="" if row.other_factors_private else terms.words(entry.other_factors),
            did_not_work=terms.words(entry.did_not_work),
            third_parties=entry.third_parties if whole else "",
            steps=tuple(self.step(step, row, entry) for step in entry.steps),
            extras=entry.extras if whole else {},
        )

    def consent(self, act: ConsentRecord) -> ConsentRecord:
        """To whom and for what, until when; not who gave it when, nor any note."""
        named = tuple(code for code in act.audience if code != "named_people")
        pseudonym = act.extras.get(PSEUDONYM_KEY)
        return ConsentRecord(
            audience=named or (NOBODY_ELSE,),
            attribution=act.attribution,
            uses=act.uses,
            expires_on=act.expires_on,
            withdrawn_on=act.withdrawn_on,
            extras={PSEUDONYM_KEY: pseudonym} if pseudonym else {},
        )

    def step(self, entry: StepRecord, row: Story, story: StoryRecord) -> StepRecord:
        """A moment with its people as they may appear, dated as exactly as may be told."""
        name = entry.name_in(story)
        terms = Terms(self.viewer, [(row, self.places[name])])
        inside = self.viewer.inside
        return replace(
            entry,
            agent=self.people.called(entry.agent, terms),
            for_whom=self.people.called(entry.for_whom, terms),
            other_space=SOMEWHERE if terms.nameless and entry.other_space else entry.other_space,
            engaged_by=(
                tuple(terms.words(said) for said in entry.engaged_by)
                if inside
                else taken_up(len(entry.engaged_by))
            ),
            text=terms.words(entry.text),
            extras=entry.extras if inside and not terms.nameless else {},
            **(self.quarter_of(entry) if name in self.rough else {}),
        )

    def flow(self, entry: FlowRecord) -> FlowRecord:
        """A flow; outside whoever asked about it appears by practice."""
        if {entry.source, entry.target} & self.rough:
            asked_on = entry.asked_on and self.roughly(entry.asked_on)
            entry = replace(entry, due=entry.due and quarters_end(entry.due), asked_on=asked_on)
        asked_by = entry.asked_by and self.people.called(entry.asked_by, Terms(self.viewer, ()))
        return replace(self.plainly(entry, "note"), asked_by=asked_by)

    # --- dates no finer than a quarter -----------------------------------------------------

    def roughly_dated(self) -> set[str]:
        """Moments of nameless stories, and what follows from them within the same quarter.

        What follows must not be dated more exactly, or the file would say that it came first.
        """
        steps = {
            step.name_in(story): step for story in self.document.stories for step in story.steps
        }
        nameless = {
            row.pk for row in self.rows.values() if Terms(self.viewer, [(row, None)]).nameless
        }
        rough = {name for name, place in self.places.items() if place.story_id in nameless}
        onward: dict[str, list[str]] = {}
        for flow in self.document.flows:
            if flow.target in steps:
                onward.setdefault(flow.source, []).append(flow.target)
        waiting = list(rough)
        while waiting:
            source = waiting.pop()
            for name in onward.get(source, ()):
                if name not in rough and same_quarter(steps[source], steps[name]):
                    rough.add(name)
                    waiting.append(name)
        return rough

    def quarter_of(self, entry: StepRecord) -> dict:
        """The quarter in which a moment lies; a hope is due by its end."""
        changes: dict = {}
        if entry.date and entry.date_precision in ROUGHLY:
            changes = {"date": first_day(entry.date, "quarter"), "date_precision": "quarter"}
        if entry.due:
            changes["due"] = quarters_end(entry.due)
        return changes

    def roughly(self, day: dt.date) -> dt.date:
        """The end of the quarter, or the day of the file where that comes first."""
        return min(quarters_end(day), self.as_of)


def quarters_end(day: dt.date) -> dt.date:
    """The last day of the quarter in which a day lies."""
    return last_day(first_day(day, "quarter"), "quarter")


def same_quarter(one: StepRecord, other: StepRecord) -> bool:
    """True if two moments happened in the same quarter."""
    if not (one.date and other.date):
        return False
    return first_day(one.date, "quarter") == first_day(other.date, "quarter")
