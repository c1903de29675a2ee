"""Stories: who tells them, their acts of consent, their moments and their wording."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from evaluation.models import MomentIndicator
from spacefile.as_written import kept
from spacefile.records import to_plain
from spacefile.schema import ConsentRecord, SpaceFile, StepRecord, StoryRecord
from spacefile.storing.stored_rows import StoredRows, in_bulk, parts_of
from valuecreation.consent import AUDIENCE_FIELDS
from valuecreation.models import (
    Consent,
    Moment,
    Story,
    StoryState,
    StoryStep,
    StoryVersion,
    Uptake,
    UptakeKind,
)


def store_stories(stored: StoredRows, document: SpaceFile) -> None:
    """Stories with their moments, then what their tellers said about them, part by part."""
    for part in parts_of(document.stories):
        rows = in_bulk([story_of(stored, entry) for entry in part])
        told = list(zip(rows, part, strict=True))
        store_moments(stored, told)
        store_consents(stored, told)
    newest = Consent.objects.filter(story=OuterRef("pk")).order_by("-given_on", "-pk")
    stories = Story.objects.in_space(stored.space)
    stories.update(consent=Subquery(newest.values("pk")[:1]))
    stories.list_anew()


def story_of(stored: StoredRows, entry: StoryRecord) -> Story:
    """The story itself, in the state its acts of consent have brought it to."""
    state, withdrawn_on = state_of(entry, stored.space.today)
    spelled = {"listed": True} if entry.consents and len(entry.consents) == 1 else {}
    return Story(
        space=stored.space,
        ref=entry.id,
        title=entry.title,
        kind=entry.kind,
        teller=stored.people[entry.teller],
        collector=stored.person(entry.collector),
        told_on=entry.told_on,
        listed_on=entry.told_on,
        followed_up_on=entry.followed_up_on,
        framing_number=entry.framing_version,
        language=stored.space.language,
        state=state,
        strength=entry.strength or "",
        other_factors=entry.other_factors,
        did_not_work=entry.did_not_work,
        third_parties=third_parties(entry),
        withdrawn_on=withdrawn_on,
        extra=kept(entry, **spelled),
    )


def third_parties(entry: StoryRecord):
    """Who else is in it, as JSON keeps it."""
    if isinstance(entry.third_parties, str):
        return entry.third_parties or None
    return [
        {name: str(value) if name == "agreed_on" else value for name, value in said.items()}
        for said in map(to_plain, entry.third_parties)
    ]


def state_of(entry: StoryRecord, today: dt.date) -> tuple[str, dt.date | None]:
    """Approved once somebody else may read it; withdrawn when its teller has taken it back."""
    if not entry.acts:
        return StoryState.WITH_TELLER, None
    newest = entry.acts[-1]
    since = newest.given_on or entry.told_on
    ended = [
        act.withdrawn_on
        for act in entry.acts
        if act.withdrawn_on and (act is newest or act.withdrawn_on > since)
    ]
    if ended and min(ended) <= today:
        return StoryState.WITHDRAWN, min(ended)
    shared = any(set(act.audience) - {"teller_collector"} for act in entry.acts)
    return (StoryState.APPROVED if shared else StoryState.WITH_TELLER), None


# --- moments -------------------------------------------------------------------------------


def store_moments(stored: StoredRows, told: list[tuple[Story, StoryRecord]]) -> None:
    """Every step as a moment in its place, with who took it up and what it speaks to."""
    steps = [(story, entry, step) for story, entry in told for step in entry.steps]
    rows = in_bulk([moment_of(stored, *each) for each in steps])
    stored.moments |= {row.ref: row.pk for row in rows}
    places, uptakes, signs = [], [], []
    for row, (story, _entry, step) in zip(rows, steps, strict=True):
        places.append(StoryStep(story=story, moment=row, order=step.n))
        uptakes += [
            Uptake(moment=row, kind=UptakeKind.WORDS, label=said) for said in step.engaged_by
        ]
        signs += [
            MomentIndicator(moment=row, indicator=stored.signs[ref]) for ref in step.indicators
        ]
    in_bulk(places)
    in_bulk(uptakes)
    in_bulk(signs)


def moment_of(stored: StoredRows, story: Story, entry: StoryRecord, step: StepRecord) -> Moment:
    """One step as a moment; who did it, and for whom, are people or words."""
    agent, whom = stored.person(step.agent), stored.person(step.for_whom)
    spelled = {"id": True} if step.id == f"{entry.id}.{step.n}" else {}
    return Moment(
        space=stored.space,
        ref=step.name_in(entry),
        cycle=step.cycle,
        analyst_cycle=step.analyst_cycle or "",
        subtype=step.subtype or "",
        polarity=step.polarity,
        status=step.status,
        occurred_on=step.date,
        precision=step.date_precision,
        due_on=step.due,
        was_hoped=step.was_hoped,
        told_on=entry.told_on,
        location=step.loc,
        other_space=stored.links.get(step.other_space),
        agent=agent,
        agent_word="" if agent else step.agent,
        for_whom=whom,
        for_word="" if whom else step.for_whom,
        text=step.text,
        recorded_by=story.collector or story.teller,
        extra=kept(step, **spelled),
    )


# --- consent -------------------------------------------------------------------------------


def store_consents(stored: StoredRows, told: list[tuple[Story, StoryRecord]]) -> None:
    """The acts of consent, the newest governing, each with the wording it was given for."""
    wordings = {version.story_id: version for version in in_bulk(list(approved(told)))}
    acts = [(story, act) for story, entry in told for act in entry.acts]
    rows = in_bulk([consent_of(stored, story, act, wordings) for story, act in acts])
    through = Consent.named_people.through
    in_bulk(
        [
            through(consent=row, membership=stored.people[person])
            for row, (_story, act) in zip(rows, acts, strict=True)
            for person in act.people
        ]
    )


def consent_of(stored: StoredRows, story: Story, act: ConsentRecord, wordings: dict) -> Consent:
    """One act of consent."""
    spelled = {"version": act.story_version} if act.story_version else {}
    if "teller_collector" in act.audience or list(act.audience) != usual_order(act):
        spelled["audience"] = list(act.audience)
    return Consent(
        story=story,
        version=wordings.get(story.pk),
        given_by=stored.person(act.given_by),
        given_on=act.given_on or story.told_on,
        given_on_stated=act.given_on is not None,
        expires_on=act.expires_on,
        withdrawn_on=act.withdrawn_on,
        attribution=act.attribution,
        uses=list(act.uses),
        note=act.note,
        extra=kept(act, **spelled),
        **{field: code in act.audience for code, field in AUDIENCE_FIELDS.items()},
    )


def usual_order(act: ConsentRecord) -> list[str]:
    """The audiences of an act in the order in which they are usually written."""
    return [code for code in AUDIENCE_FIELDS if code in act.audience]


def approved(told: list[tuple[Story, StoryRecord]]) -> Iterator[StoryVersion]:
    """The wording of every story that its teller has let anybody else read."""
    for story, entry in told:
        if story.state == StoryState.WITH_TELLER:
            continue
        newest = entry.acts[-1]
        yield StoryVersion(
            story=story,
            number=1,
            content=wording_of(entry),
            approved_on=newest.given_on or entry.told_on,
            approved_by=story.teller,
        )


def wording_of(entry: StoryRecord) -> dict:
    """Title and moments as a version keeps them."""
    return {
        "title": entry.title,
        "other_factors": entry.other_factors,
        "did_not_work": entry.did_not_work,
        "moments": [moment_as_told(entry, step) for step in entry.steps],
    }


def moment_as_told(entry: StoryRecord, step: StepRecord) -> dict:
    """A step as a version keeps it."""
    days = {"occurred_on": step.date, "due_on": step.due}
    return {
        "ref": step.name_in(entry),
        "cycle": step.cycle,
        "polarity": step.polarity,
        "status": step.status,
        **{name: day.isoformat() for name, day in days.items() if day},
        "precision": step.date_precision,
        "location": step.loc,
        "agent": step.agent,
        "text": step.text,
    }
