"""Any space file that can be said can be written and read again, to the byte."""

import datetime as dt
import json

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learningspaces.lib.text import mended
from spacefile.reading import read
from spacefile.schema import (
    AspirationRecord,
    AssumptionRecord,
    ConsentRecord,
    FlowRecord,
    FramingRecord,
    IndicatorRecord,
    OtherSpaceRecord,
    OutsideRecord,
    PersonRecord,
    SpaceFile,
    SpaceRecord,
    StepRecord,
    StoryRecord,
    SupersededRecord,
    ThirdPartyRecord,
)
from spacefile.writing import write_json, write_yaml
from spaces.models import LeadershipRole, SpaceState, StructureKind
from tests.examples import scaled
from valuecreation.cycles import Cycle
from valuecreation.models import StoryKind

NASTY = [
    "on", "No", "null", "~", "true", "2025-01-01", "2025-Q1", "12", "1e3", "0x1F", "12:30",
    "=1+1", "+44", "-", "- a", "? b", ": c", "a: b", "a #b", "#c", "&a", "*a", "!t", "%d", "@e",
    "`f", "[g", "{h", "}i", "'j'", '"k"', "|", ">", " leading", "trailing ", "two\nlines",
    "a\n\nb\n", "\n", "\n\nfirst", "  indented\nnot", "tab\there", "end\n\n", "a\n  b\nc\n",
    "a \nb", "a, b", "a,b", "---", "...", "<<", "שלום עולם", "مرحبا: نعم", "\u202eright to left",
    "👩‍👩‍👧 ok", "\u2028line", "\ufeffbom", "\u00a0x", "back\\slash", "é", "y", ".inf",
    "\ufffe", "𝔘nicode", "a\u3000b", "don't", "key:", "http://example.org/#x",
]  # fmt: skip
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
letters = st.characters(exclude_categories=["Cs", "Cc"])
free = st.text(letters | st.sampled_from("\n\t :#-'\""), max_size=40)
anything = st.one_of(st.sampled_from(NASTY), free)
texts = anything.map(mended)  # what is typed; `x-` keys are given back as they came
said = texts.filter(lambda text: text.strip())
names = said.map(lambda text: text.replace("\n", " ")[:120]).filter(lambda text: text.strip())
days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))
numbers = st.one_of(
    st.integers(0, 10**15 - 1),
    st.decimals(0, 10**6, places=4).map(
        lambda number: int(number) if number == int(number) else float(number)
    ),
)
keys = anything.map(lambda text: text[:120])
plain = st.recursive(
    st.none() | st.booleans() | numbers | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(anything.map(lambda text: "x-" + text[:50]), plain, max_size=2)
cycle = st.sampled_from(Cycle.values)
PERIODS = [["2025", "2024"], ["2025-H1"], ["2025-Q1", "2024-Q3"], ["2025-03"], ["2025-03-14"]]
AS_OF = dt.date(2031, 1, 1)


@st.composite
def documents(draw):
    people = [f"P{n}" for n in range(draw(st.integers(1, 3)))]
    return SpaceFile(
        as_of=AS_OF,
        space=draw(spaces()),
        other_spaces=(OtherSpaceRecord(slug="elsewhere", name=draw(names), link_via=("P0",)),),
        participants=tuple(draw(persons(id)) for id in people),
        outside=(OutsideRecord(id="X1", name=draw(names), role="sponsor", extras=draw(extras)),),
        framing=(draw(framings()),),
        indicators=tuple(draw(indicators(n)) for n in range(draw(st.integers(0, 3)))),
        stories=tuple(draw(stories(n)) for n in range(2)),
        flows=(
            FlowRecord(source="S0.1", target="S0.2", kind="forward", extras=draw(extras)),
            FlowRecord(
                source="S1.1",
                kind="return",
                status="blocked",
                reason="other",
                confirmed="stalled",
                asked_on=draw(days),
                asked_by="X1",
                note=draw(said),
            ),
        ),
        extras=draw(extras),
    )


@st.composite
def spaces(draw):
    return SpaceRecord(
        slug="a-1",
        name=draw(names),
        purpose=draw(said),
        structure_kind=tuple(draw(st.sets(st.sampled_from(StructureKind.values)))),
        state=draw(st.sampled_from(SpaceState.values)),
        confidentiality_note=draw(texts),
        stall_after_days=(("potential", 5),),
        extras=draw(extras),
    )


@st.composite
def persons(draw, id):
    return PersonRecord(
        id=id,
        name=draw(names),
        org=draw(names),
        joined=dt.date(1980, 1, 1),
        roles=tuple(draw(st.sets(st.sampled_from(LeadershipRole.values), max_size=3))),
        levels=tuple((day, "core") for day in sorted(draw(st.sets(days, max_size=2)))),
        cares=draw(texts),
        extras=draw(extras),
    )


@st.composite
def framings(draw):
    return FramingRecord(
        number=7,
        agreed_on=dt.date(1985, 1, 1),
        difference=draw(said),
        aspirations=(
            AspirationRecord(lineage="A", cycle="applied", whose="group", text=draw(said)),
        ),
        assumptions=(
            AssumptionRecord(about="A", text=draw(said), state="false", note=draw(texts)),
        ),
    )


@st.composite
def indicators(draw, n):
    values = {
        "count": numbers,
        "ratio": st.tuples(st.just(0), numbers),
        "text": said,
        "yes_no": st.booleans(),
    }
    kind = draw(st.sampled_from(sorted(values)))
    value = values[kind] | st.none()
    periods = draw(st.sampled_from(PERIODS))
    old = SupersededRecord(period=periods[0], value=draw(value), corrected_on=draw(days))
    return IndicatorRecord(
        id=f"I{n}",
        cycle="applied",
        aspiration=draw(st.sampled_from(["A", None])),
        name=draw(names),
        kind=kind,
        direction="watch",
        steward="P0",
        baseline=draw(value),
        obs=tuple((period, draw(value)) for period in periods),
        superseded=(old,),
        extras={"obs": found} if (found := draw(extras)) else {},
    )


@st.composite
def stories(draw, n):
    acts = tuple(
        ConsentRecord(audience=("space",), attribution="role", uses=("quote",), note=draw(texts))
        for __ in range(draw(st.integers(0, 2)))
    )
    return StoryRecord(
        id=f"S{n}",
        title=draw(names),
        kind=draw(st.sampled_from(StoryKind.values)),
        teller="P0",
        told_on=AS_OF,
        consent=acts[0] if len(acts) == 1 else None,
        consents=acts if len(acts) > 1 else (),
        other_factors=draw(texts),
        third_parties=draw(texts | st.just((ThirdPartyRecord(person="X1", steps=(1,)),))),
        steps=(
            StepRecord(
                n=1,
                date=draw(days),
                cycle=draw(cycle),
                polarity="nil",
                loc="other_space",
                other_space="elsewhere",
                agent="group",
                for_whom="care home residents",
                engaged_by=tuple(draw(st.lists(said, max_size=2))),
                text=draw(said),
                extras=draw(extras),
            ),
            StepRecord(
                n=2,
                date=dt.date(2030, 12, 31),
                cycle="realized",
                polarity="mixed",
                loc="in_space",
                agent="P0",
                for_whom="X1",
                text=draw(said),
            ),
        ),
        extras=draw(extras),
    )


@settings(max_examples=scaled(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_what_is_written_is_read_again_and_written_the_same(document):
    for write in (write_yaml, write_json):
        data = write(document)
        again, faults = read(data)
        assert [fault.sentence for fault in faults] == []
        assert again == document
        assert write(again) == data


@settings(max_examples=scaled(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_other_programs_read_the_yaml_as_we_do(document):
    theirs = yaml.load(write_yaml(document), LOADER)
    ours = json.loads(write_json(document))

    assert as_json(theirs) == ours


def as_json(value):
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
