from django.db import connection, transaction

from valuecreation.tasks import fold_tallies, read_loops


def waiting():
    return len(connection.run_on_commit)


def test_task_waits_once_a_transaction_for_each_of_its_arguments(db):
    with transaction.atomic():
        for _ in range(3):
            read_loops.delay_on_commit(1)
        read_loops.delay_on_commit(2)
        fold_tallies.delay_on_commit()
        assert waiting() == 3


def test_task_asked_for_in_a_savepoint_that_is_undone_is_asked_for_again(db):
    with transaction.atomic():
        with transaction.atomic():
            read_loops.delay_on_commit(1)
            transaction.set_rollback(True)
        read_loops.delay_on_commit(1)
        assert waiting() == 1


def test_what_waits_in_an_open_savepoint_does_not_stand_for_what_is_outside(db):
    with transaction.atomic():
        inner = transaction.atomic()
        with inner:
            read_loops.delay_on_commit(1)
        read_loops.delay_on_commit(1)
        assert waiting() == 2  # at most one too many, which a task can bear
