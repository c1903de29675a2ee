"""How a task is sent: when the transaction commits, and without harm when nobody takes it.

What must not be lost is a row before it is a task. Without a broker the page still answers, the
failure is logged, and the timetable sends the row again once there is one.
"""

from operator import methodcaller

from celery.contrib.django.task import DjangoTask
from django.db import connection, transaction


class OnCommitTask(DjangoTask):
    """A task that waits for the commit and lets a page be when the broker is gone."""

    def delay_on_commit(self, *args, **kwargs) -> None:
        """Send the task when the rows it speaks of are there for everybody, once a transaction."""

        def send():
            methodcaller("delay", *args, **kwargs)(self)

        send.task_sent = (self.name, args, kwargs)
        if not is_waiting(send.task_sent):
            transaction.on_commit(send, robust=True)


def is_waiting(sent: tuple) -> bool:
    """True if the like waits for this transaction, and no savepoint undone can take it away."""
    open_here = set(connection.savepoint_ids)
    return any(
        getattr(waiting, "task_sent", None) == sent and savepoints <= open_here
        for savepoints, waiting, _robust in connection.run_on_commit
    )
