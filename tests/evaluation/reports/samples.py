"""Releases to print in tests: an empty one, a small one that fills every part, and a large one."""

import dataclasses
import datetime as dt
import io

import pypdf

from evaluation.presentation.records import (
    CycleCount,
    OnePage,
    PresentedClaim,
    PresentedIndicator,
    PresentedMatrixRow,
    PresentedObservation,
    ReleaseContents,
    ReleaseCounts,
    ReleasedAspiration,
    ReleasedAssumption,
    ReleasedFlow,
    ReleasedFraming,
    ReleasedLoop,
    ReleasedMoment,
    ReleasedUncertainty,
    ReleasedVersion,
    ReleasePeriod,
    ReturnCount,
    WaitingCounts,
)
from spaces.presentation.viewer import PresentedPerson
from valuecreation.cycles import Cycle
from valuecreation.presentation.records import PresentedStory

HOSTILE = (
    '#panic("boom") *bold* $x^2$ @cite <script>alert(1)</script> `raw` // \\ "=cmd|" '
    "שלום مرحبا 漢字 \U0001f600 \ue000"
)


def empty(**fields) -> ReleaseContents:
    """A release of a space in which nothing has been told, framed or observed yet."""
    given = {
        "number": "RIV-2025-1",
        "title": "What the river people have made possible, 2025",
        "space": "The river people",
        "difference": "The river is clean enough to swim in.",
        "period": ReleasePeriod(start=dt.date(2025, 1, 1), end=dt.date(2025, 12, 31)),
        "issued_on": dt.date(2026, 1, 12),
        "audience": "organisation",
    }
    return ReleaseContents(**{**given, **fields})


def moments(words: str = "We tested the water at the weir.") -> tuple[ReleasedMoment, ...]:
    """A thread of four: heard, tried (made things worse), came back; and one hoped for."""
    return (
        ReleasedMoment(
            ref="S1.1", cycle="potential", polarity="positive", text=words, when="2025-02-11"
        ),
        ReleasedMoment(
            ref="S1.2", cycle="applied", polarity="negative", text="Mud got in.", when="2025-Q2"
        ),
        ReleasedMoment(
            ref="S1.3", cycle="immediate", polarity="mixed", text="We told it.", when="2025-05"
        ),
        ReleasedMoment(
            ref="S1.4",
            cycle="realized",
            polarity="positive",
            text="Children swim.",
            hoped=True,
            due="2026-07-01",
        ),
        ReleasedMoment(ref="S2.1", cycle="applied", polarity="nil", when="2025"),
    )


def frame() -> ReleasedFraming:
    """Two versions, a doubt, hopes of members and sponsor, something taken for granted."""
    return ReleasedFraming(
        number=2,
        agreed_on=dt.date(2025, 10, 14),
        difference="The river is clean enough to swim in.",
        reason="Fish counts said nothing about swimming.",
        uncertainties=(ReleasedUncertainty(text="Who owns the weir?", state="open"),),
        aspirations=(
            ReleasedAspiration(key="A1", cycle="applied", whose="group", text="We test every week"),
            ReleasedAspiration(
                key="A2", cycle="applied", whose="sponsor", text="No fines", since=2
            ),
        ),
        assumptions=(ReleasedAssumption(about="A1", text="The kit is right", state="false"),),
        versions=(
            ReleasedVersion(number=1, agreed_on=dt.date(2025, 1, 21), difference="More fish."),
            ReleasedVersion(
                number=2,
                agreed_on=dt.date(2025, 10, 14),
                difference="The river is clean enough to swim in.",
                reason="Fish counts said nothing about swimming.",
            ),
        ),
    )


def indicators() -> tuple[PresentedIndicator, ...]:
    """One of each kind, with a gap, a hidden figure, a baseline and a target."""
    ratio = (
        PresentedObservation(period="2024-Q4", missing=True),
        PresentedObservation(period="2025-Q1", numerator=22, denominator=71, percent=31.0),
        PresentedObservation(period="2025-Q2", few=True, numerator=1, denominator=2, percent=50.0),
        PresentedObservation(period="2025-Q3", numerator=50, denominator=79, percent=63.3),
    )
    given = {"cycle": "applied", "direction": "up"}
    levels = ("none", "informed", "asked")
    return (
        PresentedIndicator(
            ref="I1",
            name="Clean tests",
            kind="ratio",
            baseline=PresentedObservation(
                period="2024-Q3", numerator=1, denominator=3, percent=33.3
            ),
            target=75,
            target_kind="agreed",
            movement="moved_as_hoped",
            course="on_course",
            note="The mill closed in May.",
            series=ratio,
            **given,
        ),
        PresentedIndicator(ref="I2", name="Swimmers", kind="count", series=_values(0, 14), **given),
        PresentedIndicator(
            ref="I3", name="Asked", kind="rubric", levels=levels, series=_values(0, 2), **given
        ),
        PresentedIndicator(
            ref="I4", name="Open", kind="yes_no", series=_values(False, True), **given
        ),
        PresentedIndicator(
            ref="I5", name="In a word", kind="text", series=_values("brown", "clear"), **given
        ),
        PresentedIndicator(
            ref="I6",
            name="Ease",
            kind="scale",
            scale_min=1,
            scale_max=5,
            series=_values(2.5, 4),
            **given,
        ),
    )


def _values(*values) -> tuple[PresentedObservation, ...]:
    return tuple(
        PresentedObservation(period=f"2025-Q{place}", value=value)
        for place, value in enumerate(values, start=1)
    )


def small(**fields) -> ReleaseContents:
    """Something in every part: two stories, one of them only counted."""
    given = {
        "frame": frame(),
        "one_page": OnePage(
            did_not_go_well=("The weir is still shut.",),
            moved=("I1",),
            story="S1",
            asks=("A key for the weir.",),
        ),
        "counts": counts(),
        "matrix": (
            PresentedMatrixRow(
                cycle="applied",
                aspirations=("A1", "A2"),
                indicators=("I1",),
                stories=2,
                gaps=("Few stories",),
                reading="moved as hoped, few stories",
                made_of_it="Slow and plausible.",
            ),
            PresentedMatrixRow(cycle="strategic", gaps=("No data",)),
        ),
        "indicators": indicators(),
        "moments": moments(),
        "stories": stories(),
        "flows": (ReleasedFlow(source="S1.1", target="S1.2", kind="forward", status="happened"),),
        "loops": (ReleasedLoop(source="S1.2", target="S1.3", status="closed", root="rooted"),),
        "waiting": WaitingCounts(quiet=1, stalled=2, hopes_past_their_day=3),
        "claims": (
            PresentedClaim(
                statement="The river people contributed to weekly tests.",
                confidence="plausible",
                cycle="applied",
                aspiration="A1",
                other_influences="A dry summer.",
                missing=("Nobody independent has looked.",),
                stories=("S1", "S2"),
                indicators=("I1",),
            ),
        ),
        "reservations": ("Two stories are no sample.",),
        "method": ("Tellers approved every word.",),
        "uses": ("report", "quote"),
    }
    return empty(**{**given, **fields})


def counts() -> ReleaseCounts:
    """Totals that fit the two stories."""
    none = (0,) * len(Cycle)
    from_potential = (0, 0, 1, 0, 0, 0, 0, 0)
    from_applied = (1, 0, 0, 0, 0, 0, 0, 0)
    return ReleaseCounts(
        stories=2,
        stories_in_space=3,
        moments=4,
        hoped=1,
        flows=2,
        by_cycle=(CycleCount(cycle="applied", negative=1, nil=1, stories=2),),
        matrix=(none, from_potential, from_applied, none, none, none, none, none),
        returns=(ReturnCount(source="applied", target="immediate", status="closed", count=1),),
    )


def stories() -> tuple[PresentedStory, ...]:
    """One that may be quoted and one that may only be counted."""
    return (
        PresentedStory(
            ref="S1",
            teller=PresentedPerson(label="Mo Ferry, boatman", attribution="named"),
            title="Mud in the kit",
            told="2025-06-01",
            strength="documented",
            quotable=True,
            framing_version=1,
            steps=("S1.1", "S1.2", "S1.3", "S1.4"),
            did_not_work="The first sieve.",
            other_factors="A dry summer.",
        ),
        PresentedStory(ref="S2", teller=PresentedPerson(label="a swimmer"), steps=("S2.1",)),
    )


def many(count: int, **fields) -> ReleaseContents:
    """A release with so many stories of five moments each."""
    cycles = Cycle.values[:5]
    words = "Somebody noticed what we had not, and we tried it again on Tuesday. " * 2
    told = tuple(
        ReleasedMoment(ref=f"S{story}.{step}", cycle=cycle, polarity="positive", text=words)
        for story in range(count)
        for step, cycle in enumerate(cycles)
    )
    threads = tuple(
        PresentedStory(
            ref=f"S{story}",
            teller=PresentedPerson(label="a boatman"),
            title=f"Story {story}",
            quotable=True,
            steps=tuple(f"S{story}.{step}" for step in range(len(cycles))),
        )
        for story in range(count)
    )
    return small(**{"moments": told, "stories": threads, **fields})


def everywhere(words: str, release: ReleaseContents | None = None) -> ReleaseContents:
    """The small release with `words` in place of everything that people write."""
    return _with_words(release or small(), words)


WRITTEN = {
    "title",
    "space",
    "difference",
    "text",
    "reason",
    "label",
    "name",
    "unit",
    "note",
    "statement",
    "other_influences",
    "counter_evidence",
    "made_of_it",
    "reading",
    "did_not_work",
    "other_factors",
    "agreed_in",
    "contributed",
}
WRITTEN_LISTS = {"did_not_go_well", "asks", "gaps", "reservations", "method", "missing", "levels"}


def _with_words(thing, words: str):
    if isinstance(thing, tuple):
        return tuple(_with_words(item, words) for item in thing)
    if not dataclasses.is_dataclass(thing):
        return thing
    changed = {}
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if field.name in WRITTEN and isinstance(value, str):
            changed[field.name] = words
        elif field.name in WRITTEN_LISTS and isinstance(value, tuple):
            changed[field.name] = tuple(words for _item in value)
        else:
            changed[field.name] = _with_words(value, words)
    return dataclasses.replace(thing, **changed)


def pdf_text(pdf: bytes) -> str:
    """Every word of a PDF, spaces evened out."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
