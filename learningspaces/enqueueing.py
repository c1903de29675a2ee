"""How a task is sent: when the transaction commits, and without harm when nobody takes it.

What must not be lost is a row before it is a task. Without a broker the page still answers, the
failure is logged, and the timetable sends the row again once there is one.
"""

from typing import Any, NamedTuple

from celery.contrib.django.task import DjangoTask
from django.db import connection, transaction


class Sending(NamedTuple):
    """A task to be sent with its arguments; two that are alike are equal."""

    task: "OnCommitTask"
    args: tuple
    kwargs: dict[str, Any]

    def __call__(self) -> None:
        self.task.delay(*self.args, **self.kwargs)

    def is_waiting(self) -> bool:
        """True if the like waits for this transaction, and no savepoint undone can take it away."""
        open_here = set(connection.savepoint_ids)
        return any(row[1] == self and row[0] <= open_here for row in connection.run_on_commit)


class OnCommitTask(DjangoTask):
    """A task that waits for the commit and lets a page be when the broker is gone."""

    def delay_on_commit(self, *args, **kwargs) -> None:
        """Send the task when the rows it speaks of are there for everybody, once a transaction."""
        sending = Sending(self, args, kwargs)
        if not sending.is_waiting():
            transaction.on_commit(sending, robust=True)
