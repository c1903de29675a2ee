"""Work behind the pages: claimed once, ended once, given up in words after a few tries."""

import logging
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.models import WorkState
from evaluation.models.work import Work

MOST_TRIES = 3
log = logging.getLogger(__name__)


class ChangedMeanwhile(Exception):
    """What was made is not so any more: it is made anew, and nothing of it is kept."""


def nothing_to_settle(work: Work, made: dict) -> None:
    """For work that rests on nothing which somebody may take back meanwhile."""


def carry_out(
    kind: type[Work],
    pk: int,
    make: Callable[[Work], dict],
    settle: Callable[[Work, dict], None] = nothing_to_settle,
) -> None:
    """Bring one row to its end, if no other worker has it; `make` gives the fields to keep.

    `settle` looks at what was made in the transaction that keeps it, and refuses what has changed
    since. What goes wrong is tried again a few times and then said in a sentence; the traceback is
    for the log. A worker that was taken for lost and is not changes nothing any more.
    """
    if not kind.objects.claim(pk):
        return
    work = kind.objects.get(pk=pk)
    if work.tries > MOST_TRIES:
        return end(work, state=WorkState.BROKEN, problem=_stopped())
    try:
        made = make(work)
        with transaction.atomic():
            settle(work, made)
            end(work, state=WorkState.READY, problem="", progress=100, **made)
    except ChangedMeanwhile:
        kind.objects.held_as(work).update(state=WorkState.WAITING)
        carry_out(kind, pk, make, settle)
    except ValidationError as error:
        end(work, state=WorkState.BROKEN, problem=" ".join(error.messages))
    except Exception:
        log.exception("%s %s could not be made, try %s", kind.__name__, pk, work.tries)
        if work.tries >= MOST_TRIES:
            end(work, state=WorkState.BROKEN, problem=_stuck())
        else:
            kind.objects.held_as(work).update(state=WorkState.WAITING)


def end(work: Work, **fields) -> None:
    """Write down how the work ended, unless another worker has taken it over since."""
    type(work).objects.held_as(work).update(ended_at=timezone.now(), **fields)


def left_behind(*kinds: type[Work]) -> list[tuple[type[Work], int]]:
    """Rows of some kinds whose task or worker was lost."""
    return [
        (kind, pk)
        for kind in kinds
        for pk in kind.objects.left_behind().order_by("pk").values_list("pk", flat=True)
    ]


def _stopped() -> str:
    return _("This was begun several times and never came to an end. Try again later.")


def _stuck() -> str:
    return _(
        "Something went wrong here that is not yours to mend. It was tried several times; those "
        "who run this site find the details in its log."
    )
