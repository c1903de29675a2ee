"""Framing events: planned, held from one page, ended in a draft."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from framing import actions
from framing.forms.events import steps_of
from framing.models import (
    Aspiration,
    BoardNote,
    FramingEvent,
    FramingVersion,
    Uncertainty,
)
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from tests.framing.rows import address
from valuecreation.cycles import Cycle

HTMX = {"HX-Request": "true"}


def lines(steps, **changed):
    """The agenda's lines as a browser sends them."""
    sent = {"steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": 0}
    for number, step in enumerate(steps):
        values = {key: value for key, value in step.items() if value not in (None, False)}
        sent |= {f"steps-{number}-{key}": value for key, value in values.items()}
    return sent | changed


def plan(facilitator, **changed):
    words = {
        "title": "What counts as healed?",
        "starts_at": "2026-01-12T18:00",
        "place": "Room 4",
        "facilitator": facilitator.pk,
        "people": [facilitator.pk],
    }
    return words | lines(steps_of(None)) | changed


def note(event, by, text="Better.", kind="hope", cycle="applied", **more):
    return actions.write_note(event, by=by, cycle=cycle, kind=kind, text=text, **more)


def test_event_is_planned_with_the_usual_steps_in_the_persons_zone(space, signed_in):
    tomasz = make.member(space, Role.FACILITATOR, time_zone="America/New_York")
    client = signed_in(tomasz)
    assert "Who cares, and why" in client.get(address("plan_event", space)).text
    answer = client.post(address("plan_event", space), plan(rows.here(space, tomasz), once="k1"))
    again = client.post(address("plan_event", space), plan(rows.here(space, tomasz), once="k1"))
    event = FramingEvent.objects.get()
    assert answer["Location"] == again["Location"] == address("event", space, event.pk)
    assert event.starts_at == dt.datetime(2026, 1, 12, 23, 0, tzinfo=dt.UTC)
    assert [step.minutes for step in event.steps.all()] == [10, 15, 25, 15, 15, 10]
    assert [step.with_sponsor for step in event.steps.all()].count(True) == 2


def test_steps_are_renamed_moved_left_out_and_added(space, signed_in):
    client = signed_in(make.member(space, Role.FACILITATOR))
    event = rows.event(space, running=False)
    steps = steps_of(event)
    steps[0] |= {"order": 3, "title": "Who cares now"}
    steps[1] |= {"title": ""}
    steps.append({"title": "A walk", "minutes": 20, "order": 1})
    sent = plan(event.facilitator, revision=0) | lines(steps)
    assert client.post(address("edit_event", space, event.pk), sent).status_code == 302
    held = [(step.order, step.title) for step in event.steps.all()]
    assert held == [(1, "A walk"), (2, "Who cares now")]
    conflict = client.post(address("edit_event", space, event.pk), sent | {"title": "Mine"})
    assert "Somebody else saved this" in conflict.text
    assert "Mine" in conflict.text


def test_step_without_minutes_comes_back_with_its_words(space, signed_in):
    tomasz = make.member(space, Role.FACILITATOR)
    steps = [{"title": "A walk by the sea"}]
    sent = plan(rows.here(space, tomasz))
    sent = {key: value for key, value in sent.items() if not key.startswith("steps")}
    page = signed_in(tomasz).post(address("plan_event", space), sent | lines(steps))
    assert "Say how many minutes" in page.text
    assert "A walk by the sea" in page.text
    assert not FramingEvent.objects.exists()


def test_people_of_another_space_cannot_be_invited(space, signed_in):
    tomasz = make.member(space, Role.FACILITATOR)
    stranger = rows.member(make.space())
    sent = plan(rows.here(space, tomasz), people=[stranger.pk])
    assert signed_in(tomasz).post(address("plan_event", space), sent).status_code == 200
    assert not FramingEvent.objects.exists()


def test_leader_begins_and_goes_on_step_by_step(space, signed_in):
    event = rows.event(space, running=False)
    client = signed_in(make.member(space, Role.CONVENER))
    client.post(address("go_to_step", space, event.pk), {"order": 1})
    event.refresh_from_db()
    first = event.current_step
    assert (event.state, first.order) == ("running", 1)
    page = client.get(address("event", space, event.pk)).text
    assert f'data-until="{first.ends_at.isoformat()}"' in page
    assert "Next step" in page
    client.post(address("go_to_step", space, event.pk), {"order": 2})
    event.refresh_from_db()
    assert event.current_step.order == 2
    assert "End, and make a draft of it" in client.get(address("event", space, event.pk)).text
    assert client.post(address("go_to_step", space, event.pk), {"order": "x"}).status_code == 404


def test_participant_does_not_lead(space, signed_in):
    event = rows.event(space)
    client = signed_in(make.member(space))
    for name in ("go_to_step", "end_event", "edit_event"):
        assert client.post(address(name, space, event.pk)).status_code == 403
    assert "Next step" not in client.get(address("event", space, event.pk)).text


def test_note_is_written_with_and_without_scripts(space, signed_in):
    event = rows.event(space)
    client = signed_in(make.member(space, name="Inês Prata"))
    where = address("write_note", space, event.pk, "realized")
    sent = {"text": "Nobody waits three weeks.", "kind": "hope", "once": "k1"}
    plain = client.post(where, sent)
    assert plain["Location"] == f"{address('event', space, event.pk)}#realized"
    quick = client.post(
        where, sent | {"text": "A doubt.", "kind": "doubt", "once": "k2"}, headers=HTMX
    )
    assert (quick.status_code, quick["Location"]) == (303, where)
    form = client.get(where, headers=HTMX)
    assert "<html" not in form.text
    assert "board-changed" in form["HX-Trigger"]
    page = client.get(address("event", space, event.pk)).text
    assert "Nobody waits three weeks." in page
    assert "Inês" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_note_sent_twice_is_stored_once(space, signed_in, headers):
    event = rows.event(space)
    client = signed_in(make.member(space))
    where = address("write_note", space, event.pk, "applied")
    for _ in range(2):
        client.post(where, {"text": "Better.", "kind": "hope", "once": "k1"}, headers=headers)
    assert BoardNote.objects.count() == 1


@pytest.mark.parametrize("text", ["", "x" * 2001, "\x07"])
def test_faulty_note_comes_back_with_its_words(space, signed_in, text):
    event = rows.event(space)
    client = signed_in(make.member(space))
    where = address("write_note", space, event.pk, "applied")
    part = client.post(where, {"text": text, "kind": "hope"}, headers=HTMX)
    assert part.status_code == 200
    assert "error-summary" in part.text
    assert "HX-Trigger" not in part
    assert not BoardNote.objects.exists()


def test_others_join_a_note_and_leave_it_again(space, signed_in):
    event = rows.event(space)
    own = note(event, rows.member(space, name="Inês Prata"))
    ana = make.member(space, name="Ana Alves")
    client = signed_in(ana)
    client.post(address("note_deed", space, own.pk), {"do": "join"})
    assert "with Ana" in client.get(address("event", space, event.pk)).text
    undo = client.post(address("note_deed", space, own.pk), {"do": "leave"}, headers=HTMX)
    assert undo.status_code == 204
    assert "board-changed" in undo["HX-Trigger"]
    assert not own.joined_by.exists()


def test_only_its_author_changes_or_removes_a_note(space, signed_in):
    event = rows.event(space)
    ines = make.member(space)
    own = note(event, rows.here(space, ines), text="Mine.")
    words = {"text": "Other.", "kind": "hope", "cycle": "applied", "revision": 0}
    client = signed_in(make.member(space, Role.FACILITATOR))
    assert client.post(address("change_note", space, own.pk), words).status_code == 404
    client.post(address("note_deed", space, own.pk), {"do": "remove"})
    own.refresh_from_db()
    assert own.text == "Mine."
    client = signed_in(ines)
    client.post(address("change_note", space, own.pk), words | {"cycle": "realized"})
    own.refresh_from_db()
    assert (own.text, own.cycle) == ("Other.", "realized")
    assert "Other." in client.post(address("change_note", space, own.pk), words).text
    client.post(address("note_deed", space, own.pk), {"do": "remove"})
    assert not BoardNote.objects.exists()


def test_facilitator_sets_a_duplicate_aside_and_it_stays_readable(space, signed_in):
    event = rows.event(space)
    twice = note(event, rows.member(space), text="Said before.")
    client = signed_in(make.member(space, Role.FACILITATOR))
    client.post(address("set_note_aside", space, twice.pk), {"aside": "yes"})
    page = client.get(address("event", space, event.pk)).text
    assert "Said before." in page
    assert "said twice, set aside" in page
    assert (
        signed_in(make.member(space))
        .post(address("set_note_aside", space, twice.pk), {"aside": "no"})
        .status_code
        == 403
    )


def test_board_answers_nothing_when_nothing_changed_and_else_only_what_did(space, signed_in):
    event = rows.event(space)
    note(event, rows.member(space), cycle="applied", text="Before.")
    client = signed_in(make.member(space))
    where = address("board", space, event.pk)
    seen = event.board_version
    address_seen = f"{where}?v={seen}&state=running"
    assert client.get(address_seen, headers=HTMX).status_code == 204
    note(event, rows.member(space), cycle="realized", text="After.")
    part = client.get(address_seen, headers=HTMX)
    assert "After." in part.text
    assert "Before." not in part.text
    assert 'id="notes-realized" hx-swap-oob="true"' in part.text
    assert 'id="notes-applied"' not in part.text
    assert 'id="event-head"' not in part.text
    assert '<form class="form"' not in part.text
    assert f"?v={seen + 1}&amp;state=running" in part.text


def test_step_reaches_every_open_page_and_the_beginning_loads_it_anew(space, signed_in):
    event = rows.event(space)
    client = signed_in(make.member(space))
    where = f"{address('board', space, event.pk)}?v={event.board_version}&state="
    actions.go_to_step(event, event.steps.get(order=2), by=event.facilitator)
    part = client.get(f"{where}running", headers=HTMX)
    assert 'id="event-head" hx-swap-oob="true"' in part.text
    assert client.get(f"{where}planned", headers=HTMX)["HX-Refresh"] == "true"


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 40])
def test_odd_board_version_shows_the_whole_board(space, signed_in, odd):
    event = rows.event(space)
    note(event, rows.member(space), text="Before.")
    client = signed_in(make.member(space))
    where = f"{address('board', space, event.pk)}?v={odd}&state=running"
    assert "Before." in client.get(where, headers=HTMX).text


def test_sponsor_reads_the_board_at_their_steps_only(space, signed_in):
    sponsor = make.member(space, Role.SPONSOR)
    event = rows.event(space, rows.here(space, sponsor))
    note(event, rows.member(space, name="Inês Prata"), text="Between us.")
    client = signed_in(sponsor)
    where = address("event", space, event.pk)
    assert "Between us." not in client.get(where).text
    board = f"{address('board', space, event.pk)}?v=0&state=running"
    # Not even in which column something was written.
    assert "notes-" not in client.get(board, headers=HTMX).text
    actions.go_to_step(event, event.steps.get(order=2), by=event.facilitator)
    page = client.get(where).text
    assert "Between us." in page
    assert "Inês" not in page
    assert "Add a hope or a doubt" not in page
    sent = {"text": "Cheaper.", "kind": "hope"}
    assert client.post(address("write_note", space, event.pk, "applied"), sent).status_code == 403


def test_sponsor_who_is_not_invited_and_strangers_find_no_event(space, signed_in):
    event = rows.event(space)
    for person in (make.member(space, Role.SPONSOR), make.member(make.space())):
        client = signed_in(person)
        assert client.get(address("event", space, event.pk)).status_code == 404
        assert "What counts as healed?" not in client.get(address("framing", space)).text


def test_event_ends_in_a_draft_and_nothing_is_lost(space, signed_in):
    rows.agreed(space)
    event = rows.event(space)
    ines, rui = rows.member(space), rows.member(space)
    for cycle in Cycle:
        note(event, ines, cycle=cycle.value, text=f"Hope {cycle.value}")
    note(event, rui, kind="doubt", text="Will they come?")
    aside = note(event, rui, text="Hope applied again")
    actions.set_note_aside(aside, by=event.facilitator, aside=True)
    client = signed_in(make.member(space, Role.FACILITATOR))
    answer = client.post(address("end_event", space, event.pk))
    draft = FramingVersion.objects.get(number=2)
    assert answer["Location"] == address("edit_draft", space, 2)
    assert [(h.cycle, h.whose, h.text, h.stated_by) for h in draft.aspirations_added.all()] == [
        (cycle.value, "member", f"Hope {cycle.value}", ines) for cycle in Cycle
    ]
    doubt = draft.uncertainties.get()
    assert (doubt.text, doubt.raised_by) == ("Will they come?", rui)
    event.refresh_from_db()
    assert (event.state, event.version) == ("done", draft)
    assert event.contributions.count() == len(Cycle) + 2
    page = client.get(address("event", space, event.pk)).text
    assert "Hope applied again" in page
    assert "Add a hope or a doubt" not in page


def test_event_ends_once_and_its_board_is_closed_then(space):
    event = rows.event(space)
    ines = rows.member(space)
    own = note(event, ines)
    actions.end_event(event, by=event.facilitator)
    for late in (
        lambda: actions.end_event(event, by=event.facilitator),
        lambda: note(event, ines),
        lambda: actions.join_note(own, by=rows.member(space)),
        lambda: actions.remove_note(own, by=ines),
        lambda: actions.go_to_step(event, event.steps.first(), by=event.facilitator),
    ):
        with pytest.raises(ValidationError):
            late()
    assert Aspiration.objects.count() == 1


def test_event_goes_into_the_draft_that_is_there(space):
    draft = actions.begin_draft(space, by=rows.member(space))
    event = rows.event(space)
    note(event, rows.member(space))
    assert actions.end_event(event, by=event.facilitator) == draft
    assert draft.aspirations_added.count() == 1


def test_event_that_nobody_began_does_not_end(space):
    event = rows.event(space, running=False)
    with pytest.raises(ValidationError, match="Begin the first step"):
        actions.end_event(event, by=event.facilitator)


def test_changed_question_goes_into_the_draft(space, signed_in):
    rows.agreed(space)
    client = signed_in(make.member(space))
    where = address("question", space)
    assert "Write one of the two" in client.post(where, {"cycle": "applied"}).text
    client.post(where, {"unsure": "What counts?", "aspiration": "Eased.", "cycle": "realized"})
    draft = FramingVersion.objects.get(number=2)
    assert [u.text for u in draft.uncertainties.all()] == ["What counts?"]
    assert [(h.text, h.cycle) for h in draft.aspirations_added.all()] == [("Eased.", "realized")]
    assert Uncertainty.objects.get().raised_by is not None


def busy_event(number):
    space = make.space()
    event = rows.event(space, *[rows.member(space) for _ in range(number)])
    for _ in range(number):
        own = note(event, rows.member(space))
        own.joined_by.add(rows.member(space))
    return space, event


@pytest.mark.parametrize(("name", "headers"), [("event", {}), ("board", HTMX), ("edit_event", {})])
def test_event_costs_the_same_for_one_and_for_three(
    db, name, headers, signed_in, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        space, event = busy_event(number)
        client = signed_in(make.member(space, Role.FACILITATOR))
        with django_assert_max_num_queries(25) as queries:
            where = f"{address(name, space, event.pk)}?state=running"
            assert client.get(where, headers=headers).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
