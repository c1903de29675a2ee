"""Members answer a draft, each for themselves; dissent stays; then the frame stands."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from framing import actions
from framing.changes import pieces_of
from framing.models import Answer, FramingVersion, Uncertainty, VersionAnswer
from spaces.permissions import Role
from tests import make
from tests.framing import rows
from tests.framing.rows import address

DAY = dt.timedelta(days=1)


@pytest.fixture
def ana(space):
    return rows.member(space, name="Ana Reis")


@pytest.fixture
def draft(space, ana):
    return actions.begin_draft(space, by=ana)


def page(client, space, number=1):
    return " ".join(client.get(address("version", space, number)).text.split())


def test_nothing_is_chosen_before_somebody_answers(space, ana, draft, signed_in):
    text = page(signed_in(ana.person), space)
    assert "Give my answer" in text
    assert " checked" not in text


def test_answer_is_given_for_oneself_only_and_may_be_changed(space, ana, draft, signed_in):
    rui = rows.member(space, name="Rui Pinto")
    client = signed_in(ana.person)
    client.post(address("answer_version", space, 1), {"answer": "agree", "by": rui.pk})
    client.post(address("answer_version", space, 1), {"answer": "live_with", "words": "On record."})
    given = VersionAnswer.objects.get()
    assert (given.by, given.answer, given.words) == (ana, "live_with", "On record.")
    text = page(client, space)
    assert "I can live with it</b>: <bdi>Ana Reis" in text
    assert "On record." in text


def test_not_yet_needs_words_and_gives_none_back_lost(space, ana, draft, signed_in):
    client = signed_in(ana.person)
    answer = client.post(address("answer_version", space, 1), {"answer": "not_yet", "words": " "})
    assert "Something must change first" in answer.text
    answer = client.post(address("answer_version", space, 1), {"words": "I wonder about this."})
    assert "I wonder about this." in answer.text
    assert not VersionAnswer.objects.exists()


def test_frame_waits_for_everybody_until_the_closing_day(space, ana, draft):
    rui, quiet = rows.member(space, name="Rui Pinto"), rows.member(space, name="Lea Sand")
    actions.answer_version(draft, by=ana, answer="agree")
    actions.answer_version(draft, by=rui, answer="not_yet", words="My patients fall out.")
    with pytest.raises(ValidationError, match="Not everybody has answered"):
        actions.let_stand(draft, by=ana)
    actions.set_closing_day(draft, by=ana, day=space.today + DAY)
    with pytest.raises(ValidationError, match="Not everybody has answered"):
        actions.let_stand(draft, by=ana)
    FramingVersion.objects.update(answers_until=space.today)
    agreed = actions.let_stand(draft, by=ana)
    assert list(agreed.agreed_by.all()) == [ana]
    said = {row.by: (row.answer, row.words) for row in VersionAnswer.objects.all()}
    assert said[rui] == ("not_yet", "My patients fall out.")
    assert said[quiet] == (Answer.SILENT, "")


def test_one_not_yet_holds_the_frame_without_a_closing_day(space, ana, draft):
    actions.answer_version(draft, by=ana, answer="not_yet", words="Not like this.")
    with pytest.raises(ValidationError, match="Somebody says"):
        actions.let_stand(draft, by=ana)


def test_answer_counts_for_the_words_it_was_given_to(space, ana, draft, signed_in):
    rui = rows.member(space)
    for member in (ana, rui):
        actions.answer_version(draft, by=member, answer="agree")
    actions.add_part(draft, by=rui, part=Uncertainty(text="Who decides?"))
    with pytest.raises(ValidationError, match="Not everybody has answered"):
        actions.let_stand(draft, by=ana)
    assert "said of earlier words" in page(signed_in(ana.person), space)
    for member in (ana, rui):
        actions.answer_version(draft, by=member, answer="agree")
    assert actions.let_stand(draft, by=ana).is_agreed


def test_closing_day_lies_ahead(space, ana, draft, signed_in):
    client = signed_in(make.member(space, Role.FACILITATOR))
    address_ = address("set_closing_day", space, 1)
    assert "still to come" in client.post(address_, {"answers_until": space.today}).text
    client.post(address_, {"answers_until": space.today + DAY})
    assert FramingVersion.objects.get().answers_until == space.today + DAY


def test_participant_answers_and_a_facilitator_lets_it_stand(space, ana, draft, signed_in):
    client = signed_in(ana.person)
    assert "Let the frame stand" not in page(client, space)
    assert client.post(address("let_stand", space, 1)).status_code == 403
    tomasz = rows.member(space, Role.FACILITATOR)
    for member in (ana, tomasz):
        actions.answer_version(draft, by=member, answer="agree")
    client = signed_in(tomasz.person)
    assert "Let the frame stand" in page(client, space)
    client.post(address("let_stand", space, 1))
    assert FramingVersion.objects.get().is_agreed


def test_dissent_stays_with_the_agreed_version_and_inside(space, ana, draft, signed_in):
    actions.answer_version(draft, by=ana, answer="live_with", words="A wish without figures.")
    actions.let_stand(draft, by=ana)
    assert "A wish without figures." in page(signed_in(ana.person), space)
    sponsor = signed_in(make.member(space, Role.SPONSOR))
    assert "A wish without figures." not in page(sponsor, space)


def test_new_words_are_marked_and_lost_ones_struck():
    marked = pieces_of("fewer people wait long", "fewer old people wait")
    assert [(piece.kind, piece.text) for piece in marked] == [
        ("kept", "fewer"),
        ("new", " old"),
        ("kept", " people wait"),
        ("gone", " long"),
    ]
    assert "".join(p.text for p in marked if p.kind != "gone") == "fewer old people wait"


def test_changed_words_stand_together_not_word_by_word():
    marked = pieces_of("heal sooner, whichever door", "heal sooner, and those")
    assert [(piece.kind, piece.text) for piece in marked] == [
        ("kept", "heal sooner, "),
        ("gone", "whichever door"),
        ("new", "and those"),
    ]
