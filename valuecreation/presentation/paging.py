"""Keyset paging of stories, both ways: as quick on the last page as on the first."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.http import QueryDict

from learningspaces.lib.prepared import Prepared
from learningspaces.lib.public_ids import is_public_id
from valuecreation.models import Story

SIZE = 20


@dataclass(frozen=True)
class Page:
    """Some stories, and the query strings that lead to older and newer ones."""

    stories: list
    older: str = ""
    newer: str = ""


def newest(space, person, query: QueryDict) -> Page:
    """The first page of all that a person may read in a space: a query compiled once."""
    asked = newest_read_as(space.audience_of(person) if space.roles_of(person) else "")
    found = asked.rows(space=space.pk, person=person.pk, day=space.today)
    return _page(found[:SIZE], query, older=len(found) > SIZE, newer=False)


@cache
def newest_read_as(audience: str) -> Prepared:
    """The newest stories that somebody may read as one of an audience, and one more."""

    def compose(space, person, day):
        readable = Story.objects.read_as(audience, space=space, person=person, on=day)
        return readable.with_tellers().newest_first()[: SIZE + 1]

    return Prepared(compose, space=-101, person=-102, day=dt.date(1901, 2, 3))


def page_of(stories, readable, query: QueryDict, *, size: int = SIZE) -> Page:
    """The page of `stories` beside the one a query names by its random id.

    The id says nothing about the day a story was told, which not every reader may know.
    """
    backwards = "newer" in query
    beside = query.get("newer") or query.get("older") or ""
    edge = readable.at_address(beside).first() if is_public_id(beside) else None
    if edge and backwards:
        found = list(stories.newer_than(edge).in_listed_order()[: size + 1])
        rows, more = found[:size][::-1], len(found) > size
        return _page(rows, query, older=True, newer=more)
    if edge:
        stories = stories.older_than(edge)
    found = list(stories.newest_first()[: size + 1])
    return _page(found[:size], query, older=len(found) > size, newer=bool(edge))


def _page(rows, query, *, older: bool, newer: bool) -> Page:
    if not rows:
        return Page([])
    return Page(
        rows,
        older=_with(query, older=rows[-1].public_id) if older else "",
        newer=_with(query, newer=rows[0].public_id) if newer else "",
    )


def _with(query: QueryDict, **beside) -> str:
    changed = query.copy()
    for name in ("older", "newer"):
        changed.pop(name, None)
    changed.update(beside)
    return f"?{changed.urlencode()}"
