"""What is somebody's own, as plain values: their words and acts, nothing that others said."""

from collections.abc import Iterator

from django.utils import timezone

from spaces.models import ApiToken, Departure, Draft, Membership, Notice, Person
from spaces.presentation.days import day_text
from spaces.presentation.notices import present_notice
from valuecreation.models import FollowUp, Moment, Statement, Story, Withdrawal
from valuecreation.presentation.consent_words import consent_record
from valuecreation.presentation.statements import said_to_others

Record = dict[str, object]


def everything_of(person: Person) -> dict[str, list[Record]]:
    """The records of each kind."""
    memberships = list(Membership.objects.of_person(person).with_everything())
    return {
        "account": [account(person)],
        "memberships": [membership(row) for row in memberships],
        "stories": [story(row) for row in Story.objects.told_by(person).for_own_copy()],
        "notes": [note(row) for row in Moment.objects.loose().noted_by(person).in_named_spaces()],
        "follow_ups": list(follow_ups(person)),
        "statements": said_to_others(Statement.objects.said_by(person).with_all()),
        "drafts": [draft(row) for row in Draft.objects.for_user(person).select_related("space")],
        "board_notes": [board_note(row) for one in memberships for row in one.contributions.all()],
        "observations": [
            observation(row)
            for one in memberships
            for row in one.observations_collected.select_related("indicator")
        ],
        "claims": [claim(row) for one in memberships for row in one.claims_written.all()],
        "notices": [notice(row) for row in Notice.objects.for_user(person).with_spaces()],
        "withdrawals": [
            withdrawal(row) for row in Withdrawal.objects.for_user(person).with_stories()
        ],
        "receipts": [departure(row) for row in Departure.objects.for_user(person).with_spaces()],
    }


def account(person: Person) -> Record:
    """The account itself; a key's secret is stored nowhere."""
    keys = ApiToken.objects.for_user(person)
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "time_zone": person.time_zone,
        "keys": [
            {"name": key.name, "may": str(key.get_scope_display()), "made": day_of(key.created_at)}
            for key in keys
        ],
    }


def membership(row: Membership) -> Record:
    """How somebody takes part in a space, in their own words."""
    return {
        "space": row.space.name,
        "name": row.name,
        "practice": row.practice,
        "organisation": row.organisation,
        "joined": day_text(row.joined_on),
        "left": day_text(row.left_on),
        "away": [
            {"left": day_text(away.left_on), "back": day_text(away.back_on)}
            for away in row.absences.all()
        ],
        "roles": [
            {
                "role": str(held.get_role_display()),
                "since": day_text(held.since),
                "until": day_text(held.until),
            }
            for held in row.roles.all()
        ],
        "levels": [
            {
                "level": str(period.get_level_display()),
                "since": day_text(period.since),
                "until": day_text(period.until),
                "reason": period.reason,
            }
            for period in row.levels.all()
        ],
        "cares": row.cares,
        "unsure": row.unsure,
        "entry_story": row.entry_story,
        "notice": row.notice,
    }


def story(row: Story) -> Record:
    """A story in every wording, with every act of consent."""
    return {
        "space": row.space.name,
        "title": row.title,
        "told": day_text(row.told_on),
        "state": str(row.get_state_display()),
        "kind": str(row.get_kind_display()),
        "raw_text": row.raw_text,
        "moments": [moment(step.moment) for step in row.steps.all()],
        "other_factors": row.other_factors,
        "did_not_work": row.did_not_work,
        "substantiation": row.substantiation,
        "corrected": [str(said) for said in (row.corrected or {}).values() if said],
        "wordings": [
            {
                "number": wording.number,
                "agreed": day_text(wording.approved_on),
                "title": wording.content.get("title", ""),
                "texts": [said.get("text", "") for said in wording.content.get("moments", ())],
            }
            for wording in row.versions.all()
        ],
        "consents": [consent(act) for act in row.consents.all()],
    }


def consent(act) -> Record:
    """Who was let in, named how, for what and until when."""
    people = [person.name for person in act.named_people.all()]
    return consent_record(act) | {"people": people, "note": act.note}


def moment(row: Moment) -> Record:
    """One moment as it was told."""
    return {
        "text": row.text,
        "cycle": str(row.get_cycle_display()),
        "status": str(row.get_status_display()),
        "day": day_text(row.occurred_on or row.due_on, row.precision, row.occurred_until),
    }


def note(row: Moment) -> Record:
    return {"space": row.space.name, "told": day_text(row.told_on), **moment(row)}


def follow_ups(person: Person) -> Iterator[Record]:
    """What somebody asked and what they answered; the other half of each is somebody else's."""
    for row in FollowUp.objects.for_user(person).select_related("moment__space", "asked_by"):
        mine = row.asked_by.person_id == person.pk
        yield {
            "space": row.moment.space.name,
            "asked": day_text(row.asked_on),
            "question": row.question if mine else "",
            "answered": day_text(row.answered_on),
            "outcome": "" if mine else str(row.get_outcome_display()),
            "answer": "" if mine else row.answer,
        }


def draft(row: Draft) -> Record:
    """What was typed and not sent."""
    texts = [text for values in row.data.values() for text in listed(values) if text]
    return {
        "space": row.space.name if row.space else "",
        "saved": day_of(row.saved_at),
        "texts": texts,
    }


def board_note(row) -> Record:
    return {"cycle": str(row.get_cycle_display()), "text": row.text, "told": day_of(row.written_at)}


def observation(row) -> Record:
    return {
        "indicator": row.indicator.name,
        "period": row.period,
        "value": str(row.value) if row.value is not None else "",
        "note": row.note,
        "other_factors": row.other_influences,
    }


def claim(row) -> Record:
    return {
        "text": row.statement,
        "other_factors": row.other_influences,
        "counter_evidence": row.counter_evidence,
        "told": day_of(row.created_at),
    }


def notice(row: Notice) -> Record:
    """What the program has told them of, in the words they read."""
    shown = present_notice(row)
    return {"space": shown.space, "told": day_of(row.made_at), "text": shown.sentence}


def withdrawal(row: Withdrawal) -> Record:
    """The receipt of a story that was taken back; none of its words."""
    return {
        "space": row.story.space.name,
        "withdrawn": day_of(timezone.localtime(row.at)),
        "receipt": row.receipt,
    }


def departure(row: Departure) -> Record:
    return {"space": row.membership.space.name, "left": day_of(row.left_at), "number": row.pk}


def day_of(moment_in_time) -> str:
    return day_text(moment_in_time.date())


def listed(values) -> list[str]:
    return [str(value) for value in (values if isinstance(values, list) else [values])]
