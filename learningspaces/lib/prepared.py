"""Queries that every page asks: composed and compiled once, then asked with other values."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """A query written as a queryset, whose SQL is kept, so that asking it costs next to nothing.

    `compose` gives the queryset for named values. The samples stand for these values while it is
    compiled; each must be a value that occurs nowhere else in the query.
    """

    def __init__(self, compose: Callable[..., QuerySet], **samples: Any):
        self.compose = compose
        self.samples = samples
        self.model: Any = None
        self.compiled: dict[str, tuple[str, list]] = {}

    def rows(self, **values: Any) -> list[tuple]:
        """The rows found, as plain tuples of the columns asked for."""
        sql, given = self._with(values)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def first(self, **values: Any) -> Any:
        """The first row found, as an instance of the model; None if there is none."""
        sql, given = self._with(values)
        return next(iter(self.model.objects.raw(sql, given)), None)

    def _with(self, values: dict[str, Any]) -> tuple[str, list]:
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = self._compile()
        sql, places = self.compiled[connection.vendor]
        return sql, [shape(values[name]) if name else value for name, value, shape in places]

    def _compile(self) -> tuple[str, list]:
        """The SQL, and for each parameter its name or its fixed value, and how it is given."""
        found = self.compose(**self.samples)
        self.model = found.model
        sql, given = found.query.sql_with_params()
        names: dict[Any, tuple[str, Callable[[Any], Any]]] = {
            sample: (name, _as_is) for name, sample in self.samples.items()
        }
        names |= {str(sample): (name, str) for name, sample in self.samples.items()}
        fixed: tuple[str | None, Callable[[Any], Any]] = (None, _as_is)
        places = [
            (names.get(value, fixed)[0], value, names.get(value, fixed)[1]) for value in given
        ]
        if any(name is None and isinstance(value, dt.date) for name, value, _ in places):
            raise ValueError("A day stands in the query that is not among its named values.")
        return sql, places


def _as_is(value: Any) -> Any:
    return value
