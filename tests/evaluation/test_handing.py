"""Every hand-over is written down: reports, space files, and the whole space on the server."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from evaluation import actions
from spaces.models import Trace
from spaces.permissions import Role
from tests import make
from tests.evaluation.test_releases import frozen, told
from tests.evaluation.test_reports_pages import file_of, page_of
from valuecreation.models import FetchedStory, StoryState
from valuecreation.presentation.fetched import fetched

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(space):
    return told(
        space, "organisation", teller=make.membership(space, make.person(), Role.PARTICIPANT)
    )


@pytest.fixture
def printed(space, story, django_capture_on_commit_callbacks):
    release = frozen(space, django_capture_on_commit_callbacks)
    by = release.frozen_by
    with django_capture_on_commit_callbacks(execute=True):
        for code in ("csv", "json"):
            actions.build_report(release, by=by, format=code)
    return release


def facts(story):
    return sorted((row.kind, row.number, row.label, row.format) for row in fetched(story))


def test_download_of_a_report_and_of_the_dataset_are_written_down(printed, story, signed_in):
    told(printed.space, "space", title="Not in it")
    reader = make.member(printed.space, Role.SPONSOR)
    client = signed_in(reader)
    client.get(page_of(printed))
    assert not Trace.objects.exists()
    for code in ("csv", "json"):
        client.get(file_of(printed, code))
    assert facts(story) == [
        ("release", 1, printed.label, "json"),
        ("report", 1, printed.label, "csv"),
    ]
    assert {row.trace.person for row in FetchedStory.objects.all()} == {reader}
    assert {row.story for row in FetchedStory.objects.all()} == {story}


def test_refused_download_leaves_no_trace(printed, story, signed_in):
    story.state, story.withdrawn_on = StoryState.WITHDRAWN, story.space.today
    story.save()
    client = signed_in(make.member(printed.space, Role.SPONSOR))
    assert client.get(file_of(printed)).status_code == 302
    assert not Trace.objects.exists()


def test_space_file_is_written_down_with_the_stories_in_it(space, story, signed_in):
    inside = told(space, "space")
    client = signed_in(make.member(space, Role.FACILITATOR))
    address = reverse("spacefile:export_space", args=[space.slug])
    client.get(address)
    assert not Trace.objects.exists()
    client.get(address, {"audience": "organisation", "format": "yaml"})
    assert facts(story) == [
        ("space_file", None, f"{space.slug}-organisation-{space.today}.yaml", "yaml")
    ]
    assert fetched(inside) == []


def test_whole_space_written_on_the_server_is_written_down(space, story):
    with_teller = told(space)
    call_command("exportspace", space.slug, stdout=io.StringIO(), stderr=io.StringIO())
    for one in (story, with_teller):
        assert facts(one) == [
            ("export", None, f"{space.slug}-everything-{space.today}.yaml", "yaml")
        ]


def test_teller_sees_on_the_page_of_their_story_who_fetched_it(printed, story, signed_in):
    reader = make.member(printed.space, Role.EVALUATOR, name="Ingrid Solberg")
    signed_in(reader).get(file_of(printed))
    address = reverse("evaluation:exports_of_story", args=[printed.space.slug, story.public_id])
    client = signed_in(story.teller.person)
    assert "Ingrid Solberg" in client.get(address).text
    page = reverse("valuecreation:story", args=[printed.space.slug, story.public_id])
    assert address in client.get(page).text


def test_page_says_that_who_fetched_it_before_keeps_it_and_when_that_was(printed, story, signed_in):
    client = signed_in(make.member(printed.space, Role.SPONSOR))
    assert "You fetched it last" not in client.get(page_of(printed)).text
    client.get(file_of(printed))
    make.consent(story, "space")
    page = client.get(page_of(printed)).text
    assert "Whoever fetched it before keeps what they have" in page
    assert "You fetched it last on" in page
    another = signed_in(make.member(printed.space, Role.SPONSOR)).get(page_of(printed)).text
    assert "You fetched it last" not in another
