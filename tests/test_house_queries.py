"""Holds that every query behind a page names its space, or the rows it wants, before all else.

What it costs must not depend on what other spaces hold.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spaces.permissions import Role
from tests import make
from valuecreation.models import Flow, FollowUp, Moment

pytestmark = pytest.mark.django_db

# What every space has many of, and what a query that goes to it must name.
MANY = re.compile(
    r'\bFROM "(valuecreation_(?:moment|flow|story|storystep|uptake|consent|followup|loopreading'
    r"|stillmoment|tally|loopsdue)|evaluation_(?:momentindicator|observation)"
    r'|framing_(?:momentaspiration|reframing))"'
)
NAMED = re.compile(
    r'"(?:space_id|person_id)" (?:= \d|IN \()'  # a space, or somebody's own
    r'|"(?:id|\w+_id)"\)? (?:= \d|IN \(\(?\d)'  # these rows
    r'|= \("?\w+"?\."\w+"\)'  # those of the row outside
)


def selects(sql):
    """Every SELECT of a query by itself, the innermost first, those within it taken out."""
    while (begin := sql.rfind("(SELECT ")) >= 0:
        end = closing(sql, begin)
        yield sql[begin:end]
        sql = f"{sql[:begin]}(0){sql[end + 1 :]}"
    yield sql


def closing(sql, begin):
    """Where the bracket that opens at a place is closed."""
    depth = 0
    for place in range(begin, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if depth == 0:
            return place
    return len(sql)


def unnamed_in(sql):
    """The parts of a query that go to a table of many without naming what they want of it."""
    return [
        part
        for part in selects(sql)
        if MANY.search(part) and not NAMED.search(part[part.find(" WHERE ") :])
    ]


@pytest.fixture
def here():
    """A space with two stories that lead to one another, and another space just like it."""
    first, _second = a_space(), a_space()
    return first


def a_space():
    space = make.space()
    teller = make.membership(space, make.person(), Role.FACILITATOR)
    first = make.story(in_space=space, teller=teller, shared=True, cycles=["potential", "applied"])
    second = make.story(in_space=space, shared=True)
    ends = [step.moment for step in (*first.steps.all(), *second.steps.all())]
    for one, other in [ends[:2], ends[1:]]:
        make.flow(one, other)
    make.moment(space, loose_audience="space")
    asker = make.membership(space, make.person(), Role.PARTICIPANT)
    FollowUp.objects.create(
        moment=ends[0], asked_by=asker, asked_of=teller, asked_on=space.today, question="And then?"
    )
    space.reader, space.story, space.moment = teller.person, first, ends[1]
    return space


PAGES = [  # by name, with what stands in the address beside the space
    ("valuecreation:story", "story"),
    ("valuecreation:tell_story", None),
    ("valuecreation:and_then", "story"),
    ("valuecreation:consent", "story"),
    ("valuecreation:claim_flow", "moment"),
    ("valuecreation:ask_what_happened", "moment"),
    ("valuecreation:note_moment", None),
    ("valuecreation:flows", None),
    ("valuecreation:lanes", None),
    ("valuecreation:story_list", None),
    ("space_overview", None),
    ("evaluation:story_supports", "story"),
    ("evaluation:matrix", None),
    ("evaluation:moment_indicators", "moment"),
    ("framing:framing", None),
    ("framing:moment_aspirations", "moment"),
]
OTHER_PAGES = [
    "/to-follow-up/",
    "/",
    "/spaces/{slug}/evaluation/?season=2025-H1",
    "/api/v1/spaces/{slug}/moments/",
    "/api/v1/spaces/{slug}/flows/",
    "/api/v1/spaces/{slug}/stories/",
    "/api/v1/spaces/{slug}/readings/",
]


def unnamed_behind(client, address):
    """The queries of a page that go to a table of many without naming what they want of it."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return [part for query in asked.captured_queries for part in unnamed_in(query["sql"])]


@pytest.mark.parametrize(("name", "about"), PAGES)
def test_every_query_behind_a_page_names_its_space_or_its_rows(here, signed_in, name, about):
    which = {"story": here.story.public_id, "moment": here.moment.public_id}
    address = reverse(name, args=[here.slug, *([which[about]] if about else [])])

    assert unnamed_behind(signed_in(here.reader), address) == []


@pytest.mark.parametrize("address", OTHER_PAGES)
def test_every_query_behind_an_address_names_its_space_or_its_rows(here, signed_in, address):
    assert unnamed_behind(signed_in(here.reader), address.format(slug=here.slug)) == []


def test_a_query_over_all_spaces_is_found(here):
    everywhere = [
        Flow.objects.happened(),
        Flow.objects.between(Moment.objects.actual()),
        Moment.objects.in_space(here).filter(pk__in=Flow.objects.happened().values("source")),
    ]
    assert all(unnamed_in(str(rows.query)) for rows in everywhere)
    assert unnamed_in(str(Moment.objects.for_reader(here, here.reader).query)) == []
