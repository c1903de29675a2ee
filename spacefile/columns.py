"""Which key of a record stands in which column of a model: one map, read in both directions."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import CharField, JSONField, TextField

from spacefile.records import keys_of
from spaces.models import Space

BATCH = 2000
SPELLED = "as_written"  # what a row keeps beside its columns: what its record wrote unusually


class Links(defaultdict):
    """By model, what its rows are called on the other side.

    While a file is stored these are the numbers of rows by the ids of the file; while it is
    fetched, the ids by the numbers, and what is not in it is not in the file.
    """

    def __init__(self, space: Space):
        super().__init__(dict)
        self.space = space


class Columns:
    """The keys of a record in the columns of a model: of the same name unless said otherwise.

    Keys that stand `apart` have no such column; whoever makes a row or a record adds them, as well
    as values to take instead of those of the map.
    """

    def __init__(self, record: type, model: type, *, apart: Iterable[str] = (), **columns: str):
        self.record, self.model = record, model
        self.in_space = any(field.name == "space" for field in model._meta.fields)
        self.pairs = [
            (spec, model._meta.get_field(columns.get(spec.attribute, spec.attribute)))
            for spec in keys_of(record).values()
            if spec.attribute not in apart
        ]

    def to_row(self, links: Links, entry, *, spelled: dict | None = None, **apart):
        """A row of the record, not stored yet; its `x-` keys and unusual spellings go along."""
        values = {
            field.attname: into_column(links, field, getattr(entry, spec.attribute))
            for spec, field in self.pairs
        }
        if self.in_space:
            values["space"] = links.space
        values["extra"] = entry.extras | ({SPELLED: spelled} if spelled else {})
        return self.model(**(values | apart))

    def to_record(self, links: Links, row, **apart):
        """The record of a row."""
        values = {
            spec.attribute: out_of_column(links, field, getattr(row, field.attname), spec)
            for spec, field in self.pairs
        }
        values["extras"] = {name: value for name, value in row.extra.items() if name != SPELLED}
        return self.record(**(values | apart))


def into_column(links: Links, field, value):
    """A value of a record as a column holds it."""
    if field.is_relation:
        return links[field.related_model].get(value)
    if isinstance(value, tuple):
        return as_json(value) if value or not field.null else None
    return "" if value is None and not field.null else value


def out_of_column(links: Links, field, value, spec):
    """What a column holds as a value of a record; what says nothing is the default of its key."""
    if field.is_relation:
        return links[field.related_model].get(value)
    if value is None:
        return spec.default
    if isinstance(field, JSONField):
        return as_record(value)
    if isinstance(field, CharField | TextField):
        value = line(value) if isinstance(field, CharField) else text(value)
        return value if value or spec.required else spec.default
    return value


def spelled_in(row) -> dict:
    """What the record of a row wrote in an unusual way."""
    return row.extra.get(SPELLED, {})


def as_json(value):
    """Tuples as the lists that JSON knows."""
    return [as_json(item) for item in value] if isinstance(value, tuple) else value


def as_record(value):
    """The lists of JSON as the tuples of records; words as the file writes them."""
    if isinstance(value, list):
        return tuple(as_record(item) for item in value)
    return text(value) if isinstance(value, str) else value


def text(words: str) -> str:
    """Words over several lines; browsers end a line with two characters, the file with one."""
    return words.replace("\r\n", "\n").replace("\r", "\n") if "\r" in words else words


def line(words: str) -> str:
    """Words on one line."""
    return " ".join(words.splitlines()) if "\n" in words or "\r" in words else words


def grouped(pairs) -> dict:
    """The second of each pair, listed by the first."""
    found: dict = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def in_bulk(rows: Iterable) -> list:
    """Store rows of one kind; they know their numbers afterwards."""
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=BATCH) if rows else []
