"""What others say to a story: asked by its teller, said by themselves, beside the words."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.models import Notice, NoticeKind
from spaces.permissions import Role
from tests import make
from valuecreation import actions, tasks
from valuecreation.models import Statement, StatementKind, Strength
from valuecreation.statements import signed

pytestmark = pytest.mark.django_db
PRIYA, GP = "Priya Raman", "Dr Imran Sheikh"


@pytest.fixture
def story():
    space = make.space()
    teller = make.membership(space, make.person("Grace Bello"), Role.PARTICIPANT)
    return make.story(in_space=space, teller=teller, shared=True, title="The grid by the sink")


@pytest.fixture
def priya(story):
    who = make.person(PRIYA)
    return make.membership(story.space, who, Role.PARTICIPANT, practice="vascular nurse")


def asked(story, **whom):
    return actions.ask_for_statement(story, by=story.teller, **whom)


def asked_outside(story):
    return asked(story, name=GP, email="imran@example.org")


def link_of(statement):
    return reverse("valuecreation:make_statement", args=[signed(statement)])


def page_of(story):
    return reverse("valuecreation:story", args=[story.space.slug, story.public_id])


SAID = {"kind": "confirms", "words": "I saw the grid.", "reach": "space"}


def test_a_member_learns_by_a_notice_that_they_are_asked_and_by_whom(client, story, priya):
    client.force_login(story.teller.person)
    where = reverse("valuecreation:ask_others", args=[story.space.slug, story.public_id])
    client.post(where, {"member": priya.pk})
    told = Notice.objects.get(kind=NoticeKind.NAMED)
    assert (told.person, told.label) == (priya.person, "Grace Bello")
    assert told.address == link_of(Statement.objects.get())
    assert PRIYA in client.get(where).text
    actions.make_statement(Statement.objects.get(), kind="confirms", reach="space")
    told.refresh_from_db()
    assert told.done_at


def test_somebody_outside_is_asked_by_one_mail_without_a_word_of_the_story(
    story, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked_outside(story)
    tasks.send_waiting_statement_requests()
    (sent,) = mail.outbox
    assert sent.to == ["imran@example.org"]
    assert "Grace Bello" in sent.body
    assert story.title not in sent.subject + sent.body
    assert link_of(Statement.objects.get()) in sent.body


def test_their_word_by_the_link_bears_the_story_out_and_opening_it_changes_nothing(
    client, story, priya
):
    statement = asked(story, member=priya)
    page = client.get(link_of(statement))
    assert story.title in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    statement.refresh_from_db()
    assert statement.said_on is None
    client.post(link_of(statement), SAID)
    story.refresh_from_db()
    assert story.strength == Strength.CORROBORATED
    assert "I saw the grid." in client.get(link_of(statement)).text
    client.force_login(make.member(story.space))
    assert "I saw the grid." in client.get(page_of(story)).text


def test_only_somebody_outside_who_says_so_substantiates_it(client, story, priya):
    inside, outside = asked(story, member=priya), asked_outside(story)
    client.post(link_of(inside), SAID | {"independent": "on"})
    story.refresh_from_db()
    assert story.strength == Strength.CORROBORATED
    client.post(link_of(outside), SAID | {"independent": "on", "label": "a GP in Ashwell"})
    story.refresh_from_db()
    assert story.strength == Strength.SUBSTANTIATED


def test_seeing_it_differently_stands_beside_and_bears_nothing_out(client, story, priya):
    statement = asked(story, member=priya)
    refused = client.post(link_of(statement), {"kind": "differs", "reach": "space"})
    assert "Write in a few words" in refused.text
    client.post(link_of(statement), SAID | {"kind": "differs", "words": "It was two weeks later."})
    story.refresh_from_db()
    assert story.strength == Strength.ASSERTED
    client.force_login(story.teller.person)
    assert "It was two weeks later." in client.get(page_of(story)).text


def test_what_the_teller_says_bears_nothing_out(client, story):
    client.force_login(story.teller.person)
    edit = reverse("valuecreation:edit_story", args=[story.space.slug, story.public_id])
    about = {"title": story.title, "kind": "specific", "told_on": "2025-06-01", "revision": "0"}
    for word in ("corroborated", "substantiated"):
        client.post(edit, about | {"told_strength": word, "strength": word})
        story.refresh_from_db()
        assert story.strength == Strength.ASSERTED
    client.post(edit, about | {"told_strength": "documented"})
    story.refresh_from_db()
    assert story.strength == Strength.DOCUMENTED


def test_the_link_of_another_is_nothing_for_the_teller(client, story, priya):
    statement = asked(story, member=priya)
    client.force_login(story.teller.person)
    client.post(link_of(statement), SAID)
    statement.refresh_from_db()
    assert statement.said_on is None


def test_a_word_said_to_another_wording_bears_nothing_out(client, story, priya):
    statement = asked(story, member=priya)
    client.post(link_of(statement), SAID)
    moment = story.steps.get().moment
    fields = {"text": "Everybody healed.", "polarity": "positive", "cycle": "applied"}
    actions.change_moment(moment, by=story.teller, seen=moment.revision, fields=fields)
    story.refresh_from_db()
    assert story.strength == Strength.ASSERTED
    client.force_login(story.teller.person)
    assert "Said to an earlier wording" in client.get(page_of(story)).text


def test_it_goes_where_its_writer_lets_it_and_the_story_goes(client, story, priya):
    make.consent(story, "organisation")
    sponsor = make.member(story.space, Role.SPONSOR)
    for reach, inside, beyond in [
        ("teller", False, False), ("space", True, False), ("story", True, True),
    ]:  # fmt: skip
        Statement.objects.all().delete()
        statement = asked(story, member=priya)
        actions.make_statement(statement, kind="adds", words="Priya adds this.", reach=reach)
        for person, reads in [(make.member(story.space), inside), (sponsor, beyond)]:
            client.force_login(person)
            assert ("adds this." in client.get(page_of(story)).text) is reads
    assert PRIYA not in client.get(page_of(story)).text
    assert "vascular nurse" in client.get(page_of(story)).text


def test_beside_a_nameless_teller_nothing_tells_who_they_know(client, story, priya):
    statement = asked(story, member=priya)
    actions.make_statement(statement, kind="adds", words="I was there.", reach="story")
    make.consent(story, "space", attribution="anonymous")
    client.force_login(make.member(story.space))
    assert "I was there." not in client.get(page_of(story)).text
    client.force_login(story.teller.person)
    assert "I was there." in client.get(page_of(story)).text
    client.logout()
    assert "Grace" not in client.get(link_of(asked_outside(story))).text


def test_taking_it_back_leaves_no_word_and_bears_nothing_out(client, story, priya):
    statement = asked(story, member=priya)
    client.post(link_of(statement), SAID)
    token = signed(statement)
    client.post(reverse("valuecreation:take_back_statement", args=[token]))
    statement.refresh_from_db()
    story.refresh_from_db()
    assert (statement.words, statement.said_on) == ("", None)
    assert story.strength == Strength.ASSERTED


def test_a_link_that_has_ended_or_was_taken_back_takes_no_answer(client, story, priya):
    statement = asked(story, member=priya)
    statement.open_until = story.space.today - dt.timedelta(days=1)
    statement.save()
    assert "This link worked until" in client.get(link_of(statement)).text
    client.post(link_of(statement), SAID)
    statement.refresh_from_db()
    assert statement.said_on is None
    actions.no_longer_ask(statement, by=story.teller)
    assert client.get(link_of(statement)).status_code == 404


@pytest.mark.parametrize("whom", ["nobody", "themselves", "a member's address", "twice"])
def test_who_cannot_be_asked_is_said_in_words(story, priya, whom):
    if whom == "twice":
        asked(story, member=priya)
    wanted = {
        "nobody": {},
        "themselves": {"member": story.teller},
        "a member's address": {"name": "P", "email": priya.person.email.upper()},
        "twice": {"member": priya},
    }[whom]
    with pytest.raises(ValidationError):
        asked(story, **wanted)


def test_erasing_the_story_leaves_no_word_of_anybody(story, priya):
    statement = asked(story, member=priya)
    actions.make_statement(statement, kind=StatementKind.ADDS, words="I was there.")
    actions.erase_story(story, by=story.teller)
    assert not Statement.objects.exists()
