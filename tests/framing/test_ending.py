"""An event that ended too early goes on, as long as nobody has worked on its draft."""

import pytest
from django.core.exceptions import ValidationError

from framing import actions
from framing.models import Aspiration, EventState, FramingVersion, InvitationAnswer, Uncertainty
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from tests.framing.rows import address


@pytest.fixture
def held(space):
    """An event that was held, with a hope and a doubt on its board, ended in a draft."""
    by = rows.member(space)
    event = rows.event(space, by)
    actions.write_note(event, by=by, cycle="applied", kind="hope", text="We try it out.")
    actions.write_note(event, by=by, cycle="applied", kind="doubt", text="Will it hold?")
    actions.end_event(event, by=by)
    return event


def test_event_is_opened_again_and_its_notes_leave_the_draft(space, held, signed_in):
    client = signed_in(held.facilitator.person)
    assert "Reopen the event" in client.get(address("event", space, held.pk)).text
    client.post(address("reopen_event", space, held.pk))
    held.refresh_from_db()
    assert held.state == EventState.RUNNING
    assert not FramingVersion.objects.exists()
    assert held.contributions.count() == 2
    actions.end_event(held, by=held.facilitator)
    assert [row.text for row in Aspiration.objects.all()] == ["We try it out."]


def test_draft_that_was_there_before_keeps_what_it_held(space):
    by = rows.member(space)
    draft = actions.begin_draft(space, by=by)
    actions.add_part(draft, by=by, part=Uncertainty(text="Asked before."))
    event = rows.event(space, by)
    actions.write_note(event, by=by, cycle="applied", kind="doubt", text="Asked at the event.")
    actions.end_event(event, by=by)
    actions.reopen_event(event, by=by)
    assert [row.text for row in draft.uncertainties.all()] == ["Asked before."]
    draft.refresh_from_db()
    assert draft.event_words == ""


def test_event_stays_ended_once_somebody_worked_on_the_draft(space, held, signed_in):
    hope = Aspiration.objects.get()
    actions.change_part(hope, by=held.facilitator, seen=hope.revision, text="We try it slowly.")
    page = signed_in(held.facilitator.person).get(address("event", space, held.pk)).text
    assert "Reopen the event" not in page
    with pytest.raises(ValidationError, match="worked on the draft"):
        actions.reopen_event(held, by=held.facilitator)
    assert Aspiration.objects.get().text == "We try it slowly."


def test_coming_counts_who_said_so_not_who_is_invited(space, signed_in):
    people = [rows.member(space) for _each in range(3)]
    event = rows.event(space, *people, running=False)
    for member, answer in zip(people, ("yes", "yes", "no"), strict=True):
        client = signed_in(member.person)
        client.post(address("answer_invitation", space, event.pk), {"coming": answer})
    client.post(address("answer_invitation", space, event.pk), {"coming": "maybe"})
    page = " ".join(client.get(address("event", space, event.pk)).text.split())
    assert "3 people invited. 2 are coming." in page
    assert "Your answer: not this time." in page
    overview = client.get(f"/spaces/{space.slug}/").text
    assert "2 are coming." in overview


def test_last_answer_counts_until_the_event_was_held(space, held):
    by = rows.member(space)
    planned = rows.event(space, by, running=False)
    actions.answer_invitation(planned, by=by, coming=True)
    actions.answer_invitation(planned, by=by, coming=False)
    assert InvitationAnswer.objects.get().coming is False
    with pytest.raises(ValidationError, match="was held"):
        actions.answer_invitation(held, by=by, coming=True)


def test_sponsor_who_is_not_invited_cannot_answer(space, signed_in):
    event = rows.event(space, running=False)
    client = signed_in(make.member(space, Role.SPONSOR))
    sent = client.post(address("answer_invitation", space, event.pk), {"coming": "yes"})
    assert sent.status_code == 404
