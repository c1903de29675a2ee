"""Who fetched what, for those who lead; reads of programs counted by key and day."""

import pytest
from django.urls import reverse

from spaces import actions
from spaces.models import ApiReads, TokenScope, Trace, TraceKind
from spaces.permissions import Role
from spaces.traces import leave_trace
from tests import make
from valuecreation import actions as telling
from valuecreation import tasks
from valuecreation.fetching import note_fetched
from valuecreation.models import DeletionRequest, StoryState
from valuecreation.presentation.fetched import fetched

pytestmark = pytest.mark.django_db


def new_key(person):
    token, secret = actions.create_token(by=person, name="Wall", scope=TokenScope.READ, days=30)
    return token, {"Authorization": f"Bearer {secret}"}


def stories_of(space):
    return reverse("api:stories", args=[space.slug])


def test_reads_of_a_program_are_one_row_a_key_and_day(client, space):
    reader = make.member(space, Role.EVALUATOR)
    first, header = new_key(reader)
    second, other = new_key(reader)
    for headers in (header, header, other):
        assert client.get(stories_of(space), headers=headers).status_code == 200
    assert {row.token: row.times for row in ApiReads.objects.all()} == {first: 2, second: 1}
    assert {row.on for row in ApiReads.objects.all()} == {space.today}


def test_refused_read_and_the_browser_are_not_counted(client, space, signed_in):
    _token, header = new_key(make.member(make.space(), Role.EVALUATOR))
    assert client.get(stories_of(space), headers=header).status_code == 404
    signed_in(make.member(space)).get(stories_of(space))
    assert not ApiReads.objects.exists()
    assert not Trace.objects.exists()


@pytest.mark.parametrize("name", ["stories", "story", "moments"])
def test_teller_sees_that_a_program_was_given_their_story(name, client, space):
    story = make.story(in_space=space, shared=True)
    hidden = make.story(in_space=space)
    reader = make.member(space, Role.EVALUATOR, name="Ingrid Solberg")
    _token, header = new_key(reader)
    arguments = [space.slug, *([story.public_id] if name == "story" else [])]
    for _again in range(2):
        client.get(reverse(f"api:{name}", args=arguments), headers=header)
    (row,) = fetched(story)
    assert (row.kind, row.who, row.times) == ("api", "Ingrid Solberg", 2)
    assert fetched(hidden) == []


def test_whoever_fetched_at_the_moment_of_a_withdrawal_is_asked_later(
    space, django_capture_on_commit_callbacks
):
    story = make.story(in_space=space, shared=True)
    with django_capture_on_commit_callbacks(execute=True):
        telling.withdraw_story(story, by=story.teller)
    assert story.state == StoryState.WITHDRAWN
    reader = make.member(space, Role.EVALUATOR)
    trace = leave_trace(space, kind=TraceKind.REPORT, label="A report", person=reader)
    note_fetched(trace, [story.pk])
    for _again in range(2):
        tasks.send_waiting_requests()
    assert DeletionRequest.objects.get().person == reader


def test_leaders_see_who_fetched_what_and_nobody_else_does(space, signed_in):
    reader = make.member(space, Role.EVALUATOR, name="Ingrid Solberg")
    leave_trace(space, kind=TraceKind.REPORT, label="LLC-2025-1", format="pdf", person=reader)
    leave_trace(make.space(), kind=TraceKind.REPORT, label="Elsewhere", person=reader)
    address = reverse("spaces:traces", args=[space.slug])
    page = signed_in(make.member(space, Role.CONVENER)).get(address).text
    assert "LLC-2025-1" in page and "Ingrid Solberg" in page
    assert "Elsewhere" not in page
    assert signed_in(make.member(space)).get(address).status_code == 403


@pytest.mark.parametrize("rows", [1, 5])
def test_page_of_traces_costs_the_same_for_one_and_for_many(
    rows, space, signed_in, django_assert_num_queries
):
    for number in range(rows):
        reader = make.member(space, Role.EVALUATOR)
        leave_trace(space, kind=TraceKind.REPORT, label=f"R-{number}", person=reader)
        ApiReads.objects.create(token=new_key(reader)[0], space=space, on=space.today, times=3)
    client = signed_in(make.member(space, Role.CONVENER))
    with django_assert_num_queries(10):
        client.get(reverse("spaces:traces", args=[space.slug]))


def test_person_sees_what_their_keys_have_read(client, space, signed_in):
    reader = make.member(space, Role.EVALUATOR)
    _token, header = new_key(reader)
    client.get(stories_of(space), headers=header)
    page = signed_in(reader).get(reverse("spaces:tokens")).text
    assert "What they have read" in page and "1 read on" in page
