"""The worked example as read: complete, in the order of the file, and consistent with itself."""

import datetime as dt
from collections import Counter

import pytest

from spacefile.reading import read
from spacefile.writing import write_json, write_yaml
from tests.spacefile.example import PATH, document, example, step
from tests.spacefile.example import read as read_changed


def test_everything_in_the_file_is_read():
    found = document()

    assert found.as_of == dt.date(2025, 12, 31)
    assert (len(found.participants), len(found.outside)) == (12, 2)
    assert [version.number for version in found.framing] == [1, 2]
    assert [sign.id for sign in found.indicators] == [f"I{n}" for n in range(1, 10)]
    assert [told.id for told in found.stories] == [f"S{n}" for n in range(1, 11)]
    steps = [one for told in found.stories for one in told.steps]
    assert Counter(one.status for one in steps) == {"actual": 52, "hoped": 4}
    assert Counter(one.polarity for one in steps)["negative"] == 3
    assert Counter(one.polarity for one in steps)["mixed"] == 4
    assert len(found.flows) == 52
    assert Counter(way.status for way in found.flows)["happened"] == 48


def test_values_are_read_as_typed():
    found = document()
    second = found.indicators[1]

    assert second.baseline == (19, 90)
    assert second.obs[0] == ("2024-Q4", (19, 90))
    assert found.indicators[0].obs[0] == ("2024-Q4", None)
    assert found.framing[0].assumptions[0].state == "false"
    assert found.participants[8].levels[1] == (dt.date(2025, 5, 13), "occasional")
    assert found.stories[7].steps[3].engaged_by == (
        "Hanna: what would Kestrel Bay need in order to sign?",
    )
    assert found.flows[47].target == "FRAMING-2"
    assert found.stories[3].acts[0].audience == ("space",)


def test_sessions_of_the_circle_are_on_tuesdays():
    for told in document().stories:
        for one in told.steps:
            if one.date and one.loc == "in_space" and told.id != "S6":
                assert one.date.weekday() == 1


def test_writing_and_reading_again_changes_nothing():
    found = document()

    for write in (write_yaml, write_json):
        again, faults = read(write(found))
        assert faults == []
        assert again == found
        assert write(again) == write(found)


def test_written_yaml_is_for_people_to_read():
    text = write_yaml(document()).decode()

    assert text.startswith("format: learning-space\nversion: 1\nas_of: 2025-12-31\nspace:\n")
    assert "  - n: 1\n    date: 2025-02-11\n    cycle: immediate\n" in text
    assert "    2025-Q1: [26, 110]\n" in text
    assert "    note: '2025-06-20: second consent" in text
    assert "&" not in text.split("stories:")[0]


def test_shipped_example_names_nothing_outside_itself():
    assert b"domain.md" not in PATH.read_bytes()


def test_keys_of_ones_own_are_kept_at_every_level():
    data = example()
    notes = {"x-b": [1, 2.5, None, True], "x-a": {"on": "no", "b": "2025-01-01"}}
    for holder in list(every_record(data)):
        holder |= notes

    found, faults = read_changed(data)

    assert faults == []
    assert found.extras == notes
    assert found.stories[0].steps[0].extras == notes
    assert found.indicators[0].extras == notes | {"obs": notes}
    again, faults = read(write_yaml(found))
    assert faults == []
    assert again == found
    assert write_yaml(again).count(b"x-a:") == write_json(found).count(b'"x-a"')
    assert write_json(found).count(b'"x-a"') == sum(1 for __ in every_record(example()))


def every_record(value):
    if isinstance(value, dict):
        yield from [value]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from every_record(item)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("S1.2", {"for": "residents"}),
        ("S1.2", {"agent": "other_group"}),
        ("S1.2", {"engaged_by": "one text"}),
        ("S1.2", {"date": "2025-02-01", "date_precision": "month"}),
        ("S10.1", {"date": "2025-01-01", "date_precision": "quarter"}),
        ("S1.4", {"subtype": "for_patients"}),
    ],
)
def test_what_the_rules_allow_is_read(name, changes):
    data = example()
    step(data, name).update(changes)
    if name == "S1.2":
        data["flows"] = [way for way in data["flows"] if way["from"] != "S1.2"]

    assert read_changed(data)[1] == []


def test_several_consents_and_third_parties_are_read_in_order():
    data = example()
    told = data["stories"][0]
    first = told.pop("consent")
    told["consents"] = [
        first | {"given_by": "P04", "story_version": 1},
        first | {"given_on": "2025-07-01", "withdrawn_on": "2025-08-01"},
    ]
    told["third_parties"] = [{"person": "P03", "agreed_on": "2025-04-20", "steps": [2, "S1.3"]}]

    found, faults = read_changed(data)

    assert faults == []
    assert [act.given_on for act in found.stories[0].acts] == [None, dt.date(2025, 7, 1)]
    assert found.stories[0].third_parties[0].steps == (2, "S1.3")
    assert read(write_yaml(found))[0] == found


def test_levels_of_a_rubric_may_be_listed_or_numbered():
    data = example()
    sixth = data["indicators"][5]
    sixth["levels"] = ["none", "informed", "consulted", "negotiating", "co-owning"]
    listed = read_changed(data)[0].indicators[5]
    sixth["levels"] = {str(n): word for n, word in enumerate(sixth["levels"])}
    numbered = read_changed(data)[0].indicators[5]

    assert listed.wordings == numbered.wordings
    assert listed.wordings[4] == "co-owning"
