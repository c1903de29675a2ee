"""How faults are told: all at once, shortened, counted, with their place."""

from tests.spacefile.example import example, flow, read, sign, step, story
from tests.spacefile.test_bad_files import a_new_story, a_step


def test_five_faults_are_all_told_at_once():
    data = example()
    data["x-note"] = "kept"
    data["space"]["slug"] = "No Slug"
    story(data, "S2")["teller"] = "P99"
    step(data, "S1.3")["date"] = "2024-12-24"
    sign(data, "I3")["obs"]["2025-Q2"] = [90, 78]
    flow(data, "S4.1", "S4.2")["reason"] = "laziness"

    found, faults = read(data)

    assert found is None
    assert {(fault.record, fault.field) for fault in faults} == {
        ("space", "slug"),
        ("story S2", "teller"),
        ("flow 2 (S1.2 to S1.3)", "to"),
        ("indicator I3, 2025-Q2", "obs"),
        ("flow 21 (S4.1 to S4.2)", "reason"),
    }


def test_sentence_reads_as_one():
    data = example()
    step(data, "S1.2")["agent"] = "P99"

    __, [fault] = read(data)

    assert str(fault) == (
        "story S1, step 2, agent, “P99”: Nobody with this id is in the file. "
        "Write the id of a person, group or other_group, or add the person."
    )


def test_value_is_shortened_and_escaped():
    data = example()
    story(data, "S1")["strength"] = "\u202estrong\x00\n" + "x" * 5000

    __, [fault] = read(data)

    assert fault.value == "\\u202estrong\\u0000\\n" + "x" * 39 + "…"
    assert len(fault.value) <= 60


def test_more_than_two_hundred_faults_are_counted():
    data = example()
    data["flows"] = [{"from": "S1.1", "to": f"S99.{n}", "kind": "forward"} for n in range(1, 301)]

    __, faults = read(data)

    assert len(faults) == 201
    assert "and 100 more faults" in faults[-1].sentence


def test_unreadable_field_is_not_also_called_missing():
    data = example()
    step(data, "S4.2")["due"] = "soon"

    __, faults = read(data)

    assert [(fault.record, fault.field) for fault in faults] == [("story S4, step 2", "due")]


def test_long_chains_and_large_circles_are_found():
    data = example()
    steps = [a_step(n=n) for n in range(1, 3001)]
    a_new_story(data, steps=steps)
    data["flows"] += [
        {"from": f"S11.{n}", "to": f"S11.{n % 3000 + 1}", "kind": "forward"} for n in range(1, 3001)
    ]

    __, [fault] = read(data)

    assert "S11.1 → S11.2 → S11.3 → S11.4 → …" in fault.problem


def test_fault_in_a_list_names_its_place():
    data = example()
    story(data, "S1")["consent"]["uses"] = ["learning", "learning"]

    __, [fault] = read(data)

    assert (fault.field, fault.value) == ("uses, 2", "learning")


def test_figures_of_another_period_length_are_refused_in_words():
    data = example()
    sign(data, "I5")["obs"]["2025"] = 45

    __, [fault] = read(data)

    assert (fault.record, fault.field) == ("indicator I5, 2025", "obs")
    assert "covers a quarter" in fault.problem


def test_a_smallest_group_of_two_comes_in_as_three_and_says_so():
    data = example()
    data["space"]["min_group_size"] = 2

    found, faults = read(data)

    assert faults == []
    assert found.space.min_group_size == 3
    assert "instead of 2" in found.notices[0]
