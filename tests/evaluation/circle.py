"""The worked example as rows, made by hand from its file: as much of it as the matrix reads."""

import datetime as dt

from evaluation.models import Indicator, MomentIndicator, Observation
from framing.models import Aspiration, Assumption, FramingVersion, VersionState
from learningspaces.lib.periods import period_days
from spaces.models import SpaceLink
from spaces.permissions import Role
from tests import make
from tests.rows import worked_example
from valuecreation.models import Moment, Story, StoryState, StoryStep
from valuecreation.summaries import tallies
from valuecreation.tasks import read_loops

DAY = dt.date(2025, 12, 31)
ROLES = {"P01": Role.CONVENER, "P02": Role.FACILITATOR, "X1": Role.SPONSOR, "X2": Role.EVALUATOR}


def lower_leg_circle(**fields):
    """The space with its people, framing, indicators and stories; and the people by their id."""
    data = worked_example()
    space = make.space(slug="circle", name="Lower Leg Circle", **fields)
    people = {row["id"]: _person(space, row) for row in [*data["participants"], *data["outside"]]}
    hopes = _framing(space, data["framing"])
    signs = {row["id"]: _indicator(space, row, hopes, people) for row in data["indicators"]}
    moments = {}
    for row in data["stories"]:
        moments |= _story(space, row, people, signs)
    for flow in data["flows"]:
        if flow.get("status", "happened") == "happened" and flow["to"] in moments:
            make.flow(moments[flow["from"]], moments[flow["to"]], kind=flow["kind"],
                      status="happened")  # fmt: skip
    tallies.recount(space)
    read_loops(space.pk)
    return space, people


def _person(space, row):
    role = ROLES.get(row["id"], Role.PARTICIPANT)
    words = {"practice": row.get("practice", ""), "organisation": row["org"], "ref": row["id"]}
    outside = row["id"].startswith("X")
    who = make.person(row["name"])
    return make.membership(space, who, role, outside=outside, **words)


def _framing(space, versions):
    hopes = {}
    for row in versions:
        version = FramingVersion.objects.create(
            space=space,
            number=row["number"],
            state=VersionState.AGREED,
            agreed_on=row["agreed_on"],
            difference=row["difference"],
        )
        for hope in [*row.get("aspirations", ()), *row.get("aspirations_added", ())]:
            hopes[hope["key"]] = Aspiration.objects.create(version=version, **hope)
        for part in row.get("assumptions", ()):
            about = hopes[part.pop("about")]
            Assumption.objects.create(version=version, aspiration=about, **part)
    return hopes


def _indicator(space, row, hopes, people):
    columns = ("cycle", "name", "kind", "direction", "unit", "target", "frequency", "source")
    indicator = Indicator.objects.create(
        space=space,
        ref=row["id"],
        aspiration=hopes[row["aspiration"]],
        steward=people[row["steward"]],
        baseline=row.get("baseline"),
        target_kind=row.get("target_kind", "none"),
        warns_of_harm=row.get("warns_of_harm", False),
        note=row.get("note", ""),
        **{name: row[name] for name in columns},
    )
    for period, value in row["obs"].items():
        first, last = period_days(period)
        Observation.objects.create(
            indicator=indicator,
            period=period,
            period_start=first,
            period_end=last,
            value=value,
            collected_by=people[row["steward"]],
        )
    return indicator


def _story(space, row, people, signs):
    told = Story.objects.create(
        space=space,
        ref=row["id"],
        title=row["title"],
        teller=people[row["teller"]],
        collector=people[row["collector"]],
        told_on=row["told_on"],
        listed_on=row["told_on"],
        strength=row["strength"],
        state=StoryState.APPROVED,
    )
    moments = {f"{told.ref}.{step['n']}": step for step in row["steps"]}
    made = {ref: _moment(space, ref, step, told, people) for ref, step in moments.items()}
    for order, (ref, step) in enumerate(moments.items(), start=1):
        StoryStep.objects.create(story=told, moment=made[ref], order=order)
        for sign in step.get("indicators", ()):
            MomentIndicator.objects.create(moment=made[ref], indicator=signs[sign])
    act = row["consent"]
    make.consent(told, *act["audience"], attribution=act["attribution"], uses=act["uses"])
    return made


def _moment(space, ref, step, told, people):
    other = None
    if step["loc"] == "other_space":
        other, _fresh = SpaceLink.objects.get_or_create(
            space=space, slug=step["other_space"], defaults={"name": step["other_space"]}
        )
    return Moment.objects.create(
        space=space,
        ref=ref,
        cycle=step["cycle"],
        polarity=step["polarity"],
        status=step.get("status", "actual"),
        occurred_on=step.get("date"),
        due_on=step.get("due"),
        told_on=told.told_on,
        location=step["loc"],
        other_space=other,
        agent=people.get(step["agent"]),
        agent_word="" if step["agent"] in people else step["agent"],
        text=step["text"],
    )
