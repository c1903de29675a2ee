"""Copies of a space by SQL, with everything in it, derived rows too: quick, and right by number.

All rows that came into the database since a moment are taken to be the space's. Copy k of a row has
the number of the row plus k times as many as there are such numbers, and every reference moves
along by as much as the rows that it points to.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import ForeignKey, Max

from benchmarks.app import LoopsDue, Person, Space, Tally, our_models

# Columns that do not simply move along when a space is copied: what they hold in copy k, where
# {Model} stands for how far the numbers of that model's rows move. Text that must be the only one
# gets the number of the copy; numbers of rows that stand in text or JSON move like the rows.
RESHAPED = {
    (Person, "email"): "copies.k || '-' || email",
    (Space, "slug"): "slug || '-' || copies.k",
    (Tally, "a"): (
        "CASE WHEN what IN ('teller', 'teller_cycle')"
        " THEN (a::bigint + {Membership} * copies.k)::text ELSE a END"
    ),
    (LoopsDue, "moments"): (
        "(SELECT jsonb_agg(one::bigint + {Moment} * copies.k)"
        " FROM jsonb_array_elements_text(moments) AS one)"
    ),
}


def highest_numbers() -> dict[type, int]:
    """The highest number of a row in each table."""
    return {model: model.objects.aggregate(most=Max("pk"))["most"] or 0 for model in our_models()}


def multiply(before: dict[type, int], copies: int) -> None:
    """Copy all rows that have come since so many times."""
    now = highest_numbers()
    moves = {model: now[model] - before[model] for model in now if now[model] > before[model]}
    with connection.cursor() as cursor:
        for model in moves if copies else ():
            cursor.execute(copying(model, moves, before[model], copies))
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}"
            )


def copying(model, moves: dict[type, int], before: int, copies: int) -> str:
    """The statement that copies the rows of one table."""
    table = model._meta.db_table
    moved = {
        connection.ops.quote_name(field.column): in_copy(model, field, moves)
        for field in model._meta.concrete_fields
    }
    return (
        f"INSERT INTO {table} ({', '.join(moved)}) SELECT {', '.join(moved.values())} "
        f"FROM {table} CROSS JOIN generate_series(1, {copies}) AS copies (k) WHERE id > {before}"
    )


def in_copy(model, field, moves: dict[type, int]) -> str:
    """What a column holds in copy k of a row."""
    if shaped := RESHAPED.get((model, field.name)):
        return shaped.format(**{one.__name__: number for one, number in moves.items()})
    name = connection.ops.quote_name(field.column)
    pointed = field.related_model if isinstance(field, ForeignKey) else None
    move = moves.get(model if field.primary_key else pointed)
    return f"{name} + {move} * copies.k" if move else name


@contextmanager
def at_full_speed() -> Iterator[None]:
    """No reference is looked up on the way in, where the server lets us say so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (may,) = cursor.fetchone()
        if may:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if may:
            cursor.execute("SET LOCAL session_replication_role = origin")
