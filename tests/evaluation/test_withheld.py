"""What an audience may not see is in no output: no word, no name, no note of it."""

import dataclasses
import datetime as dt
import re

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation import releases
from evaluation.models import Release
from evaluation.spacefile.store import store
from framing.models import Aspiration, Assumption, FramingVersion, Risk
from tests import make
from tests.evaluation.printed import FORMATS, leaks, output, outputs, words
from tests.evaluation.spacefile.example import document, example
from tests.examples import scaled
from valuecreation.cycles import Audience
from valuecreation.models import Attribution, StoryState, StoryStep, Uptake

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 12)
COVERS = {  # written again by hand: which consents let an audience in
    "space": {"space", "organisation", "partner_spaces", "public"},
    "organisation": {"organisation", "public"},
    "partner_spaces": {"partner_spaces", "public"},
    "public": {"public"},
}


def release_for(space, audience, **fields):
    given = {
        "number": 1,
        "label": "LLC-2025-1",
        "title": "The year 2025",
        "period_start": dt.date(2025, 1, 1),
        "period_end": dt.date(2025, 12, 31),
        "audience": audience,
        "purpose": "report",
        "as_of": DAY,
    }
    return releases.release_of(Release(space=space, **given | fields))


# --- the worked example ---------------------------------------------------------------------


def told_to(audience):
    """The stories of the file an audience is told, and those it may read in words."""
    acts = {row["id"]: row["consent"] for row in example()["stories"]}
    told = {
        ref
        for ref, act in acts.items()
        if COVERS[audience] & set(act["audience"]) and "report" in act["uses"]
    }
    return told, {ref for ref in told if "quote" in acts[ref]["uses"]}


def texts_of(story):
    """Everything a teller said in a story."""
    named = [story["title"], story.get("other_factors", ""), story.get("did_not_work", "")]
    return [text for text in [*named, *(step["text"] for step in story["steps"])] if text]


def notes_in(data, audience):
    """What never leaves the space, and what is in no report at all."""
    found = []
    for version in data["framing"]:
        for belief in version.get("assumptions", ()):
            found += [belief.get("note", "")] + [belief["text"]] * (audience != "space")
        for risk in version.get("risks", ()):
            found += [risk["text"], risk.get("mitigation", ""), risk.get("note", "")]
    for story in data["stories"]:
        found += [story["consent"].get("note", ""), story.get("third_parties", "")]
        found += [said for step in story["steps"] for said in step.get("engaged_by", ())]
    found += [flow.get("note", "") for flow in data["flows"]]
    return [text for text in found if text]


def people_in(data):
    return {row["id"]: row["name"] for row in [*data["participants"], *data["outside"]]}


def unnamed_in(data, audience):
    """Names that may stand nowhere: of all but tellers who are told and chose to be named."""
    told, _quoted = told_to(audience)
    named = {
        story["teller"]
        for story in data["stories"]
        if story["id"] in told and story["consent"]["attribution"] == "named"
    }
    return [name for ref, name in people_in(data).items() if ref not in named]


def withheld_texts(data, audience):
    _told, quoted = told_to(audience)
    hidden = [story for story in data["stories"] if story["id"] not in quoted]
    return [*notes_in(data, audience), *(text for one in hidden for text in texts_of(one))]


def quoted_texts(data, audience):
    """Words that an audience reads just as they were told."""
    _told, quoted = told_to(audience)
    names = [part for name in people_in(data).values() for part in name.split()]
    texts = [t for one in data["stories"] if one["id"] in quoted for t in texts_of(one)]
    return [text for text in texts if audience == "space" or not any(n in text for n in names)]


def open_to_all(data, audience):
    """What every release says of the frame and the signs, which may share words with a story."""
    found = []
    for version in data["framing"]:
        parts = [*version["uncertainties"], *version.get("aspirations", ())]
        parts += version.get("assumptions", ()) if audience == "space" else ()
        found += [version["difference"], *(part["text"] for part in parts)]
    for sign in data["indicators"]:
        found += [sign[key] for key in ("name", "unit", "source", "note") if sign.get(key)]
    return found


@pytest.mark.parametrize("audience", Audience.values)
def test_worked_example_keeps_back_every_word_and_name(audience):
    data, space = example(), store(document())
    told, _quoted = told_to(audience)
    withheld, open_ = withheld_texts(data, audience), quoted_texts(data, audience)
    hidden_refs = {story["id"] for story in data["stories"]} - told
    known = [*open_, *open_to_all(data, audience)]
    contents = release_for(space, audience)

    assert {story.ref for story in contents.stories} == told
    assert withheld and open_ and hidden_refs
    for code, printed in outputs(contents).items():
        missing = [text for text in open_ if not leaks([text], printed)]
        assert missing == [], code
        assert leaks(withheld, printed, told=known) == [], code
        assert [ref for ref in hidden_refs if points_at(ref, contents, code)] == [], code
        if audience != "space":
            names = unnamed_in(data, audience)
            assert names
            assert [name for name in names if words(name) in printed] == [], code
            assert [name for name in names if words(name.split()[0]) in printed] == [], code


def points_at(ref, contents, code):
    """Whether a story's name, or that of one of its steps, stands in the data or the text."""
    if code != "json":  # the other formats print what is in this one
        return False
    return re.search(rf"(?<![\w.]){ref}(\.\d+)?(?![\w.])", contents.to_json())


@pytest.mark.parametrize("audience", ["organisation", "partner_spaces", "public"])
def test_worked_example_names_nobody_but_the_teller_in_a_tellers_words(audience):
    data, space = example(), store(document())
    contents = release_for(space, audience)
    people = people_in(data)
    texts = {moment.ref: moment.text or "" for moment in contents.moments}
    for story in data["stories"]:
        others = [name.split()[0] for ref, name in people.items() if ref != story["teller"]]
        said = " ".join(text for ref, text in texts.items() if ref.startswith(f"{story['id']}."))
        assert [name for name in others if words(name) in words(said)] == [], story["id"]


@pytest.mark.parametrize("code", FORMATS)
def test_search_finds_a_planted_leak(code):
    data, space = example(), store(document())
    contents = release_for(space, "organisation")
    hidden = next(story for story in data["stories"] if story["id"] == "S5")
    text = hidden["steps"][2]["text"]
    step = next(moment for moment in contents.moments if moment.ref == "S1.3")
    leaking = dataclasses.replace(
        contents,
        moments=tuple(
            dataclasses.replace(m, text=f"{text} Callum Reid.") if m is step else m
            for m in contents.moments
        ),
    )
    assert leaks([text], output(contents, code)) == []

    printed = output(leaking, code)
    assert leaks([text], printed) != []
    assert words("Callum") in printed


# --- any small space -------------------------------------------------------------------------

NAMES = ["Quillan Brackenridge", "Zephyrine Oakhollow", "Thaddeus Wexcombe", "Ondine Farthingale"]
circles = st.sets(st.sampled_from(["space", "organisation", "partner_spaces", "public"]))
uses = st.sets(st.sampled_from(["learning", "report", "quote", "research"]))
stories_ = st.lists(
    st.fixed_dictionaries(
        {
            "teller": st.integers(0, 3),
            "agent": st.integers(0, 3),
            "mentions": st.integers(0, 3),
            "audience": circles,
            "uses": uses,
            "attribution": st.sampled_from(Attribution.values),
            "state": st.sampled_from(["approved", "approved", "approved", "with_teller"]),
            "private": st.booleans(),
            "shares": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)


def told(space, people, plan, number, before):
    """One story after a plan; every text holds a word that stands nowhere else."""
    mark = f"zq{number}"
    teller, other = people[plan["teller"]], people[plan["mentions"]]
    said = f"{mark}text with {other.name} and {teller.name.split()[0]}"
    story = make.story(
        in_space=space,
        teller=teller,
        title=f"{mark}title by {teller.name}",
        state=StoryState(plan["state"]),
        other_factors=f"{mark}factors, said {other.name.split()[0]}",
        other_factors_private=plan["private"],
        did_not_work=f"{mark}failed",
        third_parties=f"{mark}parties",
        cycles=[],
    )
    moment = make.moment(
        space,
        agent=people[plan["agent"]],
        text=said,
        polarity="negative",
        occurred_on=dt.date(2025, 5, 17),
    )
    StoryStep.objects.create(story=story, moment=moment, order=1)
    Uptake.objects.create(moment=moment, label=f"{mark}uptake")
    if plan["shares"] and before:
        StoryStep.objects.create(story=story, moment=before, order=2)
    if plan["audience"]:
        make.consent(
            story,
            *plan["audience"],
            uses=sorted(plan["uses"]),
            attribution=plan["attribution"],
            note=f"{mark}consentnote",
        )
    return story, moment


def space_of(plans):
    space = make.space(name="A small space")
    people = [
        make.membership(space, name=name, practice=f"keeper of lamp{number}")
        for number, name in enumerate(NAMES)
    ]
    version = FramingVersion.objects.create(
        space=space,
        number=1,
        state="agreed",
        agreed_on=dt.date(2025, 1, 1),
        difference=f"What {NAMES[0]} hopes",
    )
    hope = Aspiration.objects.create(
        version=version, key="A", cycle="applied", text=f"{NAMES[1]} rests"
    )
    Assumption.objects.create(version=version, aspiration=hope, text="zqassumed", note="zqnoted")
    Risk.objects.create(version=version, text="zqrisk", mitigation="zqmitigation", note="zqnoted")
    rows, before = [], None
    for number, plan in enumerate(plans):
        story, moment = told(space, people, plan, number, before)
        rows.append((story, moment, plan))
        before = moment
    return space, rows


def allowed(plan, audience):
    return (
        plan["state"] == "approved"
        and "report" in plan["uses"]
        and bool(COVERS[audience] & plan["audience"])
    )


def marks(rows, audience, code):
    """The words that must stand in an output, and those that may not.

    A page tells a story by its moments: without one that may be quoted it has no place there.
    """
    shown, hidden = set(), {"zqrisk", "zqmitigation", "zqnoted"}
    (shown if audience == "space" else hidden).add("zqassumed")
    tellers = {}
    for story, moment, _plan in rows:
        tellers.setdefault(moment.pk, [])
        for step in story.steps.all():
            tellers.setdefault(step.moment_id, []).append(story.pk)
    plan_of = {story.pk: plan for story, _moment, plan in rows}

    def said(moment_pk):
        every = [plan_of[pk] for pk in tellers[moment_pk]]
        return all(allowed(one, audience) and "quote" in one["uses"] for one in every)

    for number, (story, moment, plan) in enumerate(rows):
        mark = f"zq{number}"
        hidden |= {f"{mark}{kind}" for kind in ("parties", "uptake", "consentnote")}
        words_ = {f"{mark}title", f"{mark}failed"}
        read = allowed(plan, audience) and "quote" in plan["uses"]
        told_ = code != "pdf" or any(said(step.moment_id) for step in story.steps.all())
        due = shown if told_ else set()
        (due if read else hidden).update(words_)
        (due if read and not plan["private"] else hidden).add(f"{mark}factors")
        (shown if said(moment.pk) else hidden).add(f"{mark}text")
    return shown, hidden


def names_shown(rows, audience):
    """Outside the space only tellers who are told and chose to be named have one."""
    return {
        NAMES[plan["teller"]]
        for _story, _moment, plan in rows
        if allowed(plan, audience) and plan["attribution"] == "named"
    }


@settings(
    max_examples=scaled(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plans=stories_, audience=st.sampled_from(Audience.values), code=st.sampled_from(FORMATS))
def test_any_small_space_keeps_back_what_it_should(plans, audience, code):
    with transaction.atomic():
        space, rows = space_of(plans)
        contents = release_for(space, audience)
        shown, hidden = marks(rows, audience, code)
        printed = output(contents, code)
        assert {mark for mark in hidden if words(mark) in printed} == set()
        assert {mark for mark in shown if words(mark) not in printed} == set()
        if audience != "space":
            kept = set(NAMES) - names_shown(rows, audience)
            seen = {name for name in kept for part in name.split() if words(part) in printed}
            assert seen == set()
        for moment in contents.moments:
            stories = [row for row in rows if moment.ref in refs_of(row[0])]
            if any(row[2]["attribution"] in ("pseudonym", "anonymous") for row in stories):
                assert moment.when == "2025-Q2" and moment.place == ""
        transaction.set_rollback(True)


def refs_of(story):
    return [step.moment.ref for step in story.steps.all()]
