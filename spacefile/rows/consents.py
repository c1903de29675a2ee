"""The acts of consent of tellers, and the wordings for which they were given."""

import datetime as dt

from spacefile.columns import Columns, Links, in_bulk, spelled_in
from spacefile.schema import NOBODY_ELSE, ConsentRecord, StepRecord, StoryRecord
from spaces.models import Membership
from valuecreation.consent import AUDIENCE_FIELDS
from valuecreation.models import Attribution, Consent, Story, StoryState, StoryVersion
from valuecreation.wording import as_kept, moment_as_kept

ACT = Columns(ConsentRecord, Consent, apart=["story_version", "audience", "people", "given_on"])


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
    shared = any(set(act.audience) - {NOBODY_ELSE} for act in entry.acts)
    return (StoryState.APPROVED if shared else StoryState.WITH_TELLER), None


def store_consents(links: Links, told: list[tuple[Story, StoryRecord]]) -> None:
    """The acts of consent, the newest governing, each with the wording it was given for."""
    approved = in_bulk(
        StoryVersion(
            story=story,
            number=1,
            content=as_kept(entry, [moment_as_told(entry, step) for step in entry.steps]),
            approved_on=entry.acts[-1].given_on or entry.told_on,
            approved_by_id=story.teller_id,
        )
        for story, entry in told
        if story.state != StoryState.WITH_TELLER
    )
    wordings = {version.story_id: version for version in approved}
    acts = [(story, act) for story, entry in told for act in entry.acts]
    rows = in_bulk(consent_row(links, story, act, wordings) for story, act in acts)
    through = Consent.named_people.through
    in_bulk(
        through(consent=row, membership_id=links[Membership][person])
        for row, (_story, act) in zip(rows, acts, strict=True)
        for person in act.people
    )


def consent_row(links: Links, story: Story, act: ConsentRecord, wordings: dict) -> Consent:
    """One act of consent; audiences that are named out of their order keep it."""
    spelled: dict = {"version": act.story_version} if act.story_version else {}
    if list(act.audience) != [code for code in AUDIENCE_FIELDS if code in act.audience]:
        spelled["audience"] = list(act.audience)
    return ACT.to_row(
        links,
        act,
        spelled=spelled,
        story=story,
        version=wordings.get(story.pk),
        given_on=act.given_on or story.told_on,
        given_on_stated=act.given_on is not None,
        **{field: code in act.audience for code, field in AUDIENCE_FIELDS.items()},
    )


def moment_as_told(entry: StoryRecord, step: StepRecord) -> dict:
    """A step as a version keeps it."""
    return moment_as_kept(
        ref=step.name_in(entry),
        cycle=step.cycle,
        polarity=step.polarity,
        status=step.status,
        occurred_on=step.date,
        occurred_until=step.date_until,
        due_on=step.due,
        precision=step.date_precision,
        location=step.loc,
        agent=step.agent,
        text=step.text,
    )


def consents_of(links: Links, row: Story, acts, named: dict) -> dict:
    """The acts of consent, written as one or as several."""
    if row.state == StoryState.RETIRED:
        return {}  # set aside by its teller; nobody reads it until they say so again
    found = tuple(act_record(links, row, act, tuple(named.get(act.pk, ()))) for act in acts)
    if row.state == StoryState.WITHDRAWN and not any(act.withdrawn_on for act in found):
        withdrawn = ConsentRecord(
            audience=(NOBODY_ELSE,),
            attribution=Attribution.ANONYMOUS.value,
            withdrawn_on=row.withdrawn_on,
        )
        found = (*found, withdrawn)
    if len(found) == 1 and not spelled_in(row).get("listed"):
        return {"consent": found[0]}
    return {"consents": found}


def act_record(links: Links, row: Story, act: Consent, people: tuple[str, ...]) -> ConsentRecord:
    """One act of consent, with its audiences as they were written, else in their usual order."""
    people = people if act.grant.names_people else ()
    usual = [
        code
        for code in AUDIENCE_FIELDS
        if code in act.grant.audience and (people or code != "named_people")
    ]
    said = {
        "story_version": spelled_in(act).get("version"),
        "audience": tuple(spelled_in(act).get("audience", usual or [NOBODY_ELSE])),
        "people": people,
        "given_on": act.given_on if act.given_on_stated else None,
    }
    if row.state == StoryState.WITHDRAWN:
        said |= {"note": "", "extras": {}}
    return ACT.to_record(links, act, **said)
