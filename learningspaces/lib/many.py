"""Thousands of numbers as one parameter of a query, on both databases."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL


def any_of(numbers: Collection[int]) -> RawSQL:
    """What `field__in=` takes instead of a long list, of which Django would adapt every number."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(numbers))])
