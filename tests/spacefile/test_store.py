"""A file becomes a space and the space a file: the same bytes, all of them or none."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from evaluation.models import Indicator, Observation
from framing.models import Aspiration, FramingVersion
from spacefile.fetch import fetch
from spacefile.reading import read
from spacefile.store import address_faults, store
from spacefile.writing import write_json, write_yaml
from spaces.models import Membership, Space
from spaces.permissions import Role
from tests.spacefile.example import document, example, story
from tests.spacefile.example import read as read_changed
from tests.spacefile.test_round_trip import documents
from valuecreation.models import Flow, LoopReading, Moment, Story, StoryState, Tally, Uptake

pytestmark = pytest.mark.django_db


def changed(data):
    found, faults = read_changed(data)
    assert [fault.sentence for fault in faults] == []
    return found


def test_the_worked_example_comes_back_to_the_byte():
    told = document()

    assert write_yaml(fetch(store(told))) == write_yaml(told)


def test_the_day_on_which_a_space_began_goes_along():
    data = example()
    began = changed(data | {"space": data["space"] | {"founded_on": "2019-05-04"}})
    space = store(began)
    assert space.founded_on == dt.date(2019, 5, 4)
    assert write_yaml(fetch(space)) == write_yaml(began)

    Space.objects.filter(pk=space.pk).update(founded_on=dt.date(2018, 1, 1), slug="older")
    [older] = Space.objects.all()
    told = fetch(older)
    assert told.space.founded_on == dt.date(2018, 1, 1)
    Space.objects.filter(pk=space.pk).update(slug="gone")
    assert write_yaml(fetch(store(told))) == write_yaml(told)


def test_a_space_does_not_begin_after_the_day_of_its_file():
    data = example()
    _found, faults = read_changed(data | {"space": data["space"] | {"founded_on": "2026-01-01"}})
    assert [fault.sentence.partition(" ")[0] for fault in faults] == ["space,"]


def test_what_was_exported_can_be_imported_elsewhere_and_exported_again():
    told = document()
    first = write_json(fetch(store(told)))
    other = replace(told.space, slug="elsewhere")
    data = write_json(replace(fetch(Space.objects.get()), space=other))

    again, faults = read(data)
    second = write_json(fetch(store(again)))

    assert faults == []
    assert second.replace(b'"elsewhere"', b'"lower-leg-circle"') == first


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(told=documents())
def test_any_file_that_can_be_said_is_kept_and_given_back(told):
    with transaction.atomic():
        found = fetch(store(told))
        transaction.set_rollback(True)

    assert found == told
    assert write_yaml(found) == write_yaml(told)


def test_queries_are_the_same_for_one_story_and_for_ten(django_assert_num_queries):
    small = example()
    small["space"]["slug"] = "small"
    small["stories"] = [story(small, "S3")]
    small["flows"] = [flow for flow in small["flows"] if flow["from"].startswith("S3.")]
    small["framing"][1]["caused_by"] = []
    one, ten = store(changed(small)), store(document())

    for space in (one, ten):
        with django_assert_num_queries(22):
            fetch(space)


def test_people_come_with_access_leadership_and_levels():
    space = store(document())
    fresh = Membership.objects.get(space=space, ref="P09")
    denise = Membership.objects.get(space=space, ref="X1")
    tomasz = Membership.objects.get(space=space, ref="P02")

    assert {role.role for role in tomasz.roles.all()} == {
        Role.FACILITATOR,
        Role.PARTICIPANT,
        "community_keepers",
    }
    assert [(level.level, level.until) for level in fresh.levels.all()] == [
        ("peripheral", dt.date(2025, 5, 13)),
        ("occasional", dt.date(2025, 11, 11)),
        ("active", None),
    ]
    assert (denise.outside, [role.role for role in denise.roles.all()]) == (True, [Role.SPONSOR])
    assert not Membership.objects.exclude(person=None).exists()


def test_stories_come_as_their_tellers_left_them():
    data = example()
    story(data, "S1")["consent"]["withdrawn_on"] = "2025-12-01"
    story(data, "S2")["consent"]["audience"] = ["teller_collector"]
    del story(data, "S3")["consent"]
    story(data, "S4")["consents"] = [
        {"audience": ["public"], "attribution": "named", "given_on": "2025-05-01"},
        {"audience": ["space"], "attribution": "role", "given_on": "2025-06-01"},
    ]
    del story(data, "S4")["consent"]
    store(changed(data))
    told = {row.ref: row for row in Story.objects.select_related("consent", "teller")}

    assert (told["S1"].state, told["S1"].withdrawn_on) == (
        StoryState.WITHDRAWN,
        dt.date(2025, 12, 1),
    )
    assert told["S2"].state == told["S3"].state == StoryState.WITH_TELLER
    assert (told["S4"].state, told["S4"].consent.audience) == (StoryState.APPROVED, {"space"})
    assert told["S5"].consent.given_on == told["S5"].told_on
    assert told["S5"].consent.given_on_stated is False
    assert told["S6"].versions.get().content["moments"][0]["ref"] == "S6.1"


def test_of_a_withdrawn_story_no_word_leaves_and_its_shape_stays():
    data = example()
    story(data, "S1")["consent"]["withdrawn_on"] = "2025-12-01"

    found = write_yaml(fetch(store(changed(data)))).decode()

    again, faults = read(found.encode())
    withdrawn = again.stories[0]
    assert faults == []
    assert (withdrawn.id, withdrawn.title, len(withdrawn.steps)) == ("S1", "A withdrawn story", 9)
    for step in example()["stories"][0]["steps"]:
        assert step["text"] not in found
    assert "sickness" in found and "wound-care week" not in found


def test_reframing_is_taken_up_by_the_version_it_caused():
    space = store(document())
    uptake = Uptake.objects.get(framing_number=2)
    flow = Flow.objects.get(space=space, kind="reframing")

    assert (uptake.moment.ref, uptake.taken_up_on) == ("S9.5", dt.date(2025, 10, 14))
    assert (flow.source.ref, flow.target, flow.framing_number) == ("S9.5", None, 2)
    assert FramingVersion.objects.get(number=2).reframings.get().led_here


def test_hopes_end_where_they_are_dropped():
    data = example()
    data["framing"][1]["aspirations_dropped"] = ["A-IMM"]
    space = store(changed(data))
    second = FramingVersion.objects.get(space=space, number=2)

    assert Aspiration.objects.get(key="A-IMM").dropped_in == second
    assert fetch(space).framing[1].aspirations_dropped == ("A-IMM",)


def test_a_corrected_value_keeps_what_it_was():
    data = example()
    data["indicators"][2]["superseded"] = [
        {"period": "2025-Q1", "value": [29, 75], "corrected_on": "2025-05-01", "reason": "twice"}
    ]
    space = store(changed(data))
    old = Observation.objects.get(superseded_by__isnull=False)

    assert (old.value, old.superseded_by.value) == ([29, 75], [27, 75])
    assert Indicator.objects.get(space=space, ref="I3").observations.current().count() == 5
    assert fetch(space).indicators[2].superseded[0].reason == "twice"


def test_summaries_and_loops_are_there_at_once():
    space = store(document())

    assert Tally.objects.in_space(space).exists()
    assert LoopReading.objects.in_space(space).for_audience("organisation").count() == 9


def test_nothing_is_stored_when_it_breaks_half_way():
    told = document()
    broken = replace(told, flows=(*told.flows, replace(told.flows[0], asked_on="never")))

    with pytest.raises(Exception, match="never"), transaction.atomic():
        store(broken)

    assert not Space.objects.exists()
    assert not Moment.objects.exists()


@pytest.mark.parametrize("slug", ["new", "import", "lower-leg-circle"])
def test_an_address_in_use_is_a_fault(slug):
    told = document()
    store(told)
    wanted = replace(told, space=replace(told.space, slug=slug))

    (fault,) = address_faults(wanted)

    assert (fault.record, fault.field, fault.value) == ("space", "slug", slug)
