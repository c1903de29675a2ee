"""Stories with their acts of consent and their steps."""

from django.utils.translation import gettext as _

from spacefile.checks.common import has_come, known_person, rising, say
from spacefile.checks.made_up_names import check_made_up_name
from spacefile.fields import FRAMING
from spacefile.lookups import Lookups, RecordPlace
from valuecreation.cycles import MomentStatus, Polarity
from valuecreation.rules.consents import consent_violations
from valuecreation.rules.moments import GROUPS, is_kind_of_people, moment_violations
from valuecreation.rules.stories import story_violations


def check_story(found: Lookups, spot: RecordPlace) -> None:
    """Who told it to whom, when, under which framing, and who else is in it."""
    story = spot.thing
    if story.id and f"{story.id}-".upper() == FRAMING:
        problem = _("This word stands for framing versions.")
        found.fault(spot, "id", story.id, problem, _("Choose another id, as in S1."))
    for key in ("teller", "collector"):
        known_person(found, spot, key, spot.value(key))
    has_come(found, spot, "told_on", "followed_up_on")
    broken = story_violations(
        told_on=story.told_on,
        followed_up_on=story.followed_up_on,
        same_person=bool(story.teller) and story.teller == story.collector,
    )
    say(found, spot, broken)
    check_told_under(found, spot)
    if not isinstance(story.third_parties, str):
        for other in spot.spots("third_parties"):
            check_third_party(found, story, other)
    for said in spot.spots("statements"):
        check_statement(found, story, said)
    check_consents(found, spot)
    check_steps(found, spot)
    check_turned_out(found, spot)


def check_turned_out(found: Lookups, spot: RecordPlace) -> None:
    """How a moment turned out may be open until others may read its story."""
    story = spot.thing
    last = (story.consents or (story.consent,))[-1]
    if last is None or not set(last.audience) - {"teller_collector"}:
        return
    for step in spot.spots("steps"):
        if step.thing.polarity == Polarity.OPEN and step.thing.status == MomentStatus.ACTUAL:
            problem = _("Others may read this story, and it is not said how this turned out.")
            mend = _("Write positive, negative, mixed or nil.")
            found.fault(step, "polarity", step.thing.polarity, problem, mend)


def check_told_under(found: Lookups, spot: RecordPlace) -> None:
    """A story is told under a framing version that was agreed by then."""
    number, told_on = spot.thing.framing_version, spot.thing.told_on
    if number is None:
        return
    if number not in found.versions:
        problem = _("The framing has no version with this number.")
        mend = _("Write the number of a version, or leave it out.")
        found.fault(spot, "framing_version", number, problem, mend)
        return
    agreed_on = found.versions[number]
    if agreed_on and told_on and agreed_on > told_on:
        problem = _("This version was agreed on %(day)s, after the story was told.")
        mend = _("Write the number of an earlier version, or correct told_on.")
        found.fault(spot, "framing_version", number, problem % {"day": agreed_on}, mend)


def check_third_party(found: Lookups, story, spot: RecordPlace) -> None:
    """Somebody who agreed to be named is known, and so are the steps."""
    known_person(found, spot, "person", spot.thing.person)
    has_come(found, spot, "agreed_on")
    names = {step.n for step in story.steps} | {step.name_in(story) for step in story.steps}
    for number, step in enumerate(spot.thing.steps, start=1):
        if step not in names:
            problem = _("The story has no such step.")
            mend = _("Write the number of one of its steps, or leave it out.")
            found.fault(spot, f"steps, {number}", step, problem, mend)


def check_statement(found: Lookups, story, spot: RecordPlace) -> None:
    """Somebody else says it: another of the file, or somebody outside who is named or described."""
    said = spot.thing
    known_person(found, spot, "by", said.by)
    has_come(found, spot, "said_on")
    if said.by and said.by in (story.teller, story.collector):
        problem = _("Teller and collector cannot bear out their own story.")
        found.fault(spot, "by", said.by, problem, _("Name somebody else, or leave it out."))
    if not (said.by or said.name or said.label):
        problem = _("It is not said who says this.")
        mend = _("Write the id of a person under by, or a name or label for somebody outside.")
        found.fault(spot, "by", None, problem, mend)
    if said.independent and said.by in {one.id for one in found.document.participants}:
        problem = _("Nobody who takes part in the space is independent of it.")
        found.fault(spot, "independent", True, problem, _("Leave it out."))


def check_consents(found: Lookups, spot: RecordPlace) -> None:
    """The acts of one story, oldest first."""
    story = spot.thing
    if story.consent and story.consents:
        problem = _("The story has both consent and consents.")
        mend = _("Write all acts under consents, the oldest first, and delete consent.")
        found.fault(spot, "consents", None, problem, mend)
    last = None
    for act_at in (*spot.spots("consent"), *spot.spots("consents")):
        act = act_at.thing
        given = act.given_on or story.told_on
        known_person(found, act_at, "given_by", act.given_by)
        for number, person in enumerate(act.people, start=1):
            known_person(found, act_at, f"people, {number}", person)
        broken = consent_violations(
            audience=act.audience,
            names_people=bool(act.people),
            given_on=given,
            expires_on=act.expires_on,
            withdrawn_on=act.withdrawn_on,
        )
        say(found, act_at, broken)
        check_made_up_name(found, act_at)
        if given and last and given < last:
            problem = _("This is before %(day)s, the day of the act before it.") % {"day": last}
            mend = _("Give %(day)s or a later day, or correct the other day.") % {"day": last}
            found.fault(act_at, "given_on", given, problem, mend)
        last = max(filter(None, (last, given)), default=None)


# --- steps ---------------------------------------------------------------------------------


def check_steps(found: Lookups, spot: RecordPlace) -> None:
    """Each step of one story: who, when, where."""
    story = spot.thing
    steps = spot.spots("steps")
    rising(found, steps, "n")
    withdrawn = any(act.withdrawn_on for act in story.acts)
    for at in steps:
        own_name(found, story, at)
        check_who(found, at)
        moment = found.facts(story, at.thing)
        say(found, at, moment_violations(moment, found.as_of, wordless=withdrawn))
        told_in_time(found, story, at)
        place, elsewhere = at.thing.loc, at.thing.other_space
        if place == "other_space" and elsewhere and elsewhere not in found.other_spaces:
            problem = _("This space is not among other_spaces.")
            mend = _("Add it under other_spaces, or correct the slug.")
            found.fault(at, "other_space", elsewhere, problem, mend)
        for number, ref in enumerate(at.thing.indicators, start=1):
            if ref not in found.indicators:
                mend = _("Write the id of an indicator, or leave it out.")
                key = f"indicators, {number}"
                found.fault(at, key, ref, _("No indicator has this id."), mend)


def own_name(found: Lookups, story, spot: RecordPlace) -> None:
    """A step's name is its own and does not look like a framing version."""
    step = spot.thing
    name = step.name_in(story)
    first_story, first = found.named.get(name, (story, step))
    if name.startswith(FRAMING):
        mend = _("Choose another id, as in S1.4.")
        found.fault(spot, "id", name, _("This word stands for framing versions."), mend)
    elif first is not step and (first.id or step.id or first_story.id != story.id):
        problem = _("Another step, of story %(story)s, has this name.") % {"story": first_story.id}
        mend = _("Give each its own, and correct the flows that refer to it.")
        found.fault(spot, "id" if step.id else "n", name, problem, mend)


def check_who(found: Lookups, spot: RecordPlace) -> None:
    """The agent is somebody of the file or a group; it may be for a kind of people, too."""
    agent, whom = spot.thing.agent, spot.thing.for_whom
    if agent and agent not in GROUPS and agent not in found.people:
        mend = _("Write the id of a person, group or other_group, or add the person.")
        found.fault(spot, "agent", agent, _("Nobody with this id is in the file."), mend)
    if whom and whom not in found.people and not is_kind_of_people(whom):
        problem = _("Nobody with this id is in the file, and it is not a word in small letters.")
        mend = _("Write the id of a person, group, other_group, or a word such as patients.")
        found.fault(spot, "for", whom, problem, mend)


def told_in_time(found: Lookups, story, spot: RecordPlace) -> None:
    """A story tells what had happened when it was told or followed up."""
    told = story.followed_up_on or story.told_on
    day = spot.thing.date_until or spot.thing.date
    if spot.thing.status == "actual" and told and day and told < day <= found.as_of:
        problem = _("This is after the story was told or followed up, on %(day)s.")
        mend = _("Give an earlier date, or say with followed_up_on when it was told.")
        found.fault(spot, "date", day, problem % {"day": told}, mend)
