"""The space that the benchmarks fill obeys the rules, so that what they measure can be real."""

import pytest

from benchmarks.app import wrong_totals
from benchmarks.seed import Seed
from evaluation.spacefile import read, write_yaml
from evaluation.spacefile.fetch import fetch
from evaluation.spacefile.store import store
from spaces.models import Space
from valuecreation.models import Story


@pytest.fixture
def seeded(db):
    return Seed("seeded", 30).fill()


def test_seeded_space_can_be_exported_and_imported(seeded):
    text = write_yaml(fetch(seeded)).replace(b"slug: seeded", b"slug: again")

    document, faults = read(text)

    assert faults == []
    again = store(document)
    assert (again.slug, Space.objects.count()) == ("again", 2)
    assert Story.objects.in_space(again).count() == len(document.stories) > 25


def test_seeded_space_has_its_totals(seeded):
    assert wrong_totals(seeded) == {}
