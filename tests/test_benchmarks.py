"""The space that the benchmarks fill obeys the rules, so that what they measure can be real."""

import pytest

from benchmarks.app import exported, imported, wrong_totals
from benchmarks.seed import Seed
from valuecreation.models import Story, StoryState


@pytest.fixture
def seeded(db):
    return Seed("seeded", 30).fill()


def test_seeded_space_can_be_exported_and_imported(seeded):
    space, faults = imported(exported(seeded))

    assert faults == []
    finished = Story.objects.in_space(seeded).exclude(state=StoryState.DRAFT)
    assert Story.objects.in_space(space).count() == finished.count() == 29


def test_seeded_space_has_its_totals(seeded):
    assert wrong_totals(seeded) == {}
