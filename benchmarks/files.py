"""What files cost: releases, the formats they are printed in, and the space file out and in."""

import dataclasses
import io
import itertools
import random
import time

from django.db import connection, transaction

from benchmarks.app import (
    Membership,
    Space,
    Story,
    csvzip,
    exported,
    freeze,
    imported,
    pdf,
    samples,
)
from benchmarks.measuring import clock_of, cost_of, in_turns, in_words, most_memory
from benchmarks.telling import SENTENCE
from benchmarks.visiting import Visit

FEW = 5
STORIES_OF_FORTY_PAGES = 24


def copied(space: Space) -> int:
    """Stories and moments of a space by a plain COPY."""
    buffer = io.StringIO()
    with connection.cursor() as cursor:
        for table in ("valuecreation_story", "valuecreation_moment"):
            rows = f"SELECT * FROM {table} WHERE space_id = {int(space.pk)}"
            cursor.copy_expert(f"COPY ({rows}) TO STDOUT WITH CSV HEADER", buffer)
    return buffer.tell()


def csv_export(visit: Visit) -> dict:
    """The zip of CSV files of a frozen release of so many stories, beside a plain COPY."""
    release = samples.many(Story.objects.in_space(visit.space).count())
    calls = {
        "ours": lambda: clock_of(lambda: csvzip.render(release)),
        "plain": lambda: clock_of(lambda: copied(visit.space)),
    }
    found = in_turns(calls, FEW)
    ours, plain = found["ours"].whole, found["plain"].whole
    said = f"plain COPYs ({ours * 1000:.0f} and {plain * 1000:.0f} ms on the clock)"
    return {"csv_export": (ours / plain, said)}


def long_release(seed: int | None = None):
    """Full stories of five long moments each, in words of their own for every seed."""
    chance, words = random.Random(seed), (SENTENCE * 5).split()

    def text() -> str:
        return " ".join(words if seed is None else chance.sample(words, len(words)))

    release = samples.many(STORIES_OF_FORTY_PAGES)
    moments = tuple(dataclasses.replace(one, text=text()) for one in release.moments)
    return dataclasses.replace(release, moments=moments)


def printing(_visit: Visit) -> dict:
    """A report of forty pages: the same again, and with words that were never printed before."""
    same, seeds = long_release(), itertools.count(1)

    def cold():
        release = long_release(next(seeds))
        return cost_of(lambda: pdf.render(release))

    found = in_turns(
        {"pdf_40_pages": lambda: cost_of(lambda: pdf.render(same)), "pdf_cold": cold}, FEW
    )
    printed = pdf.render(same)
    pages = printed.count(b"/Type /Page\n") or printed.count(b"/Type/Page/")
    said = {"pdf_40_pages": f"s CPU ({pages} pages)", "pdf_cold": "s CPU (other words each time)"}
    return {name: (cost.whole, said[name]) for name, cost in found.items()}


def release_from_rows(visit: Visit) -> dict:
    """Freezing all the years of the space for its organisation."""
    by = Membership.objects.get(space=visit.space, person=visit.person)
    calls = {"freeze": lambda: cost_of(lambda: freeze(visit.space, by=by))}
    with most_memory() as grown:
        cost = in_turns(calls, 3, warm=False)["freeze"]
    memory = f", {grown[0]:.0f} MB more memory at most" if grown else ""
    said = f"s CPU ({in_words(cost)}{memory})"
    return {"release_from_rows": (cost.whole, said)}


def reimport(visit: Visit) -> dict:
    """How many faults are found in what was exported; then a space is founded from it."""
    began = time.perf_counter()
    text = exported(visit.space)
    out = time.perf_counter() - began
    with transaction.atomic():
        _space, faults = imported(text)
        transaction.set_rollback(True)
    back = time.perf_counter() - began - out
    size = len(text) / 1_000_000
    said = f"faults in its own export ({size:.1f} MB of YAML, {out:.0f} s out and {back:.0f} s in"
    return {"reimport": (len(faults), f"{said}{'; ' if faults else ''}{''.join(faults[:1])})")}
