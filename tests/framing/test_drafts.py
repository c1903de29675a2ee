"""From the first draft to an agreed version that nothing changes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.urls import reverse

from framing import actions
from framing.models import (
    Aspiration,
    Assumption,
    FramingVersion,
    Reframing,
    Risk,
    SignToWatch,
    Uncertainty,
)
from spaces.permissions import Role
from spaces.revisions import Conflict
from tests import make
from tests.framing import rows
from tests.framing.rows import address
from valuecreation.cycles import Cycle


@pytest.fixture
def ana(space):
    return rows.member(space)


def test_first_draft_begins_with_what_the_space_said(space, ana):
    space.unsure_of = "Who waits longest?\nWhy on Tuesdays?"
    draft = actions.begin_draft(space, by=ana)
    assert (draft.number, draft.state, draft.difference) == (1, "draft", space.purpose)
    assert [(u.key, u.text) for u in draft.uncertainties.all()] == [
        ("U1", "Who waits longest?"),
        ("U2", "Why on Tuesdays?"),
    ]


def test_there_is_one_draft_at_a_time(space, ana):
    actions.begin_draft(space, by=ana)
    with pytest.raises(ValidationError, match="Work on it together"):
        actions.begin_draft(space, by=ana)


def test_next_draft_takes_over_hopes_and_open_uncertainties(space, ana):
    first = rows.agreed(space)
    kept = rows.hope(first)
    rows.unsure(first, "U1", state="turned")
    rows.unsure(first, "U3", state="open")
    draft = actions.begin_draft(space, by=ana, reason="We saw more.")
    assert list(Aspiration.objects.in_version(draft)) == [kept]
    assert [(u.key, u.version_id) for u in draft.uncertainties.all()] == [("U3", draft.pk)]
    assert draft.supersedes == first
    added = actions.add_part(draft, by=ana, part=Uncertainty(text="What counts as success?"))
    assert added.key == "U4"


@pytest.mark.parametrize(
    ("cycle", "taken", "key"),
    [
        (Cycle.IMMEDIATE, [], "A-IMM"),
        (Cycle.REALIZED, ["A-REA"], "A-REA2"),
        (Cycle.REALIZED, ["A-REA", "A-REA2"], "A-REA3"),
    ],
)
def test_key_of_a_hope_is_readable_and_its_own(space, ana, cycle, taken, key):
    first = rows.agreed(space)
    for name in taken:
        rows.hope(first, name, cycle)
    draft = actions.begin_draft(space, by=ana)
    part = Aspiration(text="Better.", cycle=cycle, whose="group")
    assert actions.add_part(draft, by=ana, part=part).key == key


def test_hope_dropped_in_a_draft_stays_in_the_version_before(space, ana):
    first = rows.agreed(space)
    gone = rows.hope(first)
    draft = actions.begin_draft(space, by=ana, reason="We saw more.")
    actions.drop_aspiration(draft, gone, by=ana)
    assert list(Aspiration.objects.in_version(draft)) == []
    assert list(Aspiration.objects.in_version(first)) == [gone]
    actions.keep_aspiration(draft, gone, by=ana)
    assert list(Aspiration.objects.in_version(draft)) == [gone]


def test_hope_put_differently_keeps_its_key_and_what_was_said_about_it(space, ana):
    first = rows.full(space)
    old = Aspiration.objects.get(key="A-APP")
    draft = actions.begin_draft(space, by=ana, reason="We saw more.")
    new = actions.reword_aspiration(draft, old, by=ana, text="Said better.")
    assert (new.key, new.cycle) == ("A-APP", old.cycle)
    assert new in Aspiration.objects.in_version(draft)
    assert old not in Aspiration.objects.in_version(draft)
    assert old in Aspiration.objects.in_version(first)
    old.refresh_from_db()
    assert old.text == "The hope A-APP."
    assert [a.text for a in new.assumptions.all()] == ["Somebody has time."]
    assert Assumption.objects.in_version(draft).get().aspiration == new


def parts_of(version):
    about = Aspiration.objects.filter(key="A-APP").first()
    return [
        Uncertainty(text="New?"),
        Aspiration(text="New.", cycle="applied", whose="group"),
        Assumption(text="New.", aspiration=about),
        Risk(text="New.", aspiration=about),
        SignToWatch(text="New.", aspiration=about),
    ]


def everything(version):
    stored = FramingVersion.objects.get(pk=version.pk)
    parts = [
        stored.uncertainties,
        stored.aspirations_added,
        stored.assumptions,
        stored.risks,
        stored.signs,
        stored.reframings,
    ]
    held = [model_to_dict(row) for part in parts for row in part.order_by("pk")]
    return model_to_dict(stored), held


def changes_of(version, by, moment):
    """Every way in which somebody could try to change a version."""
    hope = version.aspirations_added.get(key="A-APP")
    existing = [
        hope,
        version.uncertainties.get(),
        version.assumptions.get(),
        version.risks.get(),
        version.signs.get(),
    ]
    cause = version.reframings.get()
    yield lambda: actions.edit_draft(version, by=by, seen=version.revision, difference="Other.")
    yield lambda: actions.answer_version(version, by=by, answer="agree")
    yield lambda: actions.set_closing_day(version, by=by, day=None)
    yield lambda: actions.let_stand(version, by=by)
    yield lambda: actions.discard_draft(version, by=by)
    yield lambda: actions.add_cause(version, moment, by=by)
    yield lambda: actions.remove_cause(cause, by=by)
    yield lambda: actions.drop_aspiration(version, hope, by=by)
    yield lambda: actions.keep_aspiration(version, hope, by=by)
    yield lambda: actions.reword_aspiration(version, hope, by=by, text="Other.")
    for part in parts_of(version):
        yield lambda part=part: actions.add_part(version, by=by, part=part)
    for part in existing:
        yield lambda part=part: actions.change_part(part, by=by, seen=part.revision, text="Other.")
        yield lambda part=part: actions.remove_part(part, by=by)


def test_agreed_version_is_changed_by_no_action(space, ana):
    version = rows.full(space)
    moment = make.moment(space, loose_audience="space")
    Reframing.objects.create(version=version, moment=moment)
    before = everything(version)
    tried = list(changes_of(version, ana, moment))
    for change in tried:
        with pytest.raises(ValidationError, match="was agreed on 21 January 2025"):
            change()
    assert len(tried) == 25
    assert everything(version) == before


def test_agreed_version_is_changed_by_no_page(space, signed_in):
    version = rows.full(space)
    client = signed_in(make.member(space, Role.CONVENER))
    before = everything(version)
    about = Aspiration.objects.get(key="A-APP")
    words = {"text": "Other.", "revision": 0, "cycle": "applied", "whose": "group"}
    prefixed = {f"{kind}-{k}": v for kind in rows_kinds() for k, v in words.items()}
    client.post(address("edit_draft", space, 1), {"difference": "Other.", "revision": 0})
    client.post(address("answer_version", space, 1), {"answer": "agree"})
    client.post(address("set_closing_day", space, 1), {"answers_until": "2030-01-01"})
    client.post(address("let_stand", space, 1))
    client.post(address("discard_draft", space, 1))
    client.post(address("causes", space, 1), {})
    client.post(address("drop_aspiration", space, 1, about.pk))
    client.post(address("reword_aspiration", space, 1, about.pk), words)
    for kind, part in rows_kinds(version).items():
        client.post(address("add_part", space, 1, kind), prefixed)
        client.post(address("change_part", space, kind, part.pk), words)
        client.post(address("remove_part", space, kind, part.pk))
    assert everything(version) == before


def rows_kinds(version=None):
    names = {
        "uncertainty": "uncertainties",
        "aspiration": "aspirations_added",
        "assumption": "assumptions",
        "risk": "risks",
        "sign": "signs",
    }
    return {
        kind: getattr(version, name).first() if version else None for kind, name in names.items()
    }


def test_agreeing_dates_the_version_and_says_who(space, ana):
    rui = rows.member(space)
    draft = actions.begin_draft(space, by=ana)
    agreed = rows.agree(draft, ana, rui)
    assert (agreed.state, agreed.agreed_on, agreed.number) == ("agreed", space.today, 1)
    assert set(agreed.agreed_by.all()) == {ana, rui}
    assert FramingVersion.objects.in_space(space).current_on(space.today) == agreed


def test_reframing_asks_for_a_reason(space, ana):
    rows.agreed(space)
    draft = actions.begin_draft(space, by=ana)
    with pytest.raises(ValidationError, match="Say why you reframe"):
        rows.agree(draft, ana)


def test_two_people_changing_one_hope_lose_nothing(space, ana):
    draft = actions.begin_draft(space, by=ana)
    part = actions.add_part(
        draft, by=ana, part=Aspiration(text="One.", cycle="applied", whose="group")
    )
    other = Aspiration.objects.select_related("version").get(pk=part.pk)
    actions.change_part(other, by=ana, seen=0, text="Theirs.")
    with pytest.raises(Conflict):
        actions.change_part(part, by=ana, seen=0, text="Mine.")


def test_conflicting_save_of_a_draft_shows_both(space, signed_in):
    client = signed_in(make.member(space))
    client.post(address("new_draft", space), {"difference": "First."})
    where = address("edit_draft", space, 1)
    client.post(where, {"difference": "Theirs.", "revision": 0})
    page = client.post(where, {"difference": "Mine.", "revision": 0})
    assert page.status_code == 200
    assert "Theirs." in page.text
    assert "Mine." in page.text
    assert FramingVersion.objects.get().difference == "Theirs."
    assert client.post(where, {"difference": "Mine.", "revision": 1}).status_code == 302
    assert FramingVersion.objects.get().difference == "Mine."


def test_draft_is_written_part_by_part_on_one_page(space, signed_in):
    client = signed_in(make.member(space))
    client.post(address("new_draft", space), {"difference": "First."})
    for kind, words in {
        "uncertainty": {"text": "Who?"},
        "aspiration": {"text": "Better.", "cycle": "realized", "whose": "member"},
        "sign": {"text": "Fewer calls."},
        "risk": {"text": "Blame.", "mitigation": "Cover."},
        "assumption": {"text": "Time."},
    }.items():
        sent = {f"{kind}-{name}": value for name, value in words.items()}
        answer = client.post(address("add_part", space, 1, kind), sent)
        assert answer["Location"] == f"{address('edit_draft', space, 1)}#{kind}"
    page = client.get(address("edit_draft", space, 1)).text
    for words in ("Who?", "Better.", "Fewer calls.", "Blame.", "Cover.", "Time."):
        assert words in page


def test_part_sent_twice_is_stored_once(space, signed_in):
    client = signed_in(make.member(space))
    client.post(address("new_draft", space), {"difference": "First."})
    sent = {"uncertainty-text": "Who?", "once": "k1"}
    for _ in range(2):
        client.post(address("add_part", space, 1, "uncertainty"), sent)
    assert Uncertainty.objects.count() == 1


def test_faulty_part_comes_back_with_its_words(space, signed_in):
    client = signed_in(make.member(space))
    client.post(address("new_draft", space), {"difference": "First."})
    sent = {"aspiration-text": "", "aspiration-polarity_guard": "Not at night."}
    page = client.post(address("add_part", space, 1, "aspiration"), sent)
    assert page.status_code == 200
    assert "Not at night." in page.text
    assert not Aspiration.objects.exists()


def test_part_is_not_about_a_hope_of_another_space(space, signed_in):
    foreign = rows.hope(rows.agreed(make.space()))
    client = signed_in(make.member(space))
    client.post(address("new_draft", space), {"difference": "First."})
    sent = {"risk-text": "Blame.", "risk-aspiration": foreign.pk}
    assert client.post(address("add_part", space, 1, "risk"), sent).status_code == 200
    assert not Risk.objects.exists()


def test_discarded_draft_leaves_the_agreed_version_whole(space, ana):
    first = rows.full(space)
    draft = actions.begin_draft(space, by=ana, reason="We saw more.")
    actions.drop_aspiration(draft, first.aspirations_added.get(key="A-APP"), by=ana)
    before = everything(first)
    actions.discard_draft(draft, by=ana)
    _version, held = everything(first)
    assert [row for row in held if row.get("dropped_in")] == []
    assert len(held) == len(before[1])


def test_check_of_an_assumption_is_noted_beside_the_words(space, signed_in):
    version = rows.full(space)
    part = version.assumptions.get()
    client = signed_in(make.member(space))
    where = reverse("framing:check", args=[space.slug, "assumption", part.pk])
    sent = {"state": "false", "checked_on": "2025-04-15", "note": "", "revision": 0}
    page = client.post(where, sent)
    assert "Say in a sentence what you saw" in page.text
    assert "What was saved meanwhile" not in page.text
    client.post(where, sent | {"note": "It was trust, not time."})
    part.refresh_from_db()
    assert (part.state, part.checked_on) == ("false", dt.date(2025, 4, 15))
    assert part.text == "Somebody has time."
    conflict = client.post(where, sent | {"state": "holding", "note": "No."})
    assert "It was trust, not time." in conflict.text
    assert part.checks.count() == 1


def test_earlier_checks_of_an_assumption_stay(space, ana):
    part = rows.full(space).assumptions.get()
    actions.check_assumption(
        part, by=ana, seen=0, state="false", note="No.", checked_on=dt.date(2025, 5, 1)
    )
    actions.check_assumption(part, by=ana, seen=1, state="holding", checked_on=dt.date(2025, 4, 1))
    assert (part.state, part.checked_on) == ("false", dt.date(2025, 5, 1))
    assert [c.state for c in part.checks.all()] == ["holding", "false"]
