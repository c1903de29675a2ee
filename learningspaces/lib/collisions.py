"""Two who change the same rows at one moment: one goes first, the other is tried again."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

TIMES = 6
PAUSE = 0.03  # seconds, longer with every time; by chance, or the same two would meet again
# Serialization, deadlock, a lock not to be had; a row that is there or gone since it was looked at.
PASSING = {"40001", "40P01", "55P03", "23503", "23505", "23P01"}
SAID_WITHOUT_A_CODE = (
    "database is locked",
    "UNIQUE constraint failed",
    "FOREIGN KEY constraint failed",
    "Save with update_fields did not affect any rows",
    "Forced update did not affect any rows",
)

T = TypeVar("T")


class Collided(Exception):
    """Too many changed the same rows at one moment; nothing of this one is stored."""


def is_passing(error: Exception) -> bool:
    """True for what two at once do to each other and a second try does not meet again."""
    if isinstance(error, ObjectDoesNotExist):
        return True
    code = getattr(error.__cause__, "pgcode", None)
    return code in PASSING if code else str(error).startswith(SAID_WITHOUT_A_CODE)


def tried_again(deed: Callable[[], T]) -> T:
    """Do it whole or not at all; where somebody else went first, do it anew, a few times.

    Within another transaction it is done once: only whoever began that one can begin it again.
    """
    times = 1 if transaction.get_connection().in_atomic_block else TIMES
    for time_left in reversed(range(times)):
        try:
            with transaction.atomic():
                return deed()
        except (DatabaseError, ObjectDoesNotExist) as error:
            if times == 1 or not is_passing(error):
                raise
            if not time_left:
                raise Collided from error
            time.sleep(random.uniform(0, PAUSE * (times - time_left)))
    raise AssertionError("every time ends above")
