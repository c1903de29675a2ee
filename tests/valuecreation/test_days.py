"""The day that counts is the day where the space lives, wherever its reader is."""

import datetime as dt

import pytest
from django.urls import reverse

from spaces.models import RoleAssignment
from spaces.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db
FIRST, LAST = "Pacific/Kiritimati", "Etc/GMT+12"  # 26 hours apart: never the same day


@pytest.fixture
def story():
    """A story in a space that began today where the sun rises first."""
    space = make.space(time_zone=FIRST)
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, cycles=["potential", "applied"], shared=True)
    first, second = (step.moment for step in told.steps.all())
    make.flow(first, second, status="blocked", reason="no_time", note="Nobody was free.")
    return told


@pytest.fixture
def reader(story):
    """Somebody who lives where the day ends last."""
    return make.member(story.space, Role.FACILITATOR, time_zone=LAST)


def pages(story):
    moment = story.steps.first().moment
    return [
        reverse("valuecreation:story", args=[story.space.slug, story.public_id]),
        reverse("valuecreation:claim_flow", args=[story.space.slug, moment.public_id]),
        reverse("valuecreation:ask_what_happened", args=[story.space.slug, moment.public_id]),
        reverse("api:story", args=[story.space.slug, story.public_id]),
    ]


def test_what_is_shared_today_is_read_today(story, reader, signed_in):
    make.consent(story, "space", on=story.space.today)
    RoleAssignment.objects.filter(membership__person=reader).update(since=story.space.today)
    client = signed_in(reader)
    assert {page: client.get(page).status_code for page in pages(story)} == dict.fromkeys(
        pages(story), 200
    )
    assert "Nobody was free." in client.get(pages(story)[0]).text


def test_what_lapsed_yesterday_is_read_by_nobody_today(story, reader, signed_in):
    yesterday = story.space.today - dt.timedelta(days=1)
    make.consent(story, "space", on=yesterday, expires_on=yesterday)
    client = signed_in(reader)
    assert {page: client.get(page).status_code for page in pages(story)} == dict.fromkeys(
        pages(story), 404
    )


def test_role_that_ended_yesterday_opens_nothing_today(story, reader, signed_in):
    yesterday = story.space.today - dt.timedelta(days=1)
    make.consent(story, "space", on=yesterday)
    RoleAssignment.objects.filter(membership__person=reader).update(until=yesterday)
    client = signed_in(reader)
    assert {client.get(page).status_code for page in pages(story)} <= {403, 404}
