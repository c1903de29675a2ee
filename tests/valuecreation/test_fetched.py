"""Who fetched a story, who is asked to delete it once it is withdrawn, and what they answer."""

import pytest
from django.core import mail
from django.urls import reverse

from spaces.models import Draft, Trace, TraceKind
from spaces.permissions import Role
from spaces.traces import leave_trace
from tests import make
from valuecreation import actions, tasks
from valuecreation.fetching import ask_back, note_fetched, signed
from valuecreation.models import (
    Consent,
    DeletionRequest,
    Erasure,
    FetchedStory,
    FollowUp,
    StoryState,
)
from valuecreation.presentation.fetched import fetched

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make.story(shared=True, title="The wound that closed")


@pytest.fixture
def reader(story):
    return make.member(story.space, Role.EVALUATOR, name="Ingrid Solberg")


def fetches(story, person, label="LLC-2025-1", **fields):
    fields = {"kind": TraceKind.REPORT, "number": 1, "format": "pdf"} | fields
    trace = leave_trace(story.space, label=label, person=person, **fields)
    note_fetched(trace, [story.pk])
    return trace


def withdrawn(story, capture):
    with capture(execute=True):
        actions.withdraw_story(story, by=story.teller)


def test_teller_sees_who_fetched_what_and_when(story, reader):
    fetches(story, reader)
    (row,) = fetched(story)
    assert (row.kind, row.number, row.label, row.format) == ("report", 1, "LLC-2025-1", "pdf")
    assert row.who == "Ingrid Solberg"
    assert row.when


def test_same_thing_fetched_again_that_day_is_one_row_counted_twice(story, reader):
    for _again in range(2):
        fetches(story, reader)
    assert Trace.objects.get().times == 2
    assert FetchedStory.objects.count() == 1
    fetches(story, reader, format="xlsx")
    assert Trace.objects.count() == 2


def test_file_of_the_operators_is_a_trace_of_its_own_each_time(story):
    for _again in range(2):
        fetches(story, None, "everything", kind=TraceKind.EXPORT)
    assert [row.who for row in fetched(story)] == ["those who run this site"] * 2


def test_whoever_fetched_a_withdrawn_story_gets_one_mail(
    story, reader, django_capture_on_commit_callbacks
):
    fetches(story, reader)
    fetches(story, reader, "the file", kind=TraceKind.SPACE_FILE)
    fetches(story, story.teller.person)
    withdrawn(story, django_capture_on_commit_callbacks)
    for _again in range(2):
        tasks.send_waiting_requests()
        tasks.ask_to_delete(DeletionRequest.objects.get().pk)

    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert signed(DeletionRequest.objects.get()) in sent.body
    assert "wound" not in sent.subject + sent.body
    assert story.teller.name not in sent.body


def test_erasing_after_withdrawing_asks_nobody_twice(
    story, reader, django_capture_on_commit_callbacks
):
    fetches(story, reader)
    withdrawn(story, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_story(story, by=story.teller)
    assert len(mail.outbox) == 1


def test_whoever_fetched_it_anew_is_asked_anew(story, reader):
    fetches(story, reader)
    assert len(ask_back(story)) == 1
    DeletionRequest.objects.update(mailed_at="2026-01-01T00:00Z", on="2026-01-01")
    assert ask_back(story) == []
    fetches(story, reader)
    assert len(ask_back(story)) == 1


def test_opening_the_link_changes_nothing_and_the_button_says_done(client, story, reader):
    fetches(story, reader)
    (pk,) = ask_back(story)
    request = DeletionRequest.objects.get(pk=pk)
    address = reverse("valuecreation:deletion_done", args=[signed(request)])
    page = client.get(address).text
    assert "LLC-2025-1" in page
    assert "wound" not in page
    assert fetched(story)[0].asked and not fetched(story)[0].deleted

    assert "Thank you" in client.post(address, follow=True).text
    first = DeletionRequest.objects.get().done_at
    client.post(address)
    assert DeletionRequest.objects.get().done_at == first
    assert fetched(story)[0].deleted


@pytest.mark.parametrize("token", ["no-such-token", "MQ:1abc:xyz"])
def test_link_that_we_did_not_write_is_not_there(client, token):
    assert client.get(reverse("valuecreation:deletion_done", args=[token])).status_code == 404


def test_erasing_leaves_a_mark_and_a_row_for_whatever_holds_the_words(story):
    make.consent(story, "space", note="For Priya.", extra={"x-pseudonym": "Lotta"})
    action = f"/spaces/{story.space.slug}/stories/{story.public_id}/edit/"
    Draft.objects.create(person=story.teller.person, space=story.space, key="k", action=action)
    for _again in range(2):
        actions.erase_story(story, by=story.teller)
    story.refresh_from_db()
    assert (story.title, story.state) == ("A withdrawn story", StoryState.WITHDRAWN)
    assert not story.steps.exists() and not Draft.objects.exists()
    assert {(act.note, str(act.extra)) for act in Consent.objects.all()} == {("", "{}")}
    assert Erasure.objects.get().ref == story.ref


def test_withdrawn_story_can_still_be_erased(story):
    actions.withdraw_story(story, by=story.teller)
    day = story.withdrawn_on
    actions.erase_story(story, by=story.teller)
    story.refresh_from_db()
    assert story.withdrawn_on == day
    assert not story.steps.exists()


@pytest.mark.parametrize("noted_as_heard", [False, True])
def test_answer_that_became_the_erased_moment_goes_with_it(noted_as_heard):
    asker_story = make.story(shared=True)
    space, asked = asker_story.space, asker_story.steps.get().moment
    teller = make.membership(space, make.person(), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, shared=True)
    moment = told.steps.get().moment
    asker, other = asker_story.teller, make.membership(space, make.person())
    words = moment.text if noted_as_heard else "In other words at first."
    if not noted_as_heard:
        make.flow(asked, moment)
    answers = {"moment": asked, "asked_by": asker, "question": "What happened?"}
    answers |= {"asked_on": space.today, "answered_on": space.today, "outcome": "happened"}
    answer = FollowUp.objects.create(asked_of=teller, answer=words, **answers)
    kept = FollowUp.objects.create(asked_of=other, answer="Something else.", **answers)
    actions.erase_story(told, by=teller)

    answer.refresh_from_db()
    kept.refresh_from_db()
    assert (answer.answer, kept.answer) == ("", "Something else.")
    assert answer.outcome == "happened"
