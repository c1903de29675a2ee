"""How a task is sent: when the transaction commits, and without harm when nobody takes it.

What must not be lost is a row before it is a task. Without a broker the page still answers, the
failure is logged, and the timetable sends the row again once there is one.
"""

from operator import methodcaller

from celery.contrib.django.task import DjangoTask
from django.db import transaction


class OnCommitTask(DjangoTask):
    """A task that waits for the commit and lets a page be when the broker is gone."""

    def delay_on_commit(self, *args, **kwargs) -> None:
        """Send the task when the rows it speaks of are there for everybody."""

        def send():
            methodcaller("delay", *args, **kwargs)(self)

        transaction.on_commit(send, robust=True)
