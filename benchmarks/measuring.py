"""How to measure: CPU of this process and of PostgreSQL for it, in turns, and the median of many.

PostgreSQL serves a connection with one process, whose CPU stands in /proc on the same machine.
"""

import os
import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS, FEWEST = 30, 3
PATIENCE = 8.0  # seconds on the clock after which a slow call has its fewest rounds only
SLOW = 2.0  # seconds after which a call is warm when it was called once
TICK = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """Seconds of CPU, or on the clock, here and in PostgreSQL."""

    here: float
    there: float = 0.0

    @property
    def whole(self) -> float:
        return self.here + self.there

    def and_also(self, other: "Cost") -> "Cost":
        return Cost(self.here + other.here, self.there + other.there)


def backend() -> Path | None:
    """Where the machine tells of the PostgreSQL process that serves us; None on another machine."""
    connection.ensure_connection()
    found = Path(f"/proc/{connection.connection.info.backend_pid}")
    try:
        told = (found / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return None
    name = connection.settings_dict["NAME"]
    return found if told.startswith("postgres") and name in told else None


def what_is_counted() -> str:
    """In words, for the reader of the figures."""
    if backend():
        return "CPU is that of Python and of PostgreSQL together."
    return (
        "CPU is that of Python alone: the process of PostgreSQL that serves us is not on this "
        "machine, or cannot be seen from here."
    )


def in_words(cost: Cost) -> str:
    """A cost in milliseconds of CPU."""
    if backend() is None:
        return f"{cost.here * 1000:.1f} ms of Python's CPU"
    return f"{cost.whole * 1000:.1f} ms CPU, {cost.there * 1000:.1f} of them PostgreSQL's"


def cpu_there() -> float:
    """Seconds of CPU that PostgreSQL has spent for us so far, once it has come to rest."""
    place = backend()
    if place is None:
        return 0.0
    while (fields := after_name(place)) and fields[0] == "R":
        time.sleep(0)
    try:
        return int((place / "schedstat").read_text().split()[0]) / 1e9
    except OSError:  # a machine that keeps no finer account
        return (int(fields[11]) + int(fields[12])) / TICK


def after_name(place: Path) -> list[str]:
    """State and figures of a process, without its name, which may hold anything."""
    return (place / "stat").read_text().rpartition(")")[2].split()


def cost_of(ask: Callable) -> Cost:
    """The CPU of one call."""
    there, here = cpu_there(), time.process_time()
    ask()
    here = time.process_time() - here
    return Cost(here, cpu_there() - there)


def clock_of(ask: Callable) -> Cost:
    """The seconds on the clock of one call."""
    began = time.perf_counter()
    ask()
    return Cost(time.perf_counter() - began)


def median(costs: list[Cost]) -> Cost:
    """The median of the whole, in the proportion of the medians of its parts."""
    whole = statistics.median(cost.whole for cost in costs)
    there = statistics.median(cost.there for cost in costs)
    return Cost(max(whole - there, 0.0), there)


def in_turns(
    calls: dict[str, Callable[[], Cost]], rounds: int = ROUNDS, *, warm: bool = True
) -> dict[str, Cost]:
    """The median of each call, one after the other as a site is asked for different pages.

    Every other round goes backwards. A slow call is left out of later rounds, so that the whole
    comes to an end.
    """
    found: dict[str, list[Cost]] = {name: [] for name in calls}
    spent = dict.fromkeys(calls, 0.0)
    for ask in calls.values() if warm else ():
        began = time.perf_counter()
        ask()
        if time.perf_counter() - began < SLOW:
            ask()
    for number in range(rounds):
        for name, ask in list(calls.items())[:: -1 if number % 2 else 1]:
            if len(found[name]) < FEWEST or spent[name] < PATIENCE:
                began = time.perf_counter()
                found[name].append(ask())
                spent[name] += time.perf_counter() - began
    return {name: median(costs) for name, costs in found.items()}


def queries_of(ask: Callable) -> int:
    """How many queries a call makes that was made before."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@contextmanager
def database_time():
    """Adds up the seconds on the clock that queries take inside the block."""
    spent = [0.0]

    def timed(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[0] += time.perf_counter() - began

    with connection.execute_wrapper(timed):
        yield spent


def database_time_of(ask: Callable) -> Cost:
    """The seconds that the queries of one call take."""
    with database_time() as spent:
        ask()
    return Cost(0.0, spent[0])


@contextmanager
def most_memory():
    """By how many megabytes this process grew at most inside the block; nothing if unknown."""
    grown: list[float] = []
    before = memory("VmRSS") if forgets_the_most() else 0
    yield grown
    if before:
        grown.append((memory("VmHWM") - before) / 1024)


def forgets_the_most() -> bool:
    """True if the machine began anew to note how much memory this process takes at most."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def memory(name: str) -> int:
    """Kilobytes as the machine tells them of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
