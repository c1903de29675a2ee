"""Datasets and their reports as pages: who sees which, building, downloading, taking back."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from evaluation import actions
from evaluation.models import Release, Report, WorkState
from spaces.permissions import Role
from tests import make
from tests.evaluation.test_releases import CHANGES, frozen, told

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def release(space, django_capture_on_commit_callbacks):
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    told(space, "organisation", title="The Tuesday round", teller=teller)
    return frozen(space, django_capture_on_commit_callbacks, title="A year")


@pytest.fixture
def printed(release, django_capture_on_commit_callbacks):
    """The dataset printed in all four formats."""
    with django_capture_on_commit_callbacks(execute=True):
        for code in ("pdf", "xlsx", "csv", "json"):
            actions.build_report(release, by=release.frozen_by, format=code)
    return release


def page_of(release):
    return reverse("evaluation:release", args=[release.space.slug, release.number])


def file_of(release, code="json"):
    return reverse("evaluation:download_report", args=[release.space.slug, release.number, code])


def list_of(space):
    return reverse("evaluation:releases", args=[space.slug])


def test_report_is_built_on_a_click_and_downloaded(
    release, signed_in, django_capture_on_commit_callbacks
):
    client = signed_in(make.member(release.space, Role.FACILITATOR))
    assert "Build" in client.get(page_of(release)).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("evaluation:build_report", args=[release.space.slug, release.number]),
            {"format": "json"},
        )
    answer = client.get(file_of(release))

    assert file_of(release) in client.get(page_of(release)).text
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == f'attachment; filename="{release.label}.json"'
    assert json.loads(answer.content)["stories"][0]["title"] == "The Tuesday round"


@pytest.mark.parametrize(
    ("code", "kind", "start"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("csv", "application/zip", b"PK"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_download_is_the_bytes_that_were_printed(code, kind, start, printed, signed_in):
    client = signed_in(make.member(printed.space, Role.SPONSOR))
    answer = client.get(file_of(printed, code))

    assert answer["Content-Type"] == kind
    assert answer.content == bytes(Report.objects.get(format=code).content)
    assert answer.content.startswith(start)


@pytest.mark.parametrize("audience", ["organisation", "public", "space", "partner_spaces"])
def test_sponsor_sees_finished_releases_made_for_them_or_everybody(audience, printed, signed_in):
    Release.objects.update(audience=audience)
    client = signed_in(make.member(printed.space, Role.SPONSOR))
    theirs = audience in ("organisation", "public")

    assert (printed.label in client.get(list_of(printed.space)).text) == theirs
    assert client.get(page_of(printed)).status_code == (200 if theirs else 404)
    if not theirs:
        assert client.get(file_of(printed)).status_code == 404


def test_sponsor_sees_nothing_that_is_not_finished(release, signed_in):
    Release.objects.update(state=WorkState.WORKING)
    client = signed_in(make.member(release.space, Role.SPONSOR))

    assert client.get(page_of(release)).status_code == 404
    assert "No report has been made for you yet" in client.get(list_of(release.space)).text


def test_sponsor_builds_nothing(release, signed_in):
    client = signed_in(make.member(release.space, Role.SPONSOR))
    address = reverse("evaluation:build_report", args=[release.space.slug, release.number])

    assert client.post(address, {"format": "pdf"}).status_code == 403
    assert address not in client.get(page_of(release)).text


def test_another_space_has_none_of_it(printed, signed_in):
    client = signed_in(make.member(make.space(), Role.EVALUATOR))

    assert client.get(page_of(printed)).status_code == 404
    assert client.get(file_of(printed)).status_code == 404


@pytest.mark.parametrize("change", CHANGES)
def test_release_is_handed_to_nobody_once_a_story_was_taken_back(change, printed, signed_in):
    story = printed.space.stories.get()
    client = signed_in(make.member(printed.space, Role.EVALUATOR))
    assert client.get(file_of(printed)).status_code == 200
    change(story)
    page = client.get(page_of(printed)).text

    assert client.get(file_of(printed)).url == page_of(printed)
    assert "not handed out any more" in page and file_of(printed) not in page
    assert "?instead_of=1" in page
    assert (
        client.get(reverse("evaluation:new_release", args=[printed.space.slug])).status_code == 200
    )


def test_report_is_not_built_once_a_story_was_taken_back(release, signed_in):
    client = signed_in(make.member(release.space, Role.EVALUATOR))
    make.consent(release.space.stories.get(), "space")
    address = reverse("evaluation:build_report", args=[release.space.slug, release.number])
    page = client.post(address, {"format": "pdf"}, follow=True).text

    assert "may no longer be told like this" in page
    assert Report.objects.count() == 0


@pytest.mark.parametrize("format", ["", "docx", "../etc"])
def test_unknown_format_is_refused_in_words(format, release, signed_in):
    client = signed_in(make.member(release.space, Role.EVALUATOR))
    address = reverse("evaluation:build_report", args=[release.space.slug, release.number])

    assert "one of the four formats" in client.post(address, {"format": format}, follow=True).text


def test_teller_sees_where_their_story_has_gone_even_after_withdrawing(printed, signed_in):
    story = printed.space.stories.get()
    client = signed_in(story.teller.person)
    make.story(in_space=printed.space, teller=story.teller)
    address = reverse("evaluation:exports_of_story", args=[printed.space.slug, story.public_id])
    for state in ("approved", "withdrawn"):
        story.state, story.withdrawn_on = state, story.space.today
        story.save()
        page = client.get(address).text
        assert printed.label in page and "PDF to hand over" in page

    other = reverse("evaluation:exports_of_story", args=[printed.space.slug, "S2"])
    assert printed.label not in client.get(other).text


def test_nobody_else_sees_where_a_story_has_gone(printed, signed_in):
    client = signed_in(make.member(printed.space, Role.FACILITATOR))
    story = printed.space.stories.get()
    address = reverse("evaluation:exports_of_story", args=[printed.space.slug, story.public_id])

    assert client.get(address).status_code == 404


def test_part_is_what_the_page_contains_and_polls_only_while_work_goes_on(release, signed_in):
    client = signed_in(make.member(release.space, Role.FACILITATOR))
    assert "every 2s" not in client.get(page_of(release)).text
    Release.objects.update(state=WorkState.WORKING, progress=40)
    page, part = client.get(page_of(release)), client.get(page_of(release), headers=HTMX)

    assert "every 2s" in part.text and "<html" not in part.text
    assert "40 %" in part.text
    assertInHTML(part.text, page.text, count=1)


@pytest.mark.parametrize("releases", [1, 4])
def test_pages_cost_the_same_for_one_release_and_for_four(
    releases, space, signed_in, django_capture_on_commit_callbacks, django_assert_num_queries
):
    told(space, "organisation")
    for _ in range(releases):
        frozen(space, django_capture_on_commit_callbacks)
    client = signed_in(make.member(space, Role.EVALUATOR))
    with django_assert_num_queries(8):
        client.get(list_of(space))
    with django_assert_num_queries(10):
        client.get(reverse("evaluation:release", args=[space.slug, 1]))


def test_preview_stays_below_the_most_queries(space, signed_in, django_assert_max_num_queries):
    for _ in range(3):
        told(space, "organisation")
    client = signed_in(make.member(space, Role.EVALUATOR))
    terms = {"period": "span", "audience": "organisation", "purpose": "report", "do": "preview"}
    with django_assert_max_num_queries(37):
        page = client.post(reverse("evaluation:new_release", args=[space.slug]), terms)

    assert "3 stories go in" in page.text


def test_release_of_a_lapsed_consent_is_closed_the_same_day(printed, signed_in, settings):
    story = printed.space.stories.get()
    make.consent(story, "organisation", uses=["report", "quote"], expires_on=story.space.today)
    client = signed_in(make.member(printed.space, Role.SPONSOR))
    assert client.get(file_of(printed)).status_code == 200
    story.consent.expires_on -= dt.timedelta(days=1)
    story.consent.save()

    assert client.get(file_of(printed)).status_code == 302
