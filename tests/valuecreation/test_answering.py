"""What each answer stores, by a page, by a mailed link, and taken back again."""

import datetime as dt
import re

import pytest
from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spaces.permissions import Role
from tests import make
from tests.pages import reading_only
from valuecreation import actions, tasks
from valuecreation.answer_links import LINK, signed_question
from valuecreation.cycles import Polarity, Unplaced
from valuecreation.models import Flow, FlowStatus, FollowUp, FollowUpOutcome, Moment, Story
from valuecreation.views.answering import SENT_AT_MOST

pytestmark = pytest.mark.django_db
WORDS = "I used it on Friday. The first reading was useless."


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def leader(space):
    return make.membership(space, make.person("Tomasz Wrona"), Role.FACILITATOR)


@pytest.fixture
def moment(space, ana):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["potential"])
    return story.steps.get().moment


@pytest.fixture
def asked(moment, leader):
    return actions.ask_what_happened(moment, by=leader)


def link_in_mail(asked) -> str:
    make.morning(asked)
    tasks.send_waiting_follow_ups()
    return re.findall(r"https?://[^/]+(/a/[^/]+/)\s", mail.outbox[-1].body)[0]


def answered(asked, ana, outcome, answer=""):
    actions.answer_follow_up(asked, by=ana, outcome=outcome, answer=answer)
    asked.refresh_from_db()
    return asked


# --- what is stored ------------------------------------------------------------------------


def test_words_are_a_moment_nobody_placed_or_judged_with_its_teller_alone(
    space, moment, asked, ana, leader
):
    told = answered(asked, ana, "happened", WORDS).told
    assert (told.text, told.cycle, told.polarity) == (WORDS, Unplaced.OPEN, Polarity.OPEN)
    assert told.beside == moment.steps.get().story
    assert Moment.objects.for_user(ana.person).among([told.pk]).exists()
    assert not Moment.objects.for_user(leader.person).among([told.pk]).exists()
    happened = Flow.objects.get(target=told)
    assert (happened.source, happened.status) == (moment, FlowStatus.HAPPENED)


def test_words_end_the_waiting_for_its_teller_and_for_everybody_else(space, moment, asked, ana):
    assert Moment.objects.untold_since(space, space.today).among([moment.pk]).exists()
    answered(asked, ana, "happened", WORDS)
    assert not Moment.objects.untold_since(space, space.today).among([moment.pk]).exists()
    seen = Flow.objects.for_audience("space", space.today, space=space).get()
    assert (seen.status, seen.target) == (FlowStatus.AWAITED, None)


def test_words_in_a_story_nobody_reads_yet_stand_in_that_story(space, ana):
    story = make.story(in_space=space, teller=ana, cycles=["potential"])
    own = actions.say_what_came(story.steps.get().moment, by=ana, outcome="happened", answer=WORDS)
    assert [step.moment.text for step in story.steps.all()][1:] == [WORDS]
    assert Flow.objects.get().target == own.told


@pytest.mark.parametrize(
    ("outcome", "status", "again"),
    [
        ("abandoned", FlowStatus.ABANDONED, False),
        ("dormant", FlowStatus.DORMANT, False),
        ("nothing_yet", FlowStatus.AWAITED, True),
        ("not_mine", None, False),
        ("never", None, False),
    ],
)
def test_what_each_tap_stores(space, asked, ana, outcome, status, again):
    answered(asked, ana, outcome)
    assert [flow.status for flow in Flow.objects.all()] == ([status] if status else [])
    assert Moment.objects.count() == 1
    assert asked.again_on == (space.today + dt.timedelta(days=30) if again else None)
    assert not FollowUp.objects.waiting().exists()


def test_a_hope_is_let_go_by_the_way_to_it(space, moment, leader, ana):
    hope = make.moment(space, agent=ana, status="hoped")
    moment.steps.get().story.steps.create(moment=hope, order=2)
    way = make.flow(moment, hope, status="awaited")
    answered(actions.ask_what_happened(hope, by=leader), ana, "abandoned")
    assert [(flow.pk, flow.status) for flow in Flow.objects.all()] == [
        (way.pk, FlowStatus.ABANDONED)
    ]
    assert not Moment.objects.hopes_past(dt.date(2026, 1, 1)).exists()


def test_asker_is_told_what_is_not_theirs_and_not_who_never_wants_to_be_asked(
    client, asked, leader, ana
):
    client.force_login(leader.person)
    answered(asked, ana, "not_mine")
    assert "Not mine" in client.get(reverse("valuecreation:to_follow_up")).text
    FollowUp.objects.update(outcome=FollowUpOutcome.NEVER)
    assert "Ana" not in client.get(reverse("valuecreation:to_follow_up")).text


# --- taken back and changed ----------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["happened", "abandoned", "dormant", "nothing_yet", "never"])
def test_nothing_of_an_answer_taken_back_is_kept(space, moment, asked, ana, outcome):
    way = make.flow(moment, None, status="blocked", reason="no_time", note="Winter.")
    before = Flow.objects.filter(pk=way.pk).values().get()
    answered(asked, ana, outcome, WORDS)
    actions.take_back_answer(asked, by=ana)
    assert list(Flow.objects.values()) == [before]
    assert list(Moment.objects.all()) == [moment]
    assert FollowUp.objects.waiting().get().answer == ""


def test_words_told_in_a_story_of_their_own_are_taken_back_with_it(space, leader, ana):
    noted = make.moment(space, agent=ana, recorded_by=ana, loose_audience="space")
    asked = actions.ask_what_happened(noted, by=leader)
    assert answered(asked, ana, "happened", WORDS).told.steps.get().story.teller == ana
    actions.take_back_answer(asked, by=ana)
    assert (Story.objects.count(), list(Moment.objects.all())) == (0, [noted])


def test_changed_words_keep_what_was_said_of_them(asked, ana):
    answered(asked, ana, "happened", WORDS)
    actions.say_of_answer(asked, by=ana, turned_out="nil")
    actions.say_of_answer(asked, by=ana, kind="applied")
    actions.change_answer(asked, by=ana, outcome="happened", answer="It did not help.")
    told = Moment.objects.get(pk=asked.told_id)
    assert (told.text, told.polarity, told.cycle) == ("It did not help.", "nil", "applied")
    assert FollowUp.objects.get().answer == "It did not help."


def test_words_changed_into_a_tap_are_gone(moment, asked, ana):
    answered(asked, ana, "happened", WORDS)
    actions.change_answer(asked, by=ana, outcome="dormant")
    assert (list(Moment.objects.all()), Flow.objects.get().status) == ([moment], "dormant")


def test_after_half_an_hour_nothing_is_taken_back(asked, ana):
    answered(asked, ana, "happened", WORDS)
    past = timezone.now() - dt.timedelta(minutes=31)
    FollowUp.objects.update(answered_at=past)
    with pytest.raises(ValidationError, match="Half an hour"):
        actions.take_back_answer(asked, by=ana)
    assert FollowUp.objects.get().before
    tasks.forget_how_it_stood()
    assert FollowUp.objects.get().before == {}


# --- by the mailed link --------------------------------------------------------------------


def test_link_asks_without_signing_in_and_shows_this_one_moment(client, moment, asked):
    other = make.story(in_space=moment.space, teller=asked.asked_of, title="Something else")
    path = link_in_mail(asked)
    with reading_only():
        page = client.get(f"{path}?tap=later")
    assert page.status_code == 200
    assert moment.text in page.text
    assert "Send it to Tomasz" in page.text
    assert '<li class="marked"><button form="answer" name="tap" value="later">' in page.text
    for hidden in (other.title, moment.steps.get().story.title, "Overview", asked.asked_of.ref):
        assert hidden not in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert FollowUp.objects.waiting().exists()


def test_answer_by_link_is_kept_and_taken_back_in_the_same_browser_only(client, asked, moment):
    path = link_in_mail(asked)
    kept = client.post(path, {"words": WORDS, "tap": "words"}, follow=True)
    assert kept.redirect_chain == [(f"{path}answered/", 302)]
    assert "Tomasz has your answer. Thank you." in kept.text
    assert WORDS in kept.text
    elsewhere = Client().get(f"{path}answered/").text
    assert "You answered on" in elsewhere
    assert WORDS not in elsewhere + Client().get(path).text
    Client().post(f"{path}answered/", {"do": "take-back"})
    assert FollowUp.objects.get().answer == WORDS
    back = client.post(f"{path}answered/", {"do": "take-back"}, follow=True).text
    assert "Taken back. Nothing of it is kept." in back
    assert FollowUp.objects.waiting().exists()


def test_answer_is_changed_and_said_to_have_changed_nothing(client, asked):
    path = link_in_mail(asked)
    client.post(path, {"words": WORDS, "tap": "words"})
    form = client.get(f"{path}answered/?change=yes").text
    assert WORDS in form
    client.post(f"{path}answered/", {"words": "Otherwise.", "tap": "words"})
    client.post(f"{path}answered/", {"turn": "nil"})
    client.post(f"{path}answered/", {"kind": "applied"})
    told = Moment.objects.get(beside__isnull=False)
    assert (told.text, told.polarity, told.cycle) == ("Otherwise.", "nil", "applied")


@pytest.mark.parametrize(
    ("tap", "heading"),
    [
        ("nothing", "Noted: nothing came of it."),
        ("later", "Noted: kept for later."),
        ("not-mine", "Noted: not yours. Tomasz is told."),
        ("month", "We ask again on "),
        ("never", "Noted: nobody asks you about this again."),
    ],
)
def test_one_tap_says_what_was_noted(client, asked, tap, heading):
    path = link_in_mail(asked)
    assert heading in client.post(path, {"tap": tap, "words": ""}, follow=True).text


def test_sharing_wants_a_sign_in(client, asked, leader):
    path = link_in_mail(asked)
    page = client.post(path, {"words": WORDS, "tap": "words"}, follow=True).text
    (where,) = re.findall(r'<a class="btn" href="([^"]+)">Share with', page)
    assert "/account/login/" in client.get(where)["Location"]


def test_empty_answer_stores_nothing_and_loses_nothing(client, asked):
    path = link_in_mail(asked)
    assert "Write a few words first." in client.post(path, {"words": " ", "tap": "words"}).text
    again = client.post(path, {"words": "Half a thought", "tap": "nonsense"}).text
    assert "Half a thought" in again
    assert FollowUp.objects.waiting().exists()


def test_link_that_is_used_ended_or_not_needed_says_so(client, asked, leader, ana):
    path = link_in_mail(asked)
    month = dt.timedelta(days=31)
    FollowUp.objects.update(mailed_at=timezone.now() - month)
    assert "This link worked until" in client.get(path).text
    late = client.post(path, {"words": "Too late", "tap": "words"}).text
    assert "Too late" in late
    FollowUp.objects.update(mailed_at=timezone.now())
    actions.take_back_question(FollowUp.objects.get(), by=leader)
    assert "Tomasz no longer needs an answer." in client.get(path).text
    FollowUp.objects.all().delete()
    assert "No answer is needed any more." in client.get(path).text


def test_only_a_link_we_wrote_for_this_person_is_one(client, asked, ana):
    path = link_in_mail(asked)
    assert client.get(path[:-3] + "x/").status_code == 404
    forged = signing.Signer(salt="something else").sign(f"{asked.pk}-{ana.person.pk}")
    assert client.get(reverse("valuecreation:answer", args=[forged])).status_code == 404
    other = signing.Signer(salt=LINK).sign(f"{asked.pk}-{ana.person.pk + 1}")
    assert "No answer is needed" in client.get(reverse("valuecreation:answer", args=[other])).text


def test_answers_are_not_sent_over_and_over(client, asked, monkeypatch):
    monkeypatch.setitem(SENT_AT_MOST, "send_answer", "300/h/ip,2/h/key")
    path = link_in_mail(asked)
    sent = [client.post(path, {"words": "", "tap": "words"}).status_code for _ in range(3)]
    assert sent == [200, 200, 429]


def test_signed_in_answer_is_the_same_act(client, asked, ana):
    client.force_login(ana.person)
    where = reverse("valuecreation:answer_follow_up", args=[asked.pk])
    kept = client.post(where, {"words": WORDS, "tap": "words"}, follow=True)
    assert kept.redirect_chain[0][0] == f"/a/{signed_question(asked)}/answered/"
    assert FollowUp.objects.get().told.text == WORDS


# --- before the mail goes ------------------------------------------------------------------


def test_question_goes_at_eight_where_the_one_who_is_asked_lives(space, moment, leader, ana):
    ana.person.time_zone = "Asia/Tokyo"
    ana.person.save()
    asked = actions.ask_what_happened(moment, by=leader)
    there = timezone.localtime(asked.goes_at, dt.timezone(dt.timedelta(hours=9)))
    tomorrow = timezone.now().astimezone(there.tzinfo).date() + dt.timedelta(days=1)
    assert (there.date(), there.hour, there.minute) == (tomorrow, 8, 0)


def test_question_taken_back_before_its_mail_leaves_nothing(asked, leader, ana):
    actions.take_back_question(asked, by=leader)
    assert not FollowUp.objects.exists()


def test_question_of_another_is_not_taken_back(asked, ana):
    with pytest.raises(ValidationError, match="Only the person who asked"):
        actions.take_back_question(asked, by=ana)


def test_question_asked_in_person_sends_no_mail(moment, leader):
    asked = actions.ask_what_happened(moment, by=leader, in_person=True)
    tasks.send_waiting_follow_ups()
    tasks.send_follow_up_mail(asked.pk)
    assert mail.outbox == []
