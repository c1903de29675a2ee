import pytest

from learningspaces.lib.many import any_of
from learningspaces.lib.public_ids import ALPHABET, is_public_id, new_public_id
from tests import make
from valuecreation.models import Story


def test_ids_are_random_and_known_for_what_they_are():
    ids = {new_public_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(map(is_public_id, ids))
    assert {letter for one in ids for letter in one} == set(ALPHABET)


@pytest.mark.parametrize(
    "text", ["", "S1", "2345678\0bcdf", "ABCDFGHJKMNP", "23456789bcdfg", "²" * 12]
)
def test_nothing_else_is_looked_for(text):
    assert not is_public_id(text)


def test_any_number_of_numbers_is_one_parameter(db):
    told = make.story()
    make.story()
    assert list(Story.objects.filter(pk__in=any_of([told.pk, *range(10**6, 10**6 + 3000)]))) == [
        told
    ]
    assert not Story.objects.filter(pk__in=any_of([])).exists()
