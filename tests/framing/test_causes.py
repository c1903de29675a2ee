"""What brought a framing about: the moments that are named as its causes."""

import pytest
from django.core.exceptions import ValidationError

from framing import actions
from framing.models import Reframing
from tests import make
from tests.framing import rows
from tests.framing.rows import address
from valuecreation.cycles import MomentStatus
from valuecreation.models import Flow, LoopsDue, Uptake


@pytest.fixture
def ana(space):
    return rows.member(space)


def test_what_caused_a_version_is_taken_up_when_it_is_agreed(space, ana):
    rows.agreed(space)
    led, reason = (make.moment(space, loose_audience="space") for _ in range(2))
    draft = actions.begin_draft(space, by=ana, reason="We saw more.", causes=[led])
    actions.add_cause(draft, reason, by=ana, led_here=False)
    assert not Uptake.objects.exists()
    rows.agree(draft, ana)
    flow = Flow.objects.get()
    assert (flow.source, flow.kind, flow.status) == (led, "reframing", "happened")
    assert (flow.target, flow.framing_number) == (None, 2)
    assert [(u.moment, u.kind, u.framing_number) for u in Uptake.objects.all()] == [
        (led, "framing_version", 2),
        (reason, "framing_version", 2),
    ]
    assert {moment for due in LoopsDue.objects.all() for moment in due.moments} >= {led.pk}


def test_hope_and_unreadable_moment_cause_nothing(space, ana):
    rows.agreed(space)
    draft = actions.begin_draft(space, by=ana)
    hoped = make.moment(space, status=MomentStatus.HOPED, loose_audience="space")
    private = make.story(in_space=space).steps.get().moment
    elsewhere = make.moment(make.space(), loose_audience="space")
    for moment in (hoped, private, elsewhere):
        with pytest.raises(ValidationError, match="not found among what has happened"):
            actions.add_cause(draft, moment, by=ana)


def test_reframing_from_a_moment_has_it_ticked(space, signed_in):
    rows.agreed(space)
    moment = make.moment(space, loose_audience="space", text="It would not close.")
    client = signed_in(make.member(space))
    page = client.get(f"{address('new_draft', space)}?moment={moment.public_id}")
    assert "It would not close." in page.text
    assert "checked" in str(page.context["form"]["moments"])
    client.post(
        address("new_draft", space),
        {
            "difference": "Anew.",
            "reason": "We saw.",
            "moments": [moment.public_id],
            "addresses": "",
        },
    )
    assert Reframing.objects.get().moment == moment


def test_moment_is_led_to_the_draft_that_is_there(space, signed_in, ana):
    rows.agreed(space)
    moment = make.moment(space, loose_audience="space")
    actions.begin_draft(space, by=ana)
    client = signed_in(ana.person)
    answer = client.get(f"{address('new_draft', space)}?moment={moment.public_id}")
    assert answer["Location"] == f"{address('causes', space, 2)}?moment={moment.public_id}"
    client.post(
        answer["Location"], {"moments": [moment.public_id], "addresses": "", "led_here": "no"}
    )
    cause = Reframing.objects.get()
    assert (cause.moment, cause.led_here) == (moment, False)


def test_story_named_by_its_address_must_be_there(space, signed_in):
    rows.agreed(space)
    told = make.story(in_space=space, shared=True)
    client = signed_in(make.member(space))
    sent = {"difference": "Anew.", "reason": "We saw."}
    page = client.post(address("new_draft", space), sent | {"addresses": "/stories/nowhere/"})
    assert "/stories/nowhere/" in page.text
    assert not Reframing.objects.exists()
    there = f"https://example.org/spaces/{space.slug}/stories/{told.public_id}/"
    client.post(address("new_draft", space), sent | {"addresses": there})
    assert Reframing.objects.get().moment == told.steps.get().moment
