"""One place decides whether a mail may tell somebody of something: off means no mail."""

import datetime as dt

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from spaces import actions, tasks
from spaces.mailing import MailFate, MailWishes, may_mail
from spaces.models import (
    GROUPS,
    USUAL,
    MailRhythm,
    MailState,
    MailWay,
    Notice,
    NoticeGroup,
    NoticeKind,
    Person,
    SpaceState,
)
from spaces.permissions import Role
from tests import make

DAY = dt.time(0), dt.time(0)  # no quiet hours
WAYS = st.dictionaries(
    st.sampled_from([str(group) for group in NoticeGroup]), st.sampled_from(MailWay.values)
)
ZONES = st.sampled_from(["UTC", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Pago_Pago"])
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(
    dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC)
)
RHYTHMS = st.builds(
    lambda zone, active, begin, end, until: MailRhythm(
        person=Person(time_zone=zone, is_active=active),
        quiet_from=begin,
        quiet_until=end,
        ask_nothing_until=until,
    ),
    ZONES,
    st.sampled_from([True, True, True, False]),
    TIMES,
    TIMES,
    st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
)
WISHES = st.builds(MailWishes, RHYTHMS, WAYS, st.sampled_from(SpaceState.values))


@given(WISHES, st.sampled_from(list(NoticeKind)), MOMENTS)
def test_what_is_off_is_never_mailed_and_nothing_leaves_in_quiet_hours(wishes, kind, at):
    choice, group = wishes.choice(kind, at), GROUPS[kind]
    rhythm = wishes.rhythm
    clock, (begin, end) = rhythm.here(at).time(), (rhythm.quiet_from, rhythm.quiet_until)
    asleep = begin <= clock < end or (end < begin and not end <= clock < begin)
    way = wishes.ways.get(group, USUAL[group])
    if not rhythm.person.is_active or (way == MailWay.OFF and group != NoticeGroup.CONSENT):
        assert choice.fate == MailFate.NEVER
        assert rhythm.person.is_active is False or not wishes.in_digest(kind, at)
    if choice.fate == MailFate.NOW:
        assert not asleep
        assert group == NoticeGroup.CONSENT or way == MailWay.AT_ONCE
    if group == NoticeGroup.CONSENT and rhythm.person.is_active:
        assert choice.fate == (MailFate.LATER if asleep else MailFate.NOW)
    if group in (NoticeGroup.QUESTIONS, NoticeGroup.FRAMING, NoticeGroup.LEADING):
        resting = wishes.state in (SpaceState.PAUSED, SpaceState.CLOSED)
        assert not resting or choice.fate in (MailFate.LATER, MailFate.NEVER)
    if choice.fate == MailFate.LATER:
        assert choice.at > at


@given(WISHES, st.sampled_from([NoticeKind.QUESTION, NoticeKind.QUIET, NoticeKind.HOPE]), MOMENTS)
def test_nobody_is_asked_before_the_day_they_named(wishes, kind, at):
    until = wishes.rhythm.ask_nothing_until
    if until and wishes.rhythm.here(at).date() < until:
        assert wishes.choice(kind, at).fate in (MailFate.LATER, MailFate.NEVER)
        assert not wishes.in_digest(kind, at)


# --- the mails themselves ------------------------------------------------------------------


@pytest.fixture
def ana(space):
    member = make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)
    actions.choose_rhythm(by=member.person, quiet_from=DAY[0], quiet_until=DAY[1])
    return member


def put(member, kind=NoticeKind.STORY, number=1, **fields):
    about = {"space": member.space, "address": "/spaces/", "label": "Grace"} | fields
    actions.notify(member.person, kind, number=number, **about)


def written():
    tasks.mail_notices()
    tasks.send_waiting_mails()
    return [sent.to[0] for sent in mail.outbox]


pytestmark = pytest.mark.django_db


def test_notice_is_mailed_once_as_html_and_plain_text(ana):
    put(ana)
    tasks.mail_notices_about(NoticeKind.STORY, 1)
    assert written() == [ana.person.email]
    assert written() == [ana.person.email]
    (sent,) = mail.outbox
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    for words in ("Grace has written down a story", "Read and correct", "/spaces/"):
        assert words in sent.body
        assert words in html
    assert sent.from_email.startswith(f'"{ana.space.name}, by Learning Spaces"')
    assert Notice.objects.get().mail_state == MailState.SENT


def test_mail_program_switches_it_off_by_one_click(client, ana):
    put(ana)
    written()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>").replace("http://localhost:8000", "")
    assert "Switch these mails off" in client.get(link).text
    assert may_mail(ana.person, NoticeKind.STORY, ana.space).fate == MailFate.NOW
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    put(ana, number=2)
    put(ana, kind=NoticeKind.FRAMING)
    written()
    assert len(mail.outbox) == 2
    assert "A draft of what the space hopes for" in mail.outbox[1].body


def test_link_that_was_tampered_with_switches_nothing_off(client, ana):
    assert client.post("/mail/stop/WzEsIm5vdGhpbmciXQ:abc/").status_code == 404


@pytest.mark.parametrize("way", [MailWay.OFF, MailWay.DIGEST])
def test_what_is_not_wanted_at_once_is_not_mailed(ana, way):
    actions.choose_mail(by=ana.person, ways={NoticeGroup.STORIES: way})
    put(ana)
    assert written() == []
    put(ana, kind=NoticeKind.CONSENT_ENDING)
    assert written() == [ana.person.email]
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_one_space_can_be_otherwise_than_everywhere(ana):
    other = make.membership(make.space(), ana.person, Role.PARTICIPANT)
    actions.choose_mail(by=ana.person, ways={NoticeGroup.STORIES: MailWay.OFF})
    actions.choose_mail(
        by=ana.person, ways={NoticeGroup.STORIES: MailWay.AT_ONCE}, space=other.space
    )
    put(ana)
    put(other, number=2)
    written()
    assert [sent.from_email.split(",")[0] for sent in mail.outbox] == [f'"{other.space.name}']


def test_in_quiet_hours_it_waits(ana):
    now = MailRhythm.objects.of(ana.person).here(dt.datetime.now(dt.UTC))
    around = {"quiet_from": now - dt.timedelta(hours=2), "quiet_until": now + dt.timedelta(hours=2)}
    actions.choose_rhythm(by=ana.person, **{name: at.time() for name, at in around.items()})
    put(ana)
    assert written() == []
    assert Notice.objects.get().mail_at > now
    actions.choose_rhythm(by=ana.person, quiet_from=DAY[0], quiet_until=DAY[1])
    Notice.objects.update(mail_at=now)
    assert written() == [ana.person.email]


def test_what_is_dealt_with_meanwhile_is_not_mailed(ana):
    put(ana)
    actions.done(NoticeKind.STORY, 1)
    assert written() == []


# --- choosing ------------------------------------------------------------------------------


def chosen(**fields):
    ways = {str(group): "digest" for group in USUAL if group != NoticeGroup.CONSENT}
    when = {"digest": "monthly", "digest_day": "2", "quiet_from": "20:00", "quiet_until": "09:00"}
    return ways | when | fields


def test_person_chooses_on_a_page(signed_in, ana):
    client = signed_in(ana.person)
    client.post("/me/mail/", chosen(questions="off", own_words="on"))
    page = client.get("/me/mail/")
    assert next(field.value() for field in page.context["ways"]) == "off"
    rhythm = MailRhythm.objects.of(ana.person)
    assert (rhythm.digest, rhythm.digest_day, rhythm.own_words) == ("monthly", 2, True)
    client.post(f"/me/mail/{ana.space.slug}/", {"questions": "at_once"})
    assert may_mail(ana.person, NoticeKind.QUESTION, ana.space).fate in (
        MailFate.NOW,
        MailFate.LATER,
    )


def test_what_cannot_be_chosen_is_said_at_its_place(signed_in, ana):
    page = signed_in(ana.person).post("/me/mail/", chosen(questions="loudly", quiet_from="late"))
    assert "This is not one of the choices. Choose again." in page.text
    assert "Write a time like 21:00." in page.text


@pytest.mark.parametrize("what", ["monthly", "only_questions", "summary", "nothing"])
def test_links_of_the_summary_do_what_they_say(ana, what):
    actions.stop_mail(what, by=ana.person)
    rhythm = MailRhythm.objects.of(ana.person)
    assert rhythm.digest == ("monthly" if what == "monthly" else "never")
    question = may_mail(ana.person, NoticeKind.QUESTION, ana.space).fate
    story = may_mail(ana.person, NoticeKind.STORY, ana.space).fate
    assert (question == MailFate.NEVER) == (what == "nothing")
    assert (story == MailFate.NEVER) == (what in ("only_questions", "nothing"))
