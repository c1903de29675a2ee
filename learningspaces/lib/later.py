"""Tasks that are enqueued once a transaction, however many of its changes ask for them."""

from django.db import connection


def delay_once_on_commit(task, *args) -> None:
    """Enqueue a task when the transaction has ended well, unless that is to be done already."""
    if not _is_waiting(task.name, args):
        task.delay_on_commit(*args)


def _is_waiting(name: str, args: tuple) -> bool:
    """True if such a task waits for this transaction, and no undone savepoint can take it away."""
    open_here = set(connection.savepoint_ids)
    return any(
        savepoints <= open_here and getattr(call, "args", None) == args and _name_of(call) == name
        for savepoints, call, *_robust in connection.run_on_commit
    )


def _name_of(call) -> str:
    return getattr(getattr(getattr(call, "func", None), "__self__", None), "name", "")
