"""The ids by which files, claims and readings name what was told in the browser."""

import secrets

from django.db import IntegrityError, transaction

from learningspaces.lib.numbers import number_in
from valuecreation.models import Moment, Story, StoryStep

DIGITS = range(4, 13)
PLANNED = 4  # ids that are looked for at once, though mostly the first is free


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


def next_moment_ref(story: Story, steps: list[StoryStep]) -> str:
    """The story's id and the number after the highest of its moments, or of what was once its."""
    last = max((_place_in(step.moment.ref) for step in steps), default=0)
    while True:
        planned = [f"{story.ref}.{last + place}" for place in range(1, PLANNED + 1)]
        taken = set(Moment.objects.in_space(story.space).named(planned).refs())
        free = next((ref for ref in planned if ref not in taken), "")
        if free:
            return free
        last += PLANNED


def _place_in(ref: str) -> int:
    return number_in(ref.rpartition(".")[2], digits=9) or 0
