"""Stories with their acts of consent and their moments."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from evaluation.models import MomentIndicator
from spacefile.as_written import extras_of, spelled_in
from spacefile.fetching.file_ids import FileIds, grouped, line, text
from spacefile.plain import EXTRA
from spacefile.schema import ConsentRecord, StepRecord, StoryRecord, ThirdPartyRecord
from valuecreation.consent import AUDIENCE_FIELDS, TELLER_COLLECTOR
from valuecreation.models import (
    Attribution,
    Consent,
    Story,
    StoryState,
    StoryStep,
    Uptake,
    UptakeKind,
)

NOBODY_ELSE = (TELLER_COLLECTOR,)


@dataclass
class StoryRows:
    """The rows of some stories: steps and acts by story, uptakes and signs by moment."""

    stories: list[Story]
    steps: dict[int, list[StoryStep]]
    acts: dict[int, list[Consent]]
    named: dict[int, list[str]]
    uptakes: dict[int, list[str]] = field(default_factory=dict)
    signs: dict[int, list[str]] = field(default_factory=dict)


def load(ids: FileIds, stories, *, strictly: bool) -> StoryRows:
    """The stories asked for with their moments, in the order of telling.

    A moment that stands in several stories is written in the first of them; `strictly`, only if
    all of them were asked for.
    """
    rows = list(stories.in_file_order().select_related("consent"))
    ids.stories = {row.pk: row.ref for row in rows}
    hidden = moments_told_elsewhere(ids) if strictly else set()
    places = StoryStep.objects.filter(story__in=stories.order_by()).select_related("moment")
    steps: dict[int, list[StoryStep]] = {}
    for step in places.order_by("story", "order"):
        if step.moment_id not in ids.moments and step.moment_id not in hidden:
            ids.moments[step.moment_id] = step.moment.ref
            steps.setdefault(step.story_id, []).append(step)
    acts = Consent.objects.filter(story__in=stories.order_by()).order_by("given_on", "pk")
    pairs = Consent.named_people.through.objects.filter(consent__story__space=ids.space)
    rows = StoryRows(
        stories=rows,
        steps=steps,
        acts=grouped((act.story_id, act) for act in acts),
        named=grouped(
            (consent, ids.people[member])
            for consent, member in pairs.order_by("pk").values_list("consent", "membership")
        ),
    )
    load_about_moments(ids, rows)
    return rows


def moments_told_elsewhere(ids: FileIds) -> set[int]:
    """Moments that stand in a story that was not asked for, too."""
    pairs = StoryStep.objects.filter(story__space=ids.space).values_list("moment", "story")
    return {moment for moment, story in pairs if story not in ids.stories}


def load_about_moments(ids: FileIds, rows: StoryRows) -> None:
    """Who took each moment up, in words, and which indicators it speaks to."""
    words = Uptake.objects.filter(moment__space=ids.space)
    words = words.exclude(kind=UptakeKind.FRAMING_VERSION).order_by("pk")
    rows.uptakes = grouped(words.values_list("moment", "label"))
    signs = MomentIndicator.objects.filter(moment__space=ids.space).order_by("pk")
    rows.signs = grouped(
        (moment, ids.signs[sign]) for moment, sign in signs.values_list("moment", "indicator")
    )


def story_entry(ids: FileIds, rows: StoryRows, row: Story) -> StoryRecord:
    """One story; of one that was withdrawn no word is left, only that there was one, and when."""
    steps = tuple(step_entry(ids, rows, row, step) for step in rows.steps.get(row.pk, ()))
    withdrawn = row.state == StoryState.WITHDRAWN
    known = row.framing_number in ids.versions.values()
    return StoryRecord(
        id=row.ref,
        title=_("A withdrawn story") if withdrawn else line(row.title),
        kind=row.kind,
        teller=ids.people[row.teller_id],
        collector=ids.people.get(row.collector_id),
        told_on=row.told_on,
        followed_up_on=followed_up_on(row, steps),
        framing_version=row.framing_number if known else None,
        strength=row.strength or None,
        other_factors="" if withdrawn else text(row.other_factors),
        did_not_work="" if withdrawn else text(row.did_not_work),
        third_parties="" if withdrawn else third_parties(row),
        steps=steps,
        extras={} if withdrawn else extras_of(row),
        **consents_of(ids, rows, row),
    )


def followed_up_on(row: Story, steps: tuple[StepRecord, ...]) -> dt.date | None:
    """The day on which its newest moment was told, where that was after the story was told."""
    days = [step.date for step in steps if step.date and step.date > row.told_on]
    return max(filter(None, (row.followed_up_on, *days)), default=None)


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


# --- consent -------------------------------------------------------------------------------


def consents_of(ids: FileIds, rows: StoryRows, row: Story) -> dict:
    """The acts of consent, written as one or as several."""
    if row.state == StoryState.RETIRED:
        return {}  # set aside by its teller; nobody reads it until they say so again
    acts = tuple(act_entry(ids, rows, row, act) for act in rows.acts.get(row.pk, ()))
    if row.state == StoryState.WITHDRAWN and not any(act.withdrawn_on for act in acts):
        withdrawn = ConsentRecord(
            audience=NOBODY_ELSE,
            attribution=Attribution.ANONYMOUS.value,
            withdrawn_on=row.withdrawn_on,
        )
        acts = (*acts, withdrawn)
    if len(acts) == 1 and not spelled_in(row).get("listed"):
        return {"consent": acts[0]}
    return {"consents": acts}


def act_entry(ids: FileIds, rows: StoryRows, row: Story, act: Consent) -> ConsentRecord:
    """One act of consent."""
    people = tuple(rows.named.get(act.pk, ())) if act.grant.names_people else ()
    withdrawn = row.state == StoryState.WITHDRAWN
    return ConsentRecord(
        given_by=ids.people.get(act.given_by_id),
        story_version=spelled_in(act).get("version"),
        audience=audience_of(act, people),
        people=people,
        attribution=act.attribution,
        uses=tuple(act.uses),
        given_on=act.given_on if act.given_on_stated else None,
        expires_on=act.expires_on,
        withdrawn_on=act.withdrawn_on,
        note="" if withdrawn else text(act.note),
        extras={} if withdrawn else extras_of(act),
    )


def audience_of(act: Consent, people: tuple[str, ...]) -> tuple[str, ...]:
    """The audiences of an act, as they were written, else in their usual order."""
    named = [code for code in AUDIENCE_FIELDS if code in act.grant.audience]
    if not people:
        named = [code for code in named if code != "named_people"]
    return tuple(spelled_in(act).get("audience", named or NOBODY_ELSE))


# --- moments -------------------------------------------------------------------------------


def step_entry(ids: FileIds, rows: StoryRows, story: Story, place: StoryStep) -> StepRecord:
    """One moment in its place; a name of its own only where its number does not give it."""
    row = place.moment
    withdrawn = story.state == StoryState.WITHDRAWN
    own = row.ref != f"{story.ref}.{place.order}" or spelled_in(row).get("id")
    words = [text(said) for said in rows.uptakes.get(row.pk, ()) if said.strip()]
    return StepRecord(
        n=place.order,
        id=row.ref if own else None,
        status=row.status,
        date=row.occurred_on,
        date_precision=row.precision,
        due=row.due_on,
        cycle=row.cycle,
        analyst_cycle=row.analyst_cycle or None,
        subtype=row.subtype or None,
        polarity=row.polarity,
        loc=row.location,
        other_space=ids.links.get(row.other_space_id),
        agent=who(ids, row.agent_id, row.agent_word),
        for_whom=who(ids, row.for_whom_id, row.for_word),
        was_hoped=row.was_hoped,
        engaged_by=taken_up(len(words)) if withdrawn else tuple(words),
        indicators=tuple(rows.signs.get(row.pk, ())),
        text="" if withdrawn else text(row.text),
        extras={} if withdrawn else extras_of(row),
    )


def who(ids: FileIds, person: int | None, word: str) -> str:
    """Somebody's id, else the word for a group or a kind of people."""
    return ids.people[person] if person else line(word) or "group"


def taken_up(times: int) -> tuple[str, ...]:
    """That somebody took it up, without their words."""
    return (_("Somebody took it up; in which words stays in the space."),) * times
