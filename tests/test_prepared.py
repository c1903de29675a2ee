import datetime as dt
import threading

import pytest
from django.db import connection, connections

from learningspaces.lib.prepared import Prepared
from spaces.models import Membership, Space
from tests import make

pytestmark = pytest.mark.django_db

LEFT_BY = Prepared(
    lambda space, day: Membership.objects.filter(space=space, left_on__lte=day).values_list("name"),
    space=-1,
    day=dt.date(1901, 1, 1),
)
NAMED = Prepared(lambda name: Space.objects.filter(name=name), name="?")


def test_prepared_query_is_asked_with_other_values_each_time(space, django_assert_num_queries):
    other = make.space()
    make.membership(space, name="Ana", left_on=dt.date(2025, 5, 1))
    make.membership(other, name="Ben", left_on=dt.date(2025, 5, 1))

    with django_assert_num_queries(3):
        assert LEFT_BY.rows(space=space.pk, day=dt.date(2025, 5, 1)) == [("Ana",)]
        assert LEFT_BY.rows(space=other.pk, day=dt.date(2025, 5, 1)) == [("Ben",)]
        assert LEFT_BY.rows(space=space.pk, day=dt.date(2025, 4, 30)) == []


def test_prepared_query_gives_whole_rows_of_its_model(space):
    found = NAMED.first(name=space.name)

    assert found == space
    assert found.stall_after_days == space.stall_after_days
    assert NAMED.first(name="nobody's") is None


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no days, only text")
def test_prepared_query_keeps_no_day_of_its_own(space):
    current = Prepared(lambda space: Membership.objects.current().filter(space=space), space=-1)

    with pytest.raises(ValueError, match="A day stands in the query"):
        current.rows(space=space.pk)


def test_prepared_query_fetches_along_what_its_queryset_does(space, django_assert_num_queries):
    make.membership(space, name="Ana")
    joined = Prepared(
        lambda space: Membership.objects.filter(space=space).select_related("space"), space=-1
    )

    for _twice in range(2):
        with django_assert_num_queries(1):
            assert [found.space.name for found in joined.rows(space=space.pk)] == [space.name]


def test_prepared_query_is_asked_by_many_threads_each_on_its_own_connection(space):
    found = NAMED.first(name=space.name)
    others = []

    def ask():
        try:
            others.append(NAMED._asked({"name": "x"}).query.get_compiler().connection)
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert found == space
    assert others[0] is not connections["default"]
