"""Who was handed what: written down at every hand-over, in the same transaction."""

from django.db.models import F

from spaces.models import ApiReads, ApiToken, Person, Space, Through, Trace, TraceKind


def leave_trace(
    space: Space,
    *,
    kind: TraceKind,
    label: str,
    number: int | None = None,
    format: str = "",
    person: Person | None = None,
    token: ApiToken | None = None,
) -> Trace:
    """Write down that somebody was handed something; the same again that day is counted."""
    trace = Trace(
        space=space,
        kind=kind,
        label=label[:120],
        number=number,
        format=format,
        person=person,
        token=token,
        through=_way(person, token),
        on=space.today,
        times=0,
    )
    if person is None:
        trace.times = 1
        trace.save()
        return trace
    Trace.objects.bulk_create([trace], ignore_conflicts=True)
    Trace.objects.like(trace).again()
    return Trace.objects.like(trace).get()


def _way(person: Person | None, token: ApiToken | None) -> Through:
    if token is not None:
        return Through.KEY
    return Through.COMMAND if person is None else Through.BROWSER


def count_read(token: ApiToken, space: Space) -> None:
    """Count one more read of a program with a key in a space; a day of it is one row."""
    today = ApiReads.objects.of_day(token, space, space.today)
    if not today.update(times=F("times") + 1):
        row = ApiReads(token=token, space=space, on=space.today)
        ApiReads.objects.bulk_create([row], ignore_conflicts=True)
        today.update(times=F("times") + 1)
