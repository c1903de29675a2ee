"""Whatever stands in a file, reading it ends in records or in sentences, never in an error."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from spacefile.reading import read
from tests.examples import scaled
from tests.spacefile.example import PATH, example
from tests.spacefile.example import read as read_changed

JUNK = [
    None, True, 0, -1, 10**14, 1.5, "", " ", "P01", "S1.1", "FRAMING-2", "FRAMING-", "2025-02-30",
    "2025-02-11", "\u0000", "\ud800", "x" * 20_001, [], [[]], [None], [1, 2], ["a", "a"], [{}],
    {}, {"x-a": {}}, {"": None}, {"id": {}}, {"id": ["P01"]}, {"n": "1"}, [{"from": 1, "to": []}],
]  # fmt: skip


def spots(value):
    """Every place in the data as (holder, key)."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(pairs):
        yield value, key
        if isinstance(item, dict | list):
            yield from spots(item)


@settings(max_examples=scaled(100), deadline=None)
@given(st.data())
def test_any_value_anywhere_is_read_or_told(data):
    changed = example()
    for __ in range(data.draw(st.integers(1, 4))):
        holder, key = data.draw(st.sampled_from(list(spots(changed))))
        holder[key] = deepcopy(data.draw(st.sampled_from(JUNK)))  # junk may get junk inside

    found, faults = read_changed(changed)

    assert (found is None) == bool(faults)
    assert all(fault.sentence.isprintable() for fault in faults)


@settings(max_examples=scaled(100), deadline=None)
@given(st.integers(0, 28_000), st.integers(0, 40), st.binary(max_size=6))
def test_any_bytes_anywhere_are_read_or_told(start, length, others):
    data = PATH.read_bytes()

    found, faults = read(data[:start] + others + data[start + length :], name=PATH.name)

    assert (found is None) == bool(faults)
    assert all(fault.sentence.isprintable() for fault in faults)
