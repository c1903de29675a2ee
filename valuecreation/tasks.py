"""Totals folded and checked, loops read again, mails about stories. Each may arrive twice."""

import datetime as dt
import zoneinfo

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from spaces import mailing, outbox
from spaces.models import Draft, Notice, NoticeKind, Person, Space
from valuecreation import fetching, notifications, still_notices
from valuecreation.loops import keeping as readings
from valuecreation.models import DeletionRequest, FollowUp, Statement
from valuecreation.searching import keeping as searching
from valuecreation.summaries import tallies

EARLY = 5  # o'clock, before anybody's summary is written
WEEK = dt.timedelta(days=7)
MOST_A_WEEK = 2  # mails about questions to one person, over all their spaces


@shared_task
def read_loops(space_id):
    """Read again the loops of a space that changes have touched."""
    for space in Space.objects.filter(pk=space_id):
        readings.read_due(space)


@shared_task
def read_changed_loops():
    """Read again what a lost task left behind and what a lapsed consent changed."""
    for space in readings.spaces_due():
        readings.read_due(space)


@shared_task
def write_searched(space_id):
    """Write what the changed stories of a space are found by."""
    for space in Space.objects.filter(pk=space_id):
        searching.write_due(space)


@shared_task
def write_all_searched():
    """Write what a lost task left behind, or what a changed name has changed."""
    searching.note_renamed()
    searching.write_due()


@shared_task
def note_never_searched():
    """Look for stories that nobody can find and flows in which no pattern was looked for."""
    searching.note_missed()
    readings.note_unread_patterns()


@shared_task
def fold_tallies():
    """Put new summary rows together with the old, space by space."""
    for space in tallies.spaces_to_fold():
        tallies.count_lapsed(space)
        tallies.fold(space)


@shared_task
def check_tallies():
    """Compare all summaries with a recount; what has drifted is logged and mended."""
    for space_id in Space.objects.values_list("pk", flat=True):
        tallies.check(space_id)


@shared_task
def note_what_is_still():
    """Once a day, early by its clock, look through each space for what waits for its tellers."""
    for space in Space.objects.open_for_work():
        if timezone.now().astimezone(zoneinfo.ZoneInfo(space.time_zone)).hour == EARLY:
            still_notices.note_still(space)


@shared_task
def send_follow_up_mail(follow_up_id):
    """Write to somebody that a question waits, once and when it is its turn, and send it."""
    with transaction.atomic():
        rows = FollowUp.objects.with_all().numbered(follow_up_id)
        asked = rows.first()
        person = asked and asked.asked_of.person
        if not person or not may_go(NoticeKind.QUESTION, person, asked.moment.space):
            return
        if not has_turn(person) or not FollowUp.objects.claim_mail(follow_up_id):
            return
        mail = notifications.question_asked(rows.get())
        Notice.objects.about(NoticeKind.QUESTION, follow_up_id).written(mail)
    outbox.send(mail.pk)


def has_turn(person: Person) -> bool:
    """Whether one more question may be mailed to a person: two a week, over all their spaces."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    lately = FollowUp.objects.asked_of(held).mailed_since(timezone.now() - WEEK)
    return lately.count() < MOST_A_WEEK


@shared_task
def send_waiting_follow_ups():
    """Send the questions whose morning has come, whose mail waited for its turn, or was lost."""
    for follow_up_id in FollowUp.objects.unsent().values_list("pk", flat=True):
        send_follow_up_mail(follow_up_id)


@shared_task
def forget_how_it_stood():
    """Let go of how things stood before answers that nobody can take back any more."""
    FollowUp.objects.no_longer_changeable().update(before={})


@shared_task
def ask_to_delete(request_id):
    """Write to somebody that a story they fetched was withdrawn, once, and send it."""
    with transaction.atomic():
        request = DeletionRequest.objects.with_all().unsent().numbered(request_id).first()
        if request is None or not may_go(NoticeKind.DELETE, request.person, request.story.space):
            return
        if not DeletionRequest.objects.claim_mail(request_id):
            return
        mail = notifications.asked_to_delete(request)
        Notice.objects.about(NoticeKind.DELETE, request_id).written(mail)
    outbox.send(mail.pk)


def may_go(kind, person, space) -> bool:
    """True if a mail may tell somebody of it now; what is to wait is asked about again."""
    return mailing.may_mail(person, kind, space).fate == mailing.MailFate.NOW


@shared_task
def send_waiting_requests():
    """Pick up requests to delete a withdrawn story that were missed or whose mail was lost."""
    for story in fetching.withdrawn_and_not_asked_for():
        fetching.ask_back(story)
    for request_id in DeletionRequest.objects.unsent().values_list("pk", flat=True):
        ask_to_delete(request_id)


@shared_task
def send_statement_request(statement_id):
    """Ask somebody what they say to a story, once, and send it."""
    with transaction.atomic():
        if not Statement.objects.claim_mail(statement_id):
            return
        rows = Statement.objects.with_all().select_related("asked_by")
        mail = notifications.asked_for_statement(rows.get(pk=statement_id))
    outbox.send(mail.pk)


@shared_task
def send_waiting_statement_requests():
    """Pick up questions to others whose mail was lost on the way."""
    for statement_id in Statement.objects.unsent().values_list("pk", flat=True):
        send_statement_request(statement_id)


@shared_task
def forget_unanswered_questions():
    """Delete questions to others whose links ended months ago, with the addresses they went to."""
    before = timezone.localdate() - dt.timedelta(days=90)
    Statement.objects.never_answered(before).delete()


@shared_task
def forget_old_drafts():
    """Delete what somebody typed months ago and never sent."""
    Draft.objects.stale(timezone.now() - dt.timedelta(days=90)).delete()
