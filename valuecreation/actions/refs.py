"""The ids by which files, claims and readings name what was told in the browser."""

import secrets

from django.db import IntegrityError, transaction

from learningspaces.lib.numbers import number_in
from valuecreation.models import Moment, Story

DIGITS = range(4, 13)


def save_with_random_ref(row: Story | Moment, letter: str) -> None:
    """Store a new row under a letter and a number that says nothing of when it was told.

    The number is short while the space is small: each time one is taken, a longer one is drawn.
    """
    for digits in DIGITS:
        row.ref = f"{letter}{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if digits == DIGITS[-1] or not _is_taken(row):
                raise
        else:
            return


def _is_taken(row: Story | Moment) -> bool:
    return type(row).objects.in_space(row.space).called(row.ref).exists()


def moment_refs(story: Story, number: int) -> list[str]:
    """Ids for the next moments of a story: its own and the numbers after the highest so far."""
    refs = story.steps.values_list("moment__ref", flat=True)
    last = max((_place_in(ref) for ref in refs), default=0)
    while True:
        planned = [f"{story.ref}.{last + place}" for place in range(1, number + 1)]
        taken = Moment.objects.in_space(story.space).named(planned).values_list("ref", flat=True)
        if not taken:
            return planned
        last = max(map(_place_in, taken))


def _place_in(ref: str) -> int:
    return number_in(ref.rpartition(".")[2], digits=9) or 0
