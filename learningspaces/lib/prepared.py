"""Queries that every page asks: composed and compiled once, then asked with other values."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet


class Placeholder(NamedTuple):
    """One parameter of a compiled query: the value it takes by name, or the one it always has."""

    name: str | None
    fixed: Any
    as_text: bool

    def filled(self, values: dict[str, Any]) -> Any:
        if self.name is None:
            return self.fixed
        return str(values[self.name]) if self.as_text else values[self.name]


class Prepared:
    """A query written as a queryset, whose SQL is kept, so that asking it costs next to nothing.

    `compose` gives the queryset for named values. The samples stand for these values while it is
    compiled; each must be a value that occurs nowhere else in the query.
    """

    def __init__(self, compose: Callable[..., QuerySet], **samples: Any):
        self.compose = compose
        self.samples = samples
        self.kept: dict[str, tuple[QuerySet, Any, str, list[Placeholder]]] = {}

    def rows(self, **values: Any) -> list:
        """The rows found, as the queryset gives them."""
        return list(self._asked(values))

    def first(self, **values: Any) -> Any:
        """The first row found; None if there is none."""
        return next(iter(self._asked(values)), None)

    def sql(self, **values: Any) -> tuple[str, tuple]:
        """The query's SQL and its parameters, to stand within a larger one."""
        _found, _compiler, sql, places = self._kept()
        return sql, tuple(place.filled(values) for place in places)

    def _asked(self, values: dict[str, Any]) -> QuerySet:
        """The queryset with its kept SQL; only to be read, for a narrower one would keep it too."""
        found, compiler, sql, places = self._kept()
        ready = copy.copy(compiler)
        ready.connection = connections[DEFAULT_DB_ALIAS]  # each thread has one of its own
        given = tuple(place.filled(values) for place in places)
        ready.as_sql = lambda *_args, **_kwargs: (sql, given)
        rows = found.all()
        rows.query.get_compiler = lambda *_args, **_kwargs: ready  # type: ignore[method-assign]
        return rows

    def _kept(self) -> tuple[QuerySet, Any, str, list[Placeholder]]:
        if connection.vendor not in self.kept:
            self.kept[connection.vendor] = self._compile()
        return self.kept[connection.vendor]

    def _compile(self) -> tuple[QuerySet, Any, str, list[Placeholder]]:
        """The query, its compiler and SQL, and for each parameter where its value comes from."""
        found = self.compose(**self.samples)
        compiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, given = compiler.as_sql()
        places = [self._place(value) for value in given]
        if any(place.name is None and isinstance(place.fixed, dt.date) for place in places):
            raise ValueError("A day stands in the query that is not among its named values.")
        return found, compiler, sql, places

    def _place(self, value: Any) -> Placeholder:
        for name, sample in self.samples.items():
            if value == sample and type(value) is type(sample):
                return Placeholder(name, None, as_text=False)
            if value == str(sample):
                return Placeholder(name, None, as_text=True)
        return Placeholder(None, value, as_text=False)
