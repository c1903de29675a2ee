"""The weekly summary: never empty, never twice, without any story, and not for whom it is off."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learningspaces import digest, tasks
from spaces import actions
from spaces.models import (
    CHOSEN,
    GROUPS,
    Digest,
    DigestRhythm,
    Mail,
    MailWay,
    Notice,
    NoticeGroup,
    NoticeKind,
    SpaceState,
)
from spaces.permissions import Role
from spaces.tasks import mail_notices
from tests import make
from valuecreation.models import Consent
from valuecreation.still_notices import note_still

pytestmark = pytest.mark.django_db
NOON = dt.time(12)
MONDAY = dt.datetime(2026, 6, 1, 8, 20, tzinfo=dt.UTC)


@pytest.fixture
def ana(space):
    person = make.person("Ana Costa")
    return make.membership(space, person, Role.PARTICIPANT)


def put(member, kind=NoticeKind.TAKEN_UP, number=1, **fields):
    about = {"space": member.space, "address": "/spaces/"} | fields
    actions.notify(member.person, kind, number=number, **about)


def told(space, day, **fields):
    story = make.story(in_space=space, shared=True, **fields)
    Consent.objects.filter(story=story).update(given_on=day)
    return story


def sent(member, now=MONDAY):
    written = digest.send_to(member.person.pk, now)
    return written.text if written else None


def test_week_without_news_sends_nothing_and_is_not_looked_at_again(ana):
    assert sent(ana) is None
    put(ana)
    assert sent(ana) is None
    assert Digest.objects.get().mail is None
    assert "Something you brought was taken up" in sent(ana, MONDAY + digest.WEEK)


def test_week_is_told_once_and_without_any_word_of_a_story(space, ana):
    story = told(space, MONDAY.date() - dt.timedelta(days=2), title="The grid")
    put(ana)
    text = sent(ana)
    assert text.startswith("Ana, this was the week.")
    for words in ("FOR YOU\n", "taken up by somebody else", "One story was told.", "/me/mail/"):
        assert words in text
    assert "grid" not in text
    assert Mail.objects.get().subject == f"{space.name}, 25 to 31 May"
    assert story.teller.name not in text
    assert sent(ana) is None
    assert sent(ana, MONDAY + digest.WEEK) is None


def test_only_what_is_new_to_this_reader_is_counted(space, ana):
    before, within = MONDAY.date() - dt.timedelta(days=9), MONDAY.date() - dt.timedelta(days=3)
    widened = told(space, before)
    make.consent(widened, "space", "organisation", on=within)
    told(space, within, teller=ana)
    assert sent(ana) is None
    sponsor = make.membership(space, make.person(), Role.SPONSOR, outside=True)
    assert "One story was told." in sent(sponsor)


def test_question_that_was_mailed_is_not_repeated(space, ana):
    put(ana, kind=NoticeKind.QUESTION, label="Tomasz Wrona")
    put(ana, kind=NoticeKind.QUESTION, number=2)
    Notice.objects.filter(number=1).update(mailed_at=timezone.now())
    text = sent(ana)
    assert "Tomasz" not in text
    assert text.count("would like to hear") == 1


def test_own_quiet_moments_stand_in_the_summary_alone(space, ana):
    story = make.story(in_space=space, teller=ana, shared=True, cycles=["potential"])
    note_still(space)
    mail_notices()
    assert not Mail.objects.exists()
    text = sent(ana)
    assert "What came of it?" in text
    assert story.steps.get().moment.text not in text
    assert sent(ana, MONDAY + digest.WEEK) is None


@pytest.mark.parametrize("state", [SpaceState.PAUSED, SpaceState.CLOSED])
def test_space_that_rests_has_no_summary(space, ana, state):
    put(ana)
    space.state, space.closed_on = state, space.today
    space.save()
    assert sent(ana) is None


def test_summary_comes_at_eight_on_the_chosen_day_by_the_persons_clock(space, ana):
    ana.person.time_zone = "America/New_York"
    ana.person.save()
    actions.choose_rhythm(by=ana.person, digest_day=2)
    put(ana)

    def due(now):
        return list(Digest.objects.people_due(now)) == [ana.person.pk]

    wednesday = dt.datetime(2026, 6, 3, 12, 0, tzinfo=dt.UTC)  # eight in New York
    assert not due(wednesday - dt.timedelta(minutes=15))
    assert due(wednesday)
    assert due(wednesday + dt.timedelta(hours=40))
    assert not due(wednesday + dt.timedelta(hours=49))
    assert sent(ana, wednesday - dt.timedelta(days=2)) is None
    assert sent(ana, wednesday)
    assert not due(wednesday + dt.timedelta(hours=1))


def test_monthly_comes_in_the_first_week(ana):
    actions.choose_rhythm(by=ana.person, digest=DigestRhythm.MONTHLY)
    put(ana)
    second = MONDAY + digest.WEEK
    assert not list(Digest.objects.people_due(second))
    assert list(Digest.objects.people_due(MONDAY)) == [ana.person.pk]
    assert "this was the month" in sent(ana)


def test_summary_waits_for_the_end_of_quiet_hours(ana):
    actions.choose_rhythm(by=ana.person, quiet_from=dt.time(20), quiet_until=dt.time(9))
    put(ana)
    assert sent(ana) is None
    assert sent(ana, MONDAY + dt.timedelta(hours=1))


def test_worker_that_dies_before_the_commit_leaves_everything_to_the_next(ana):
    put(ana)
    with transaction.atomic():
        assert sent(ana)
        transaction.set_rollback(True)
    assert sent(ana)
    assert Mail.objects.count() == Digest.objects.count() == 1


def test_task_writes_and_sends_what_is_due(ana):
    yesterday = timezone.now() - dt.timedelta(days=1)
    day = {"digest_day": yesterday.weekday(), "quiet_from": NOON, "quiet_until": NOON}
    actions.choose_rhythm(by=ana.person, **day)
    put(ana)
    tasks.send_digests()
    tasks.send_digests()
    assert [one.to for one in mail.outbox] == [[ana.person.email]]
    assert Digest.objects.get().mail_state == "sent"


GROUPS_OFF = st.sets(st.sampled_from(CHOSEN))
RHYTHMS = st.sampled_from(DigestRhythm.values)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(off=GROUPS_OFF, off_here=GROUPS_OFF, rhythm=RHYTHMS)
def test_what_is_off_is_in_no_mail_whatever_else_is_chosen(ana, off, off_here, rhythm):
    """Everything at once happens to one person; each mail is looked through."""
    with transaction.atomic():
        actions.choose_mail(by=ana.person, ways=dict.fromkeys(off, MailWay.OFF))
        here = dict.fromkeys(off_here, MailWay.OFF)
        actions.choose_mail(by=ana.person, ways=here, space=ana.space)
        actions.choose_rhythm(
            by=ana.person, digest=rhythm, quiet_from=dt.time(0), quiet_until=dt.time(0)
        )
        for kind in NoticeKind:
            put(ana, kind=kind)
        told(ana.space, MONDAY.date() - dt.timedelta(days=1))
        mail_notices()
        digest.send_to(ana.person.pk, MONDAY)
        mails = "\n".join(Mail.objects.values_list("text", flat=True))
        kinds = set(Notice.objects.not_mailed().values_list("kind", flat=True))
        transaction.set_rollback(True)
    gone = {kind for kind in NoticeKind if GROUPS[kind] in off | off_here}
    assert gone <= {NoticeKind(kind) for kind in kinds}
    assert ("was told" in mails) <= (NoticeGroup.NEWS not in off | off_here)
    assert rhythm != DigestRhythm.NEVER or "this was the" not in mails
    assert "Your consent for a story ends" in mails
