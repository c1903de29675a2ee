"""What a file may say, forms and the API may say, too, and nothing else: one set of rules."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.models import Indicator
from evaluation.rules import cleaned, cleaned_target
from spacefile.store import store
from spaces.models import Membership
from tests import make
from tests.spacefile.example import document, example, read, sign, step
from valuecreation import actions
from valuecreation.forms.moments import MomentForm, typed_from
from valuecreation.models import Flow, Moment
from valuecreation.rules.flows import check_flow
from valuecreation.rules.moments import check_moment

pytestmark = pytest.mark.django_db
EASY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# The story is told between the last two; nobody doubts that 2190 lies ahead.
DAYS = [None, "1899-12-31", "2024-12-31", "2025-01-01", "2025-02-11", "2025-03-03", "2190-01-01"]
MOMENTS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["actual", "hoped"]),
        "date": st.sampled_from(DAYS),
        "date_precision": st.sampled_from(["day", "month"]),
        "due": st.sampled_from(DAYS[2:]),
        "cycle": st.sampled_from(["applied", "potential", "strategic"]),
        "subtype": st.sampled_from([None, "insight_skill", "joy", "of_our_own"]),
        "loc": st.sampled_from(["in_space", "in_practice", "other_space"]),
        "agent": st.sampled_from(["P04", "group"]),
        "for": st.sampled_from(["P04", "patients", "Patients", "night staff", "x1"]),
        "text": st.sampled_from(["We tried it.", " "]),
        "was_hoped": st.booleans(),
    }
)
FLOWS = st.fixed_dictionaries(
    {
        "from": st.sampled_from(["S1.1", "S1.2", "S1.5", "S4.1", "S4.2"]),
        "to": st.sampled_from([None, "S1.4", "S1.5", "S4.2", "S7.2", "S1.1"]),
        "kind": st.sampled_from(["forward", "return", "cross_space", "enabling"]),
        "status": st.sampled_from(["happened", "awaited", "blocked", "dormant", "abandoned"]),
        "reason": st.sampled_from([None, "no_time", "other"]),
        "note": st.sampled_from(["", "They said so."]),
    }
)
VALUES = st.sampled_from(
    [0, -1, 0.5, 3, 101, 10**14, True, "none", " ", [1, 2], [2, 1], [-1, 2], [1, "2"], None]
)


@pytest.fixture
def circle():
    return store(document())


def refused(check, *rows):
    try:
        check(*rows)
    except ValidationError:
        return True
    return False


def day(text):
    return text and dt.date.fromisoformat(text)


@EASY
@given(told=MOMENTS)
def test_a_moment_is_refused_by_a_file_if_and_only_if_forms_refuse_it(circle, told):
    data = example()
    data["flows"] = []
    data["framing"][1]["caused_by"] = []
    step(data, "S1.2").clear()
    data["stories"][0]["steps"][1] |= {"n": 2, "polarity": "positive", **told}
    data["stories"][0]["told_on"] = data["stories"][0]["followed_up_on"] = "2025-12-31"
    people = {row.ref: row for row in Membership.objects.in_space(circle)}
    agent, whom = people.get(told["agent"]), people.get(told["for"])
    row = Moment(
        space=circle,
        status=told["status"],
        occurred_on=day(told["date"]),
        precision=told["date_precision"],
        due_on=day(told["due"]),
        was_hoped=told["was_hoped"],
        cycle=told["cycle"],
        subtype=told["subtype"] or "",
        location=told["loc"],
        agent=agent,
        agent_word="" if agent else told["agent"],
        for_whom=whom,
        for_word="" if whom else told["for"],
        text=told["text"],
    )

    assert refused(check_moment, row) == bool(read(data)[1])


@EASY
@given(told=FLOWS)
def test_a_flow_is_refused_by_a_file_if_and_only_if_forms_refuse_it(circle, told):
    data = example()
    written = {key: value for key, value in told.items() if value}
    data["flows"].append(written)
    moments = {row.ref: row for row in Moment.objects.in_space(circle)}
    row = Flow(
        space=circle,
        source=moments[told["from"]],
        target=moments.get(told["to"]),
        kind=told["kind"],
        status=told["status"],
        reason=told["reason"] or "",
        note=told["note"],
    )

    assert refused(check_flow, row) == bool(read(data)[1])


@EASY
@given(value=VALUES, ref=st.sampled_from(["I3", "I5", "I6"]))
def test_a_figure_is_refused_by_a_file_if_and_only_if_forms_refuse_it(circle, value, ref):
    row = Indicator.objects.get(space=circle, ref=ref)
    for key, check in (("baseline", cleaned), ("target", cleaned_target)):
        data = example()
        sign(data, ref)[key] = value
        assert refused(check, row, value) == bool(read(data)[1])


def test_what_came_in_can_be_corrected():
    """A hope due before what it grew from, and a finer kind of somebody's own."""
    data = example()
    step(data, "S1.4")["subtype"] = "of_our_own"
    step(data, "S4.2")["due"] = "2025-01-15"
    space = store(read(data)[0])

    for ref in ("S1.4", "S4.2"):
        moment = Moment.objects.get(space=space, ref=ref)
        form = MomentForm(initial=typed_from(moment), space=space, person=make.person())
        codes = {code for _group, kinds in form.fields["subtype"].choices[1:-1] for code in kinds}
        assert moment.subtype in {"", *codes, form.fields["subtype"].choices[-1][0]}
        teller = moment.steps.get().story.teller
        fields = {"text": "In other words.", "subtype": moment.subtype}
        actions.change_moment(moment, by=teller, seen=moment.revision, fields=fields)
        assert Moment.objects.get(pk=moment.pk).text == "In other words."
