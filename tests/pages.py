"""What every page is asked: does reading write nothing, and do its parts fit?"""

import re
from contextlib import contextmanager

from django.db import connection

HTMX = {"HX-Request": "true"}


@contextmanager
def reading_only():
    """Any statement but a reading one is an error inside."""

    def refuse(execute, sql, params, many, context):
        if not sql.lstrip(" (\n").upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "WITH")):
            raise AssertionError(f"a page that only reads wrote: {sql[:120]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def assert_targets_exist(page: str) -> None:
    """Every hx-target="#x" names an element of the page."""
    for name in re.findall(r'hx-target="#([^"]+)"', page):
        assert f'id="{name}"' in page
