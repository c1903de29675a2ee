"""Every surface counts the same moments and stories, and a link beside a figure opens those."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from evaluation import releases
from evaluation.matrix import ValueMatrix
from evaluation.models import Release
from evaluation.reports.pages.effect import matrix as report_matrix
from evaluation.reports.pictures import flow_sentence
from spaces.permissions import Role
from tests import make
from tests.evaluation import make_signs as signs
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.models import Consent, StoryStep
from valuecreation.population import Population, told_words
from valuecreation.presentation.flow_picture import Picture
from valuecreation.summaries import tallies
from valuecreation.summaries import totals as summary
from valuecreation.tasks import read_loops

SAID = "7 moments in 6 stories, 2 hoped for, 1 told on its own"
LATE = dt.date(2026, 2, 1)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Population(8, 6, hoped=2, alone=1), SAID),
        (Population(7, 6), "7 moments in 6 stories"),
        (Population(1, 1, hoped=1), "1 moment in 1 story, 1 hoped for"),
        (Population(hoped=2), "2 moments hoped for"),
        (Population(3, alone=3), "3 moments told on their own"),
        (Population(1, hoped=1, alone=1), "1 moment hoped for, 1 told on its own"),
        (Population(), ""),
    ],
)
def test_what_is_counted_is_said_in_whole_words(told, said):
    assert told_words(told) == said


@pytest.fixture
def told(space):
    """Applied: 7 moments in 6 stories, 2 hoped for in two further stories, 1 told on its own."""
    stories = [make.story(in_space=space, shared=True) for _ in range(6)]
    second = make.moment(space)
    StoryStep.objects.create(story=stories[0], moment=second, order=2)
    for _ in range(2):
        only_hoped = make.story(in_space=space, shared=True, cycles=())
        hope = make.moment(space, status=MomentStatus.HOPED)
        StoryStep.objects.create(story=only_hoped, moment=hope, order=1)
    make.moment(space, loose_audience="space", text="Heard in the corridor.")
    make.moment(space, text="Kept by whoever noted it.")
    make.story(in_space=space)  # still being written
    make.story(in_space=space, shared=True, cycles=[Cycle.REALIZED])
    for number in range(3):  # of another season
        late = make.story(in_space=space, shared=True, cycles=())
        moment = make.moment(space, cycle=Cycle.STRATEGIC, occurred_on=LATE, ref=f"L{number}")
        StoryStep.objects.create(story=late, moment=moment, order=1)
    Consent.objects.update(uses=["report", "quote"])
    tallies.recount(space)
    read_loops(space.pk)
    return space


def row_of(rows, cycle=Cycle.APPLIED):
    return next(row for row in rows if row.cycle == cycle)


def released(space, audience="space", **fields):
    given = {
        "number": 1, "label": "S-1", "title": "All", "audience": audience, "purpose": "report",
        "period_start": dt.date(2024, 1, 1), "period_end": space.today, "as_of": space.today,
    }  # fmt: skip
    return releases.release_of(Release(space=space, **given | fields))


@pytest.mark.django_db
def test_matrix_release_and_report_say_the_same_of_a_cycle(told, signed_in):
    reader = make.member(told)
    release = released(told)

    assert told_words(row_of(ValueMatrix.build(told, reader=reader).rows).counts.told) == SAID
    assert told_words(row_of(release.counts.by_cycle).told) == SAID
    assert (
        next(r for r in report_matrix(release)["rows"] if r["cycle"] == "applied")["told"] == SAID
    )
    text = signed_in(reader).get(reverse("evaluation:matrix", args=[told.slug])).text
    assert SAID in text


@pytest.mark.django_db
def test_picture_on_the_page_and_in_the_report_say_the_same(told):
    picture = Picture(summary.read(told, "space", told.today)).sentence

    assert picture.startswith("11 moments in 10 stories, 1 told on its own. ")
    assert flow_sentence(released(told)).startswith("11 moments in 10 stories, 1 told on its own. ")


@pytest.mark.django_db
def test_rows_of_the_matrix_are_those_of_a_release_for_the_same_readers(told):
    signs.hope(signs.version(told))
    sign = signs.indicator(told)
    signs.observed(sign, Q1=4, Q2=9)
    for step in StoryStep.objects.filter(moment__cycle="applied"):
        signs.linked(step.moment, sign)
    tallies.recount(told)
    page, frozen = ValueMatrix.build(told, audience="space"), released(told)

    for row, kept in zip(page.rows, frozen.matrix, strict=True):
        assert (row.counts.stories, row.counts.tellers) == (kept.stories, kept.tellers), row.cycle
        assert tuple(cell.row.ref for cell in row.cells) == kept.indicators
        for reading in row.readings:
            assert str(reading.reading.label) in kept.reading


@pytest.mark.django_db
def test_moment_in_no_story_is_counted_for_its_space_and_its_words_are_left_out(told):
    inside, outside = released(told), released(told, "organisation")

    alone = [moment for moment in inside.moments if moment.ref not in steps(inside)]
    assert [moment.text for moment in alone] == [None]
    assert (inside.counts.alone, outside.counts.alone, outside.counts.moments) == (1, 0, 0)
    assert released(told, purpose="research").counts.alone == 0


def steps(release):
    return {ref for story in release.stories for ref in story.steps}


# --- the link beside a figure opens what was counted ---------------------------------------------


def opened(client, href, mark):
    """How many things stand on a page and on those that follow it."""
    found, seen = 0, set()
    while href and href not in seen:
        seen.add(href)
        text = client.get(href).text
        found += text.count(mark)
        onward = re.search(r'rel="next" href="([^"]+)"', text)
        base = href.partition("?")[0]
        href = base + html.unescape(onward[1]) if onward else ""
    return found


def link(text, words):
    """Where the link with some words leads, in a piece of a page."""
    found = re.search(rf'<a[^>]* href="([^"]+)"[^>]*>{words}', text)
    return html.unescape(found[1]) if found else ""


@pytest.mark.django_db
@pytest.mark.parametrize("season", ["", "2025-H1", "2026-H1"])
@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.FACILITATOR, Role.SPONSOR])
def test_links_of_the_matrix_open_what_was_counted(told, season, role, signed_in):
    reader = make.member(told, role)
    client = signed_in(reader)
    page = client.get(reverse("evaluation:matrix", args=[told.slug]), {"season": season}).text
    matrix = ValueMatrix.build(told, reader=reader, season=season or None)

    for row in matrix.rows:
        piece = page.partition(f'<tr data-cycle="{row.cycle}"')[2].partition("</tr>")[0]
        read, alone = link(piece, "Read them"), link(piece, "Read what was told on its own")
        hopes = link(piece, "Ask what happened")
        assert bool(read) == bool(row.counts.stories)
        assert opened(client, read, "<article") == row.counts.stories, (row.cycle, read)
        assert opened(client, alone, "<article") == row.counts.alone, (row.cycle, alone)
        assert opened(client, hopes, "<article") == row.counts.waiting, (row.cycle, hopes)


@pytest.mark.django_db
def test_link_of_the_overview_opens_the_stories_it_counts(told, signed_in):
    reader = make.member(told)
    make.story(in_space=told, teller=told.memberships.get(person=reader))  # a draft of theirs
    client = signed_in(reader)

    page = client.get(reverse("space_overview", args=[told.slug])).text

    many = re.search(r'href="([^"]+)">All (\d+)', page)
    assert opened(client, html.unescape(many[1]), "<article") == int(many[2]) == 12
