"""The worked example read on its own day; what is expected here was worked out by hand."""

import datetime as dt
import json

import pytest

from evaluation.readings import indicator_readings
from tests import rows
from valuecreation.loops.readings import readings

DAY = dt.date(2025, 12, 31)
NAMES = ("from", "to", "status", "root", "length", "leads_to", "spiral", "reaches_reframing")
RETURNS = [
    ("S1.4", "S1.5", "closed", "rooted", "long", ["S7.3->S7.5"], True, False),
    ("S1.8", "S1.9", "closed", "rooted", "long", ["S9.4->S9.5"], True, True),
    ("S2.4", "S2.5", "open", "rooted", "long", [], False, False),
    ("S5.3", "S5.4", "closed", "rooted", "long", ["S8.2->S8.4"], True, False),
    ("S6.4", "S6.5", "closed", "rooted", "long", [], False, False),
    ("S7.3", "S7.5", "closed", "rooted", "long", [], False, False),
    ("S8.2", "S8.4", "closed", "rooted", "long", [], False, False),
    ("S9.4", "S9.5", "closed", "rooted", "long", [], False, True),
    ("S10.1", "S10.2", "closed", "practice_born", "short", ["S10.4->S10.5"], True, False),
    ("S10.4", "S10.5", "closed", "rooted", "long", [], False, False),
]
FOR_ORGANISATION = [row for row in RETURNS if row[0] != "S5.3"]
FOR_ORGANISATION[5] = ("S8.2", "S8.4", "no_applied", "practice_born", "long", [], False, False)
BY_CYCLE = {  # actual: positive, negative, mixed, nil; hoped: all of them positive
    "immediate": ((5, 2, 3, 0), 0),
    "potential": ((12, 0, 0, 0), 0),
    "applied": ((11, 0, 0, 0), 1),
    "realized": ((6, 1, 0, 0), 2),
    "enabling": ((1, 0, 0, 0), 0),
    "strategic": ((2, 0, 1, 0), 1),
    "orienting": ((3, 0, 0, 0), 0),
    "transformative": ((5, 0, 0, 0), 0),
    "none": ((0, 0, 0, 0), 0),
}
MATRIX = [  # from immediate, potential, …; to immediate, potential, applied, realized, enabling,
    [1, 4, 0, 0, 0, 1, 2, 0],  # strategic, orienting, transformative
    [0, 4, 8, 0, 0, 0, 0, 1],
    [0, 2, 0, 7, 0, 0, 0, 0],
    [5, 1, 0, 0, 0, 0, 0, 1],
    [1, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 1, 1, 0, 2],
    [0, 1, 1, 0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0, 0, 0, 1],
]
KEYS = [
    "space",
    "as_of",
    "counts",
    "matrix",
    "returns",
    "quiet",
    "stalled",
    "overdue_hopes",
    "cross_space",
    "indicators",
]


def read(day=DAY, audience=None):
    data = rows.worked_example()
    indicators = indicator_readings(rows.indicator_rows(data), day=day)
    return readings(
        rows.graph_of(data),
        day=day,
        space=data["space"]["slug"],
        audience=audience,
        indicators=indicators,
    )


def shapes(returns):
    return [tuple(row[name] for name in NAMES) for row in returns]


def moments_of(rows_read):
    return [row["moment"] for row in rows_read]


def test_every_return_is_read_as_the_domain_says():
    found = read()["returns"]

    assert shapes(found) == RETURNS
    assert [row["from"] for row in found if row["through_other_space"]] == ["S7.3"]
    assert [row["from"] for row in found if row["brings_back_harm"]] == ["S5.3"]


def test_what_is_still_is_told_apart():
    found = read()

    assert found["quiet"] == [
        {"moment": "S1.7", "cycle": "applied", "days": 239, "because": ["period"]},
        {"moment": "S2.5", "cycle": "potential", "days": 113, "because": ["period"]},
    ]
    assert found["stalled"] == [
        {
            "moment": "S4.1",
            "reason": "no_authority",
            "days": 267,
            "to": "S4.2",
            "asked_on": "2025-09-09",
            "asked_by": "P02",
        }
    ]
    assert found["overdue_hopes"] == [{"moment": "S4.2", "due": "2025-07-07", "days_past_due": 177}]


def test_one_flow_goes_into_another_space():
    assert read()["cross_space"] == [
        {
            "from": "S7.1",
            "to": "S7.2",
            "status": "happened",
            "other_space": "foot-protection-network",
        }
    ]


def test_everything_is_counted():
    found = read()["counts"]

    assert (found["stories"], found["stories_withdrawn"]) == (10, [])
    assert (found["moments"], found["flows"]) == (56, 52)
    assert found["all_cycles"] == {"actual": 52, "hoped": 4}
    assert list(found["by_cycle"]) == list(BY_CYCLE)
    for cycle, (actual, hoped) in BY_CYCLE.items():
        assert tuple(found["by_cycle"][cycle]["actual"].values()) == (sum(actual), *actual)
        assert tuple(found["by_cycle"][cycle]["hoped"].values()) == (hoped, hoped, 0, 0, 0)
    assert found["flows_by_status"] == {
        "awaited": 3,
        "happened": 48,
        "blocked": 1,
        "dormant": 0,
        "abandoned": 0,
    }
    assert found["flows_by_kind"] == {
        "forward": 35,
        "return": 10,
        "cross_space": 1,
        "enabling": 5,
        "reframing": 1,
    }
    assert found["flows_happened_by_kind"] == {**found["flows_by_kind"], "forward": 31}


def test_the_matrix_leaves_the_reframing_out():
    found = read()["matrix"]

    assert found["rows_from_columns_to"] == list(BY_CYCLE)[:8]
    assert found["cells"] == MATRIX
    assert sum(map(sum, found["cells"])) == 47


def test_the_organisation_sees_neither_two_stories_nor_what_hung_on_them():
    everything, seen = read(), read(audience="organisation")

    assert shapes(seen["returns"]) == FOR_ORGANISATION
    assert seen["audience"]["stories"] == ["S1", "S2", "S3", "S6", "S7", "S8", "S9", "S10"]
    assert {ref.split(".")[0] for ref in seen["audience"]["moments"]} == set(
        seen["audience"]["stories"]
    )
    assert (seen["counts"]["moments"], seen["counts"]["flows"]) == (48, 44)
    assert len(seen["audience"]["flows"]) == everything["counts"]["flows"] - 8
    assert {"from": "S5.5", "to": "S8.1"} not in seen["audience"]["flows"]
    assert {"from": "S9.5", "to": "FRAMING-2"} in seen["audience"]["flows"]
    assert moments_of(seen["quiet"]) == ["S1.7", "S2.5"]
    assert (seen["stalled"], seen["overdue_hopes"]) == ([], [])


def test_partner_spaces_see_their_story_without_where_it_came_from():
    seen = read(audience="partner_spaces")

    assert seen["audience"]["stories"] == ["S7", "S9"]
    assert shapes(seen["returns"]) == [
        ("S7.3", "S7.5", "closed", "rooted", "short", [], False, False),
        ("S9.4", "S9.5", "closed", "rooted", "long", [], False, True),
    ]


def test_the_public_sees_one_story_and_the_space_sees_all():
    assert read(audience="public")["audience"]["stories"] == ["S9"]
    assert shapes(read(audience="space")["returns"]) == RETURNS


def test_an_earlier_day_knows_nothing_of_what_came_later():
    found = read(day=dt.date(2025, 9, 8))

    assert [row["from"] for row in found["returns"]] == ["S1.4", "S1.8", "S5.3", "S10.1"]
    assert shapes(found["returns"])[1] == (*RETURNS[1][:5], [], False, False)
    assert found["stalled"] == []
    assert moments_of(found["overdue_hopes"]) == ["S4.2"]
    assert found["counts"]["all_cycles"]["hoped"] == 2
    assert found["counts"]["stories"] == 4
    assert found["quiet"] == [
        {"moment": "S1.7", "cycle": "applied", "days": 125, "because": ["period"]},
        {"moment": "S8.1", "cycle": "strategic", "days": 76, "because": ["period"]},
    ]


@pytest.mark.parametrize("audience", [None, "organisation"])
def test_readings_have_exactly_their_keys_and_are_plain_json(audience):
    found = read(audience=audience)

    assert list(found) == KEYS + (["audience"] if audience else [])
    assert json.loads(json.dumps(found)) == found
    assert (found["space"], found["as_of"]) == ("lower-leg-circle", "2025-12-31")
    assert [*found["indicators"]] == ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9"]
