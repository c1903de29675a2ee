"""Every rule of the space file, broken once: the sentence names record, field and mend."""

import pytest

from tests.spacefile.example import example, flow, person, read, sign, step, story


def a_new_story(data, **changes):
    told = {
        "id": "S11",
        "title": "Another",
        "kind": "specific",
        "teller": "P04",
        "told_on": "2025-12-01",
        "steps": [],
    }
    data["stories"].append(told | changes)


def a_step(**changes):
    return {
        "n": 1,
        "date": "2025-06-01",
        "cycle": "applied",
        "polarity": "positive",
        "loc": "in_practice",
        "agent": "P04",
        "for": "patients",
        "text": "Something happened.",
    } | changes


def drop(record, key):
    del record[key]


FLOW_22 = "flow 22 (S4.1 to S4.3)"
# What is changed in the worked example; then record, field and a part of how to mend it.
SPACE = [
    (lambda d: drop(d, "as_of"), "The file", "as_of", "Add the key as_of"),
    (lambda d: d.update(as_of="31/12/2025"), "The file", "as_of", "as in 2025-02-11"),
    (lambda d: d.update(colour="blue"), "The file", "colour", "begin it with x-"),
    (lambda d: d.update(flow=[]), "The file", "flow", "Did you mean flows?"),
    (lambda d: d.update(format="minutes"), "The file", "format", "learning-space"),
    (lambda d: d.update(version=2), "The file", "version", "Save it as version 1"),
    (lambda d: d.update(space=[]), "space", "", "Write its keys"),
    (lambda d: d.update(stories={}), "The file", "stories", "after a dash"),
    (lambda d: d["space"].update(slug="Lower Leg"), "space", "slug", "small letters"),
    (lambda d: d["space"].update(name=" "), "space", "name", "Write a few words"),
    (lambda d: d["space"].update(on=1), "space", "on", "Delete it"),
    (lambda d: d["space"].update(governance="central"), "space", "governance", "centralized"),
    (lambda d: d["space"].update(structure_kind=["club"]), "space", "structure_kind, 1", "pair"),
    (lambda d: d["space"].update(min_group_size=0), "space", "min_group_size", "Write a number"),
    (lambda d: d["space"]["stall_after_days"].update(orienting=9), "space", "stall_after", "Write"),
    (lambda d: d["space"]["stall_after_days"].update(applied=0), "space", "applied", "Write a num"),
    (lambda d: d["other_spaces"][0].update(link_via=["P77"]), "other space", "link_via, 1", "Add"),
    (lambda d: d["other_spaces"].append(d["other_spaces"][0]), "other space", "slug", "its own"),
]
PEOPLE = [
    (lambda d: person(d, "P02").update(id="P01"), "participant P01", "id", "Give each its own"),
    (lambda d: d["outside"][0].update(id="P01"), "outside P01", "id", "Give each its own"),
    (lambda d: person(d, "P02").update(id="p02"), "participant p02", "id", "capital letter"),
    (lambda d: person(d, "P02").update(roles=["boss"]), "participant P02", "roles, 1", "convener"),
    (
        lambda d: person(d, "P02").update(joined="2026-01-01"),
        "participant P02",
        "joined",
        "earlier",
    ),
    (
        lambda d: person(d, "P09")["levels"].reverse(),
        "participant P09",
        "levels, 2",
        "Put the levels in order",
    ),
    (lambda d: person(d, "P09").update(levels=["core"]), "participant P09", "levels, 1", "pairs"),
    (lambda d: d["outside"][0].update(role="boss"), "outside X1", "role", "sponsor"),
    (lambda d: person(d, "P02").update(name=75), "participant P02", "name", '"75"'),
]
FRAMING = [
    (lambda d: d["framing"].reverse(), "framing 1", "number", "in order"),
    (lambda d: d["framing"][1].update(agreed_on="2025-01-20"), "framing 2", "agreed_on", "order"),
    (lambda d: d["framing"][1].update(caused_by=["S9.9"]), "framing 2", "caused_by, 1", "S1.4"),
    (lambda d: d["framing"][1].update(caused_by=["S8.6"]), "framing 2", "caused_by, 1", "happened"),
    (
        lambda d: d["framing"][1].update(aspirations_dropped=["A-X"]),
        "framing 2",
        "aspirations_dropped, 1",
        "ends here",
    ),
    (
        lambda d: d["framing"][1]["aspirations_added"][0].update(key="A-APP"),
        "framing 2, aspiration A-APP",
        "cycle",
        "key of its own",
    ),
    (
        lambda d: d["framing"][0]["aspirations"][1].update(key="A-IMM"),
        "framing 1, aspiration A-IMM",
        "key",
        "Give each its own",
    ),
    (
        lambda d: d["framing"][0]["assumptions"][0].update(about="A-REA2"),
        "framing 1, assumption 1",
        "about",
        "key of an aspiration",
    ),
    (
        lambda d: d["framing"][0]["assumptions"][0].update(state=False),
        "framing 1, assumption 1",
        "state",
        'Put it in quotes: "false"',
    ),
    (
        lambda d: d["framing"][0]["uncertainties"][0].update(state="closed"),
        "framing 1, uncertainty U1",
        "state",
        "open, explored",
    ),
]
INDICATORS = [
    (lambda d: sign(d, "I2")["obs"].update({"2025-Q5": 1}), "indicator I2, 2025-Q5", "obs", "such"),
    (
        lambda d: sign(d, "I2")["obs"].update({"2025-Q1": [27, 26]}),
        "I2, 2025-Q1",
        "obs",
        "part fir",
    ),
    (lambda d: sign(d, "I2")["obs"].update({"2025-Q1": 26}), "I2, 2025-Q1", "obs", "[21, 29]"),
    (lambda d: sign(d, "I5")["obs"].update({"2025-Q1": -1}), "I5, 2025-Q1", "obs", "0 or more"),
    (lambda d: sign(d, "I5").update(kind="yes_no"), "I5, 2025-Q4", "obs", "true or false"),
    (lambda d: sign(d, "I3").update(baseline=[3, 2]), "indicator I3", "baseline", "part first"),
    (lambda d: sign(d, "I3").update(target=175), "indicator I3", "target", "from 0 to 100"),
    (lambda d: sign(d, "I3").update(aspiration="A-X"), "indicator I3", "aspiration", "key of an"),
    (lambda d: sign(d, "I3").update(cycle="realized"), "indicator I3", "cycle", "Write applied"),
    (lambda d: sign(d, "I3").update(steward="P44"), "indicator I3", "steward", "Add the person"),
    (lambda d: sign(d, "I3").update(id="I2"), "indicator I2", "id", "Give each its own"),
    (lambda d: sign(d, "I3").update(direction="left"), "indicator I3", "direction", "up, down"),
    (
        lambda d: sign(d, "I6").update(levels=["none", "some"]),
        "I6, 2025-Q1",
        "obs",
        "that is on it",
    ),
    (lambda d: sign(d, "I5").update(scale_min=3, scale_max=2), "I5", "scale_max", "lower end"),
    (
        lambda d: sign(d, "I5").update(
            superseded=[{"period": "2023", "corrected_on": "2025-01-01"}]
        ),
        "indicator I5, superseded 1",
        "period",
        "value that holds",
    ),
]
STORIES = [
    (lambda d: story(d, "S1").update(teller="P99"), "story S1", "teller", "Add the person"),
    (lambda d: story(d, "S1").update(teller="group"), "story S1", "teller", "capital letter"),
    (lambda d: story(d, "S1").update(collector="P04"), "story S1", "collector", "or nobody"),
    (lambda d: story(d, "S2").update(id="S1"), "story S1", "id", "Give each its own"),
    (lambda d: story(d, "S1").update(told_on="2026-01-01"), "story S1", "told_on", "correct"),
    (
        lambda d: story(d, "S1").update(followed_up_on="2025-04-01"),
        "story S1",
        "followed_up",
        "lat",
    ),
    (lambda d: story(d, "S1").update(framing_version=3), "story S1", "framing_version", "number"),
    (lambda d: story(d, "S1").update(framing_version=2), "story S1", "framing_version", "earlier"),
    (lambda d: story(d, "S1").update(strength="strong"), "story S1", "strength", "asserted"),
    (lambda d: story(d, "S1").update(title=None), "story S1", "title", "Add the key title"),
    (lambda d: story(d, "S1").update(title="x" * 20001), "story S1", "title", "Shorten"),
    (lambda d: story(d, "S1").update(other_factors="a\x07"), "story S1", "other_factors", "Delete"),
    (
        lambda d: story(d, "S8").update(third_parties=[{"person": "P09", "steps": [9]}]),
        "story S8, third party 1",
        "steps, 1",
        "one of its steps",
    ),
]
CONSENTS = [
    (
        lambda d: story(d, "S1")["consent"].update(audience=["staff"]),
        "story S1, consent",
        "audience, 1",
        "teller_collector",
    ),
    (
        lambda d: story(d, "S1")["consent"].update(audience=["named_people"]),
        "story S1, consent",
        "people",
        "at least one",
    ),
    (
        lambda d: story(d, "S1")["consent"].update(people=["X1"]),
        "story S1, consent",
        "people",
        "Add named people",
    ),
    (
        lambda d: story(d, "S1")["consent"].update(expires_on="2025-01-01"),
        "story S1, consent",
        "expires_on",
        "later one",
    ),
    (
        lambda d: story(d, "S1")["consent"].update(
            given_on="2025-05-01", withdrawn_on="2025-04-30"
        ),
        "story S1, consent",
        "withdrawn_on",
        "later one",
    ),
    (
        lambda d: story(d, "S1").update(consents=[story(d, "S1")["consent"]]),
        "story S1",
        "consents",
        "delete consent",
    ),
    (
        lambda d: a_new_story(
            d,
            consents=[
                {"audience": ["space"], "attribution": "role", "given_on": "2025-12-05"},
                {"audience": ["public"], "attribution": "role", "given_on": "2025-12-04"},
            ],
        ),
        "story S11, consent 2",
        "given_on",
        "later day",
    ),
]
STEPS = [
    (lambda d: step(d, "S1.2").update(agent="P99"), "story S1, step 2", "agent", "add the person"),
    (lambda d: step(d, "S1.2").update({"for": "P99"}), "story S1, step 2", "for", "patients"),
    (lambda d: step(d, "S1.2").update({"for": "Patients"}), "story S1, step 2", "for", "patients"),
    (lambda d: step(d, "S1.2").update(date="2025-02-30"), "story S1, step 2", "date", "as in"),
    (lambda d: step(d, "S1.2").update(date="2025-01-20"), "step 2", "date", "Choose a later day"),
    (
        lambda d: step(d, "S8.5").update(date="2026-01-20"),
        "step 5",
        "date",
        "Choose one up to 31 December 2025",
    ),
    (lambda d: step(d, "S1.9").update(date="2025-07-01"), "step 9", "date", "followed_up_on"),
    (lambda d: drop(step(d, "S1.2"), "date"), "story S1, step 2", "date", "choose a month"),
    (
        lambda d: step(d, "S1.2").update(due="2026-02-01"),
        "story S1, step 2",
        "due",
        "Leave this empty",
    ),
    (lambda d: drop(step(d, "S4.2"), "due"), "story S4, step 2", "due", "by when"),
    (
        lambda d: step(d, "S4.2").update(date="2025-04-10"),
        "story S4, step 2",
        "date",
        "hope for it by",
    ),
    (lambda d: step(d, "S1.2").update(date_precision="month"), "step 2", "date", "2025-02-01"),
    (lambda d: step(d, "S1.2").update(cycle="reframing"), "step 2", "cycle", "immediate"),
    (lambda d: step(d, "S1.2").update(polarity="good"), "step 2", "polarity", "positive"),
    (lambda d: step(d, "S1.2").update(subtype="joy"), "step 2", "subtype", "insight_skill"),
    (lambda d: step(d, "S1.2").update(loc="other_space"), "step 2", "other_space", "which space"),
    (lambda d: step(d, "S7.2").update(loc="in_practice"), "step 2", "other_space", "which space"),
    (lambda d: step(d, "S7.2").update(other_space="elsewhere"), "step 2", "other_space", "Add it"),
    (lambda d: step(d, "S1.2").update(n=1), "story S1, step 1", "n", "in order"),
    (lambda d: step(d, "S1.2").update(id="S2.1"), "story S2, step 1", "n", "correct the flows"),
    (lambda d: step(d, "S1.4").update(indicators=["I99"]), "step 4", "indicators, 1", "leave it"),
    (lambda d: step(d, "S1.2").update(text=""), "story S1, step 2", "text", "Say in a sentence"),
    (lambda d: step(d, "S1.2").update(txet=""), "story S1, step 2", "txet", "Did you mean text?"),
    (lambda d: step(d, "S4.2").update(was_hoped=True), "step 2", "was_hoped", "once it happened"),
]
FLOWS = [
    (lambda d: d["flows"][3].update(to="S1.99"), "flow 4 (S1.4 to S1.99)", "to", "step's number"),
    (lambda d: d["flows"][3].update(kind="sideways"), "flow 4 (S1.4 to S1.5)", "kind", "forward"),
    (lambda d: d["flows"][3].update(to="S2.1"), "flow 4 (S1.4 to S2.1)", "to", "dates"),
    (lambda d: step(d, "S1.5").update(loc="in_practice"), "flow 4", "kind", "forward"),
    (lambda d: step(d, "S1.4").update(loc="in_space"), "flow 4", "kind", "forward"),
    (lambda d: d["flows"][0].update(kind="cross_space"), "flow 1", "kind", "forward"),
    (lambda d: drop(d["flows"][0], "to"), "flow 1 (from S1.1)", "to", "Choose the moment"),
    (lambda d: flow(d, "S4.1", "S4.3").update(status="happened"), FLOW_22, "status", "awaited"),
    (lambda d: d["flows"][0].update(status="awaited"), "flow 1", "status", "this happened"),
    (lambda d: d["flows"][1].update(d["flows"][0]), "flow 2 (S1.1 to S1.2)", "to", "Keep one"),
    (lambda d: flow(d, "S4.1", "S4.3").update(reason="lazy"), FLOW_22, "reason", "no_time"),
    (lambda d: flow(d, "S4.1", "S4.3").update(reason="other"), FLOW_22, "note", "in a few words"),
    (lambda d: flow(d, "S4.1", "S4.3").update(confirmed="stalled"), FLOW_22, "asked_on", "Add"),
    (lambda d: flow(d, "S4.1", "S4.2").update(asked_by="P99"), "flow 21", "asked_by", "Add the"),
    (
        lambda d: flow(d, "S4.1", "S4.2").update(asked_on="2026-09-09"),
        "flow 21",
        "asked_on",
        "earl",
    ),
    (lambda d: flow(d, "S9.5", "FRAMING-2").update(to="FRAMING-3"), "FRAMING-3", "to", "version"),
    (lambda d: flow(d, "S9.5", "FRAMING-2").update(kind="forward"), "S9.5", "kind", "reframing"),
    (lambda d: flow(d, "S9.5", "FRAMING-2").update(to="S9.1"), "S9.5", "kind", "name the version"),
    (lambda d: step(d, "S9.5").update(date="2025-10-15"), "S9.5 to FRAMING-2", "to", "dates"),
    (
        lambda d: d["flows"].append({"from": "S1.2", "to": "S1.1", "kind": "forward"}),
        "flow 53 (S1.2 to S1.1)",
        "to",
        "turn one of them round",
    ),
]
ALL = [*SPACE, *PEOPLE, *FRAMING, *INDICATORS, *STORIES, *CONSENTS, *STEPS, *FLOWS]


@pytest.mark.parametrize(("change", "record", "field", "mend"), ALL)
def test_broken_rule_is_named_with_record_field_and_mend(change, record, field, mend):
    data = example()
    change(data)

    found, faults = read(data)

    assert found is None
    sentences = [fault.sentence for fault in faults]
    assert any(
        record in fault.record and field in fault.field and mend in fault.mend for fault in faults
    ), sentences
    assert all(fault.record in fault.sentence for fault in faults)
    assert all(len(sentence) < 500 for sentence in sentences)
