"""How to measure: CPU of this process for a request, its queries, and the time they take."""

import statistics
import time
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS, FEW = 40, 7


class WrongAnswerError(Exception):
    """A page that did not answer as it should, so that its figure would mean nothing."""


def answered(response, address: str):
    if response.status_code not in (200, 302):
        raise WrongAnswerError(f"{address} answered {response.status_code}")
    return response


def cpu_of(ask, times: int) -> float:
    """Seconds of CPU for one call, on average over some."""
    began = time.process_time()
    for _ in range(times):
        ask()
    return (time.process_time() - began) / times


def cpu_side_by_side(calls: dict) -> dict[str, float]:
    """The median CPU of each call, taken in turns as a site is asked for one page after another."""
    for ask in calls.values():
        cpu_of(ask, 2)
    found: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, ask in calls.items():
            found[name].append(cpu_of(ask, 1))
    return {name: statistics.median(rounds) for name, rounds in found.items()}


def queries_of(ask) -> int:
    """How many queries a call makes, once warm."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@contextmanager
def database_time():
    """Adds up the seconds that queries take inside the block."""
    spent = [0.0]

    def timed(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[0] += time.perf_counter() - began

    with connection.execute_wrapper(timed):
        yield spent


def database_time_of(ask) -> float:
    """The median of the seconds that the queries of a call take."""
    ask()
    found = []
    for _ in range(FEW):
        with database_time() as spent:
            ask()
        found.append(spent[0])
    return statistics.median(found)


def seconds_of(work) -> float:
    """The median of the seconds on the clock that some work takes."""
    found = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)
