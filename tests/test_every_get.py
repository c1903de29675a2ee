"""Every page of the worked example: at most 25 queries, and reading writes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spaces.models import Person
from tests.test_access import HOLDERS, PAGES, arguments

MOST = 25
WRITING = ("INSERT", "UPDATE", "DELETE")


def writes(sql: str) -> bool:
    """True for a statement that changes rows; the rate limits' counters are no rows of ours."""
    return sql.startswith(WRITING) and "spaces_cache" not in sql


@pytest.mark.parametrize("role", list(HOLDERS))
def test_no_page_asks_more_than_25_times_and_none_writes(client, circle, role):
    client.raise_request_exception = False
    client.force_login(Person.objects.get(name__startswith=HOLDERS[role]))
    wrong = []
    for name, (where, _view) in PAGES.items():
        address = reverse(name, kwargs=arguments(name, where))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            continue
        if len(asked) > MOST:
            wrong.append((name, len(asked)))
        wrong += [(name, sql[:120]) for sql in (query["sql"] for query in asked) if writes(sql)]
    assert wrong == []
