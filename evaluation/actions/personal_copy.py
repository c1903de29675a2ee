"""Asking for a copy of everything of one's own."""

from django.db import transaction

from evaluation import tasks
from evaluation.models import PersonalCopy
from spaces.models import Person


@transaction.atomic
def ask_for_copy(*, by: Person) -> PersonalCopy:
    """Have everything of one's own put into a file; one is made at a time."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = PersonalCopy.objects.for_user(by).unfinished().first()
    if waiting:
        return waiting
    copy = PersonalCopy.objects.create(person=by)
    tasks.build_personal_copy.delay_on_commit(copy.pk)
    return copy
