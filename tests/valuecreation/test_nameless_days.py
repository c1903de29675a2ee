"""What a nameless teller's day was cannot be found by comparing what is shown for one and another.

Their story stands between two told openly in the same quarter. Whatever its days in that quarter,
every page, answer and drawing has the same words in the same order.
"""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests import make
from valuecreation import actions
from valuecreation.cycles import Cycle
from valuecreation.loops import keeping as readings
from valuecreation.models import Moment, Story
from valuecreation.summaries import tallies

pytestmark = pytest.mark.django_db
DAYS = [dt.date(2025, 4, 1), dt.date(2025, 5, 17), dt.date(2025, 6, 30)]
OPENLY = [dt.date(2025, 4, 20), dt.date(2025, 6, 10)]
COUNTED = {"space_overview", "evaluation:matrix"}  # counts, and no more than a few words
PAGES = [
    "valuecreation:story_list",
    "valuecreation:lanes",
    "space_overview",
    "evaluation:matrix",
    "api:stories",
    "api:moments",
    "api:flows",
    "api:readings",
]


def shift(story, space, day):
    """Let a story have been told, and have happened, on another day, and share it as before."""
    rows = Story.objects.filter(pk=story.pk)
    rows.update(told_on=day, listed_on=day)
    Moment.objects.in_story(story).update(occurred_on=day, told_on=day)
    story = rows.select_related("teller", "space").get()
    actions.give_consent(story, by=story.teller, audience=["space"], attribution="anonymous")
    tallies.recount(space)
    readings.read_due(space)


def seen(client, address):
    """What somebody reads at an address, without what differs from one answer to the next."""
    answer = client.get(address, {"season": "2025-H1"} if "seasons" in address else {})
    assert answer.status_code == 200
    return re.sub(r"\b\w{64}\b", "", answer.text)  # the token that every form carries


@pytest.mark.parametrize("name", [*PAGES, "valuecreation:story"])
def test_page_is_the_same_whatever_the_day_in_the_quarter(space, name, signed_in):
    for day in OPENLY:
        told = make.story(in_space=space, shared=True, told_on=day, cycles=[Cycle.REALIZED])
        Moment.objects.in_story(told).update(occurred_on=day)
    cycles = [Cycle.APPLIED, Cycle.STRATEGIC]
    story = make.story(in_space=space, teller=make.membership(space, make.person()), cycles=cycles)
    make.flow(*(step.moment for step in story.steps.all()))
    client = signed_in(make.member(space))
    args = [space.slug, story.public_id] if name == "valuecreation:story" else [space.slug]
    texts = []
    for day in DAYS:
        shift(story, space, day)
        texts.append(seen(client, reverse(name, args=args)))

    assert texts[0] == texts[1] == texts[2]
    moments = [step.moment for step in story.steps.all()]
    assert name in COUNTED or any(m.text in texts[0] or m.ref in texts[0] for m in moments)
