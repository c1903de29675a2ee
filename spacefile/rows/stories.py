"""Stories: who tells them, and their moments with who took them up and what they speak to."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from evaluation.models import Coding, Indicator, MomentIndicator
from framing.models import FramingVersion
from spacefile.columns import Columns, Links, grouped, in_bulk, line, spelled_in, text
from spacefile.plain import EXTRA
from spacefile.records import to_plain
from spacefile.rows.consents import consents_of, state_of, store_consents
from spacefile.rows.statements import statement_records, statements_of, store_statements
from spacefile.schema import SpaceFile, StepRecord, StoryRecord, ThirdPartyRecord
from spaces.models import Membership
from valuecreation.cycles import MomentStatus, Precision
from valuecreation.models import (
    Consent,
    Moment,
    Statement,
    Story,
    StoryState,
    StoryStep,
    Uptake,
    UptakeKind,
)
from valuecreation.wording import settle_days

STORY = Columns(
    StoryRecord,
    Story,
    id="ref",
    framing_version="framing_number",
    apart=["consent", "consents", "third_parties", "statements", "steps"],
)
STEP = Columns(
    StepRecord,
    Moment,
    date_precision="precision",
    due="due_on",
    loc="location",
    apart=[
        "n",
        "id",
        "date",
        "date_until",
        "agent",
        "for_whom",
        "engaged_by",
        "indicators",
        "analyst_cycle",
    ],
)
AT_A_TIME = 1000  # stories or flows whose rows are in memory together


def parts_of(entries: tuple) -> Iterator[tuple]:
    """A long list in parts, so that its rows need not all be in memory."""
    for start in range(0, len(entries), AT_A_TIME):
        yield entries[start : start + AT_A_TIME]


def store_stories(links: Links, document: SpaceFile) -> None:
    """Stories with their moments, then what their tellers said about them, part by part."""
    for part in parts_of(document.stories):
        told = list(zip(in_bulk(story_row(links, entry) for entry in part), part, strict=True))
        store_moments(links, told)
        store_consents(links, told)
        store_statements(links, told)
    newest = Consent.objects.filter(story=OuterRef("pk")).order_by("-given_on", "-pk")
    stories = Story.objects.in_space(links.space)
    stories.update(consent=Subquery(newest.values("pk")[:1]))
    stories.list_anew()


def story_row(links: Links, entry: StoryRecord) -> Story:
    """The story itself, in the state its acts of consent have brought it to."""
    state, withdrawn_on = state_of(entry, links.space.today)
    others = entry.third_parties or None
    if isinstance(others, tuple):
        others = [said | days_in(said) for said in map(to_plain, others)]
    return STORY.to_row(
        links,
        entry,
        spelled={"listed": True} if len(entry.consents) == 1 else {},
        listed_on=entry.told_on,
        language=links.space.language,
        state=state,
        third_parties=others,
        withdrawn_on=withdrawn_on,
    )


def days_in(said: dict) -> dict:
    """The day on which a third party agreed, as JSON keeps it."""
    return {"agreed_on": str(said["agreed_on"])} if "agreed_on" in said else {}


def store_moments(links: Links, told: list[tuple[Story, StoryRecord]]) -> None:
    """Every step as a moment in its place, with who took it up and what it speaks to."""
    steps = [(story, entry, step) for story, entry in told for step in entry.steps]
    rows = in_bulk(moment_row(links, *each) for each in steps)
    links[Moment] |= {row.ref: row.pk for row in rows}
    placed = [(row, story, step) for row, (story, _e, step) in zip(rows, steps, strict=True)]
    in_bulk(StoryStep(story=story, moment=row, order=step.n) for row, story, step in placed)
    in_bulk(
        Uptake(moment=row, kind=UptakeKind.WORDS, label=said)
        for row, _story, step in placed
        for said in step.engaged_by
    )
    in_bulk(
        Coding(moment=row, cycle=step.analyst_cycle)
        for row, _story, step in placed
        if step.analyst_cycle
    )
    in_bulk(
        MomentIndicator(moment=row, indicator_id=links[Indicator][ref])
        for row, _story, step in placed
        for ref in step.indicators
    )


def moment_row(links: Links, story: Story, entry: StoryRecord, step: StepRecord) -> Moment:
    """One step as a moment; who did it, and for whom, are people or words."""
    agent, whom = (links[Membership].get(said) for said in (step.agent, step.for_whom))
    row = STEP.to_row(
        links,
        step,
        spelled={"id": True} if step.id == f"{entry.id}.{step.n}" else {},
        ref=step.name_in(entry),
        occurred_on=step.date,
        occurred_until=step.date_until,
        told_on=entry.told_on,
        agent_id=agent,
        agent_word="" if agent else step.agent,
        for_whom_id=whom,
        for_word="" if whom else step.for_whom,
        recorded_by_id=story.collector_id or story.teller_id,
    )
    if row.status == MomentStatus.ACTUAL:
        settle_days(row)
    return row


# --- back to records -----------------------------------------------------------------------


@dataclass
class StoryRows:
    """The rows of some stories: steps and acts by story, uptakes and indicators by moment."""

    stories: list[Story]
    steps: dict[int, list[StoryStep]] = field(default_factory=dict)
    acts: dict[int, list[Consent]] = field(default_factory=dict)
    named: dict[int, list[str]] = field(default_factory=dict)
    statements: dict[int, list[Statement]] = field(default_factory=dict)
    uptakes: dict[int, list[str]] = field(default_factory=dict)
    indicators: dict[int, list[str]] = field(default_factory=dict)
    readings: dict[int, str] = field(default_factory=dict)


def load(links: Links, stories, *, strictly: bool) -> StoryRows:
    """The stories asked for with their moments, in the order of telling.

    A moment that stands in several stories is written in the first of them; `strictly`, only if
    all of them were asked for.
    """
    space, asked_for = links.space, stories.order_by()
    told = stories.in_listed_order() if strictly else stories.in_file_order()
    rows = StoryRows(list(told.select_related("consent")))
    written = {row.pk for row in rows.stories}
    hidden = moments_told_elsewhere(space, written) if strictly else set()
    places = StoryStep.objects.filter(story__in=asked_for).select_related("moment")
    first = ("story__listed_on", "story__public_id") if strictly else ("story",)
    for step in places.order_by(*first, "order"):
        if step.moment_id not in links[Moment] and step.moment_id not in hidden:
            links[Moment][step.moment_id] = step.moment.ref
            rows.steps.setdefault(step.story_id, []).append(step)
    acts = Consent.objects.filter(story__in=asked_for).order_by("given_on", "pk")
    rows.acts = grouped((act.story_id, act) for act in acts)
    pairs = Consent.named_people.through.objects.filter(consent__story__space=space)
    pairs = pairs.order_by("pk").values_list("consent", "membership")
    rows.named = grouped((consent, links[Membership][person]) for consent, person in pairs)
    rows.statements = statements_of(asked_for)
    words = Uptake.objects.filter(moment__space=space).exclude(kind=UptakeKind.FRAMING_VERSION)
    rows.uptakes = grouped(words.order_by("pk").values_list("moment", "label"))
    pairs = MomentIndicator.objects.filter(moment__space=space).order_by("pk")
    pairs = pairs.values_list("moment", "indicator")
    codings = Coding.objects.in_space(space).current().order_by("read_at", "pk")
    rows.readings = dict(codings.values_list("moment", "cycle"))  # the newest
    rows.indicators = grouped((moment, links[Indicator][ref]) for moment, ref in pairs)
    return rows


def moments_told_elsewhere(space, written: set[int]) -> set[int]:
    """Moments that stand in a story that was not asked for, too."""
    pairs = StoryStep.objects.filter(story__space=space).values_list("moment", "story")
    return {moment for moment, story in pairs if story not in written}


def story_record(links: Links, rows: StoryRows, row: Story) -> StoryRecord:
    """One story; of one that was withdrawn no word is left, only that there was one, and when."""
    steps = tuple(step_record(links, rows, row, step) for step in rows.steps.get(row.pk, ()))
    days = (day for step in steps for day in (step.date, step.date_until))
    later = [day for day in days if day and day > row.told_on]
    wordless = {
        "title": _("A withdrawn story"),
        "other_factors": "",
        "did_not_work": "",
        "third_parties": "",
        "statements": (),
        "extras": {},
    }
    said = {
        "followed_up_on": max(filter(None, (row.followed_up_on, *later)), default=None),
        "third_parties": third_parties(row),
        "statements": statement_records(links, row, rows.statements.get(row.pk, ())),
        "steps": steps,
        **consents_of(links, row, rows.acts.get(row.pk, ()), rows.named),
    }
    if row.framing_number not in links[FramingVersion].values():
        said["framing_version"] = None
    if row.state == StoryState.WITHDRAWN:
        said |= wordless
    return STORY.to_record(links, row, **said)


def third_parties(row: Story):
    """Who else is in it: words, or who agreed to be named where."""
    if not isinstance(row.third_parties, list):
        return text(row.third_parties or "")
    return tuple(
        ThirdPartyRecord(
            person=said.get("person"),
            agreed_on=dt.date.fromisoformat(said["agreed_on"]) if said.get("agreed_on") else None,
            steps=tuple(said.get("steps", ())),
            extras={name: value for name, value in said.items() if name.startswith(EXTRA)},
        )
        for said in row.third_parties
    )


def step_record(links: Links, rows: StoryRows, story: Story, place: StoryStep) -> StepRecord:
    """One moment in its place; a name of its own only where its number does not give it."""
    row, people = place.moment, links[Membership]
    own = row.ref != f"{story.ref}.{place.order}" or spelled_in(row).get("id")
    words = tuple(text(said) for said in rows.uptakes.get(row.pk, ()) if said.strip())
    said = {
        "n": place.order,
        **days_of(row, story),
        "id": row.ref if own else None,
        "agent": people.get(row.agent_id) or line(row.agent_word) or "group",
        "for_whom": people.get(row.for_whom_id) or line(row.for_word) or "group",
        "engaged_by": words,
        "analyst_cycle": rows.readings.get(row.pk),
        "indicators": tuple(rows.indicators.get(row.pk, ())),
    }
    if story.state == StoryState.WITHDRAWN:
        said |= {"engaged_by": taken_up(len(words)), "text": "", "extras": {}}
    return STEP.to_record(links, row, **said)


def days_of(row: Moment, story: Story) -> dict:
    """When it happened; what follows from the day its story was told goes without saying."""
    day, until = row.occurred_on, row.occurred_until
    if row.precision == Precision.UNKNOWN and day == story.told_on:
        day = None
    if row.precision == Precision.AFTER and day and until == max(story.told_on, day):
        until = None
    return {"date": day, "date_until": until}


def taken_up(times: int) -> tuple[str, ...]:
    """That somebody took it up, without their words."""
    return (_("Somebody took it up; in which words stays in the space."),) * times
