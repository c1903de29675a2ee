"""Two framings side by side, without any database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from framing.changes import FrameStatement, FramingContent, compare
from valuecreation.cycles import Cycle


def frame(difference="Heal sooner.", uncertainties=(), **hopes):
    said = {key.replace("_", "-"): FrameStatement(*words) for key, words in hopes.items()}
    return FramingContent(difference, dict(uncertainties), said)


def kinds(changes):
    return {c.key: c.kind for found in changes.aspirations.values() for c in found}


def test_nothing_changed_when_both_say_the_same():
    same = frame(uncertainties=[("U1", "Who?")], A_IMM=("immediate", "group", "An hour."))
    assert compare(same, same).is_same


def test_hopes_are_added_kept_dropped_and_put_differently():
    before = frame(
        A_IMM=("immediate", "member", "An hour."),
        A_APP=("applied", "group", "Within 14 days."),
        A_REA=("realized", "group", "Closed."),
    )
    after = frame(
        A_IMM=("immediate", "member", "An hour."),
        A_REA=("realized", "group", "Closed or eased."),
        A_REA2=("realized", "affected_people", "A goal reached."),
    )
    assert kinds(compare(before, after)) == {
        "A-IMM": "kept",
        "A-APP": "dropped",
        "A-REA": "reworded",
        "A-REA2": "added",
    }


def test_difference_and_uncertainties_are_compared_too():
    changes = compare(
        frame("Heal sooner.", [("U1", "Which legs?"), ("U3", "How?")]),
        frame("Live better.", [("U3", "How?"), ("U4", "What counts?")]),
    )
    assert changes.difference.kind == "reworded"
    assert [(c.key, c.kind) for c in changes.uncertainties] == [
        ("U1", "dropped"),
        ("U3", "kept"),
        ("U4", "added"),
    ]
    assert not changes.is_same


texts = st.sampled_from(["Sooner.", "Later.", ""])
frames = st.builds(
    FramingContent,
    texts,
    st.dictionaries(st.sampled_from(["U1", "U2", "U3"]), texts),
    st.dictionaries(
        st.sampled_from(["A", "B", "C"]),
        st.builds(FrameStatement, st.sampled_from(Cycle.values), st.just("group"), texts),
    ),
)
OPPOSITE = {"added": "dropped", "dropped": "added", "kept": "kept", "reworded": "reworded"}


@settings(max_examples=100)
@given(frames, frames)
def test_way_back_is_the_way_there_turned_round(one, other):
    there, back = compare(one, other), compare(other, one)
    turned = {
        (cycle, c.key): OPPOSITE[c.kind]
        for cycle, found in there.aspirations.items()
        for c in found
    }
    assert turned == {
        (cycle, c.key): c.kind for cycle, found in back.aspirations.items() for c in found
    }
    assert {c.key: OPPOSITE[c.kind] for c in there.uncertainties} == {
        c.key: c.kind for c in back.uncertainties
    }
    assert there.is_same == (one == other)
