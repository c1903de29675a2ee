"""Where thousands of moments hang together, a change is read from what lies near it, rightly."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests import make
from valuecreation.cycles import Location
from valuecreation.loops import keeping, nearby
from valuecreation.models import Flow, FlowKind, LoopMarks, LoopReading, Moment, StillMoment, Story

pytestmark = pytest.mark.django_db
CYCLES = ["immediate", "potential", "applied", "realized"]
FACTS = ("rooted", "long", "status", "spiral", "reaches_reframing")
MANY = 9


@pytest.fixture(autouse=True)
def always_nearby(monkeypatch):
    """Two moments that hang together are as good as thousands."""
    monkeypatch.setattr(nearby, "MARKED_FROM", 2)


def kept(space):
    """All that is kept of a space."""
    loops = LoopReading.objects.in_space(space).values_list("flow", "audience", *FACTS)
    still = StillMoment.objects.in_space(space)
    return set(loops), set(still.values_list("moment", "audience", "hoped", "promised_by"))


def told(data, space):
    """Moments in stories that go to one audience or another, or to nobody."""
    moments = []
    for _ in range(MANY):
        story = make.story(
            in_space=space,
            shared=data.draw(st.booleans()),
            cycles=[data.draw(st.sampled_from(CYCLES))],
        )
        if story.consent and data.draw(st.booleans()):
            make.consent(story, "organisation")
        moments.append(story.steps.get().moment)
    Moment.objects.among([one.pk for one in moments[: MANY // 2]]).update(
        location=Location.IN_SPACE
    )
    return moments


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_whatever_changes_is_read_as_if_everything_were_read(data):
    space = make.space()
    moments = told(data, space)
    keeping.reread(space)
    place = st.integers(0, MANY - 1)
    for _ in range(data.draw(st.integers(4, 14))):
        one, other = sorted(data.draw(st.tuples(place, place).filter(lambda p: p[0] != p[1])))
        ends = moments[one], moments[other]
        joined = Flow.objects.joining(*ends).first()
        act = data.draw(st.sampled_from(["join", "join", "part", "narrow", "retell"]))
        if act == "join" and not joined:
            make.flow(*ends, kind=data.draw(st.sampled_from([FlowKind.FORWARD, FlowKind.RETURN])))
        elif act == "part" and joined:
            joined.delete()
        elif act == "narrow":
            story = Story.objects.holding(ends[0]).get()
            make.consent(story, *data.draw(st.sampled_from([(), ("space",), ("public",)])))
        elif act == "retell":
            Moment.objects.among([ends[1].pk]).update(cycle=data.draw(st.sampled_from(CYCLES)))
        keeping.reread(space, {end.pk for end in ends})
    found = kept(space)
    keeping.reread(space)
    assert found == kept(space)


def test_new_link_costs_the_same_in_a_tangle_of_thousands(space, monkeypatch):
    """A chain that came back many times: its end is read without its beginning."""
    monkeypatch.setattr(nearby, "MARKED_FROM", 400)
    day = dt.date(2025, 3, 1)
    rows = Moment.objects.bulk_create(
        Moment(
            space=space, ref=f"C{n}", cycle=CYCLES[n % 4], text="x", told_on=day, occurred_on=day,
            agent_word="group", loose_audience="space",
            location=Location.IN_SPACE if n % 4 < 2 else Location.IN_PRACTICE,
        )
        for n in range(1200)
    )  # fmt: skip
    Flow.objects.bulk_create(
        Flow(
            space=space, source=rows[n], target=rows[n + 1],
            kind=FlowKind.RETURN if n % 4 == 3 else FlowKind.FORWARD,
        )
        for n in range(1199)
    )  # fmt: skip
    keeping.reread(space)
    assert LoopMarks.objects.count() == 1200
    tried = make.moment(space, cycle="applied", agent_word="other_group", loose_audience="space")
    ends = {rows[1000].pk, tried.pk}
    make.flow(rows[1000], tried)

    with CaptureQueriesContext(connection) as asked:
        keeping.reread(space, ends)
    assert len(asked) < 60
    found = kept(space)
    assert LoopMarks.objects.of_moments(ends).count() == 2
    keeping.reread(space)
    assert found == kept(space)
