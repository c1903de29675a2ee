"""Mails and clearing up, later. Each may arrive twice."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from spaces import leaders, notice_letters, notifications, outbox, uploads
from spaces.models import IdempotencyKey, Invitation, LeaderProposal, Mail, Notice, Upload


@shared_task
def send_mail(mail_id):
    """Send one mail of the outbox."""
    outbox.send(mail_id)


@shared_task
def send_waiting_mails():
    """Try again what a lost task or an absent mail server left in the outbox."""
    outbox.forget_old()
    for mail_id in Mail.objects.due().values_list("pk", flat=True):
        if not outbox.send(mail_id):
            break


@shared_task
def mail_notices_about(kind, number):
    """Write to everybody who is to know of one thing, as each has chosen, once, and send it."""
    for notice_id in Notice.objects.about(kind, number).to_mail().values_list("pk", flat=True):
        mail = notice_letters.carry_letter(notice_id)
        if mail:
            outbox.send(mail.pk)


@shared_task
def mail_notices():
    """Pick up notices whose task was lost, or that waited for the end of somebody's quiet hours."""
    for notice_id in Notice.objects.to_mail().values_list("pk", flat=True):
        notice_letters.carry_letter(notice_id)


@shared_task
def send_invitation(invitation_id):
    """Write one invitation, once, and send it."""
    with transaction.atomic():
        if not Invitation.objects.claim_sending(invitation_id):
            return
        rows = Invitation.objects.select_related("space", "invited_by")
        sent = rows.get(pk=invitation_id)
        sent.mail = mail = notifications.invitation(sent)
        sent.save(update_fields=["mail"])
    outbox.send(mail.pk)


@shared_task
def send_waiting_invitations():
    """Pick up invitations whose task was lost."""
    for invitation_id in Invitation.objects.left_behind().values_list("pk", flat=True):
        send_invitation(invitation_id)


@shared_task
def forget_old_keys():
    """Delete idempotency keys nobody will send again."""
    IdempotencyKey.objects.old().delete()


@shared_task
def forget_what_ended():
    """Let go of sessions, and of counts of what is limited, whose time has passed."""
    SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    cache.forget_ended(timezone.now())


@shared_task
def settle_leader_choices():
    """Make a convener of whoever the members of a space without leaders agreed to."""
    for proposal in LeaderProposal.objects.open().select_related("space", "member"):
        with transaction.atomic():
            leaders.settle(proposal)


@shared_task
def make_upload_ready(upload_id):
    """Draw one picture anew before anybody sees it."""
    uploads.make_ready(upload_id)


@shared_task
def make_uploads_ready():
    """Pick up pictures whose task was lost."""
    for upload_id in Upload.objects.left_behind().values_list("pk", flat=True):
        uploads.make_ready(upload_id)


@shared_task
def forget_lost_files():
    """Remove files that belong to nothing any more."""
    uploads.forget_lost_files()
