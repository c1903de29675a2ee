"""A space file for one audience: only what its members may see, with nobody's name let slip."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

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
    StatementRecord,
    StepRecord,
    StoryRecord,
)
from spacefile.shown_people import ShownPeople
from spaces.presentation.viewer import Viewer
from valuecreation.cycles import FINER_THAN_QUARTER, USUAL_PLACE, Precision
from valuecreation.loops.veiling import PLACED
from valuecreation.models import StatementReach, Story, StoryStep
from valuecreation.presentation.names import PSEUDONYM_KEY, is_nameless
from valuecreation.presentation.terms import Place, Terms

SOMEBODY = _("somebody outside the space")
# What is not said of a nameless teller's flow: who asked and when, what stands in the way, a note.
UNSAID = {"confirmed": None, "reason": None, "asked_on": None, "asked_by": None, "note": ""}


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
        self.places = self.places_of_moments()
        self.rough = {
            name for name, places in self.places.items() if Terms(self.viewer, places).nameless
        }

    def file(self) -> SpaceFile:
        """The whole file; people come last, because only now it is known who appears in it."""
        document, inside = self.document, self.viewer.inside
        stories = tuple(self.story(entry) for entry in sorted(document.stories, key=self.place_of))
        flows = tuple(self.flow(entry) for entry in self.flows_of(stories))
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

    def place_of(self, entry: StoryRecord) -> tuple:
        """Where a story stands: nothing tells when a nameless one came among those of its day."""
        row = self.rows[entry.id]
        nameless = is_nameless(row.consent)
        return row.listed_on, not nameless, row.public_id if nameless else ""

    def places_of_moments(self) -> dict[str, list[Place]]:
        """The stories that each moment of the file stands in, the one it is written in first."""
        found: dict[str, list[Place]] = {}
        for row in self.fetched.stories:
            for step in self.fetched.steps.get(row.pk, ()):
                found[step.moment.ref] = [(row, step)]
        shared = StoryStep.objects.in_stories(self.fetched.stories).select_related("moment")
        rows = {row.pk: row for row in self.fetched.stories}
        for step in shared:
            places = found.get(step.moment.ref)
            if places and step.story_id != places[0][0].pk:
                places.append((rows[step.story_id], step))
        return found

    def flows_of(self, stories: Iterable[StoryRecord]) -> list[FlowRecord]:
        """The flows that may be followed; in the order of telling, unless a teller is nameless."""
        followed = [entry for entry in self.document.flows if not self.leads_away(entry)]
        if not self.rough:
            return followed
        names = (step.name_in(story) for story in stories for step in story.steps)
        place = {name: number for number, name in enumerate(names)}
        return sorted(followed, key=lambda entry: place[entry.source])

    def leads_away(self, entry: FlowRecord) -> bool:
        """True for a flow from a nameless teller's story to somewhere else, or back."""
        source, target = (self.nameless_at(name) for name in (entry.source, entry.target))
        return source != target

    def nameless_at(self, name: str | None) -> set[int]:
        """The nameless stories that what stands at an end of a flow is told in."""
        places = self.places.get(name or "", ())
        return {row.pk for row, _step in places if is_nameless(row.consent)}

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
            consent=self.consent(entry.acts[-1], terms),
            consents=(),
            other_factors="" if row.other_factors_private else terms.words(entry.other_factors),
            did_not_work=terms.words(entry.did_not_work),
            third_parties=entry.third_parties if whole else "",
            statements=self.statements(entry, terms),
            steps=tuple(self.step(step, row, entry) for step in entry.steps),
            extras=entry.extras if whole else {},
        )

    def statements(self, entry: StoryRecord, terms: Terms) -> tuple[StatementRecord, ...]:
        """What others say, as far as each of them lets it go; nothing beside a nameless teller."""
        if terms.nameless:
            return ()
        inside = self.viewer.inside
        here = {StatementReach.STORY, *([StatementReach.SPACE] if inside else [])}
        return tuple(
            replace(
                said,
                by=said.by and self.people.called(said.by, Terms(self.viewer, ())),
                name=said.name if inside and said.named else "",
                label=self.viewer.typed(said.label) or ("" if said.by else str(SOMEBODY)),
                words=terms.words(said.words),
            )
            for said in entry.statements
            if said.reach in here
        )

    def consent(self, act: ConsentRecord, terms: Terms) -> ConsentRecord:
        """To whom and for what, until when; not who gave it when, nor any note.

        Of a nameless teller's consent the end would tell the day on which it was given: it ends
        with the quarter before, though not before the day of the file.
        """
        ends = act.expires_on
        if ends and terms.nameless:
            ends = max(first_day(ends, "quarter") - dt.timedelta(days=1), min(ends, self.as_of))
        named = tuple(code for code in act.audience if code != "named_people")
        pseudonym = act.extras.get(PSEUDONYM_KEY)
        return ConsentRecord(
            audience=named or (NOBODY_ELSE,),
            attribution=act.attribution,
            uses=act.uses,
            expires_on=ends,
            withdrawn_on=act.withdrawn_on,
            extras={PSEUDONYM_KEY: pseudonym} if pseudonym else {},
        )

    def step(self, entry: StepRecord, row: Story, story: StoryRecord) -> StepRecord:
        """A moment with its people as they may appear, dated as exactly as may be told."""
        name = entry.name_in(story)
        terms = Terms(self.viewer, self.places[name])
        inside = self.viewer.inside
        return replace(
            entry,
            agent=self.people.called(entry.agent, terms),
            for_whom=self.people.called(entry.for_whom, terms),
            loc=str(USUAL_PLACE[entry.cycle]) if terms.nameless else entry.loc,
            other_space=None if terms.nameless else entry.other_space,
            engaged_by=(
                tuple(terms.words(said) for said in entry.engaged_by)
                if inside and not terms.nameless
                else taken_up(len(entry.engaged_by))
            ),
            text=terms.words(entry.text),
            extras=entry.extras if inside and not terms.nameless else {},
            **(self.quarter_of(entry) if name in self.rough else {}),
        )

    def flow(self, entry: FlowRecord) -> FlowRecord:
        """A flow; outside whoever asked about it appears by practice."""
        if {entry.source, entry.target} & self.rough:
            entry = replace(entry, due=entry.due and quarters_end(entry.due), **UNSAID)
            # where it came from and went is not said; that it led on is
            entry = replace(entry, kind="forward" if entry.kind in PLACED else entry.kind)
        asked_by = entry.asked_by and self.people.called(entry.asked_by, Terms(self.viewer, ()))
        return replace(self.plainly(entry, "note"), asked_by=asked_by)

    # --- dates no finer than a quarter -----------------------------------------------------

    def quarter_of(self, entry: StepRecord) -> dict:
        """The quarter in which a moment lies; a hope is due by its end."""
        changes: dict = {}
        if entry.date and entry.date_precision in FINER_THAN_QUARTER:
            changes = {"date": first_day(entry.date, "quarter"), "date_until": None}
            if entry.date_precision != Precision.AFTER:
                changes["date_precision"] = Precision.QUARTER.value
        if entry.due:
            changes["due"] = quarters_end(entry.due)
        return changes

    def roughly(self, day: dt.date) -> dt.date:
        """The end of the quarter, or the day of the file where that comes first."""
        return min(quarters_end(day), self.as_of)


def quarters_end(day: dt.date) -> dt.date:
    """The last day of the quarter in which a day lies."""
    return last_day(first_day(day, "quarter"), "quarter")
