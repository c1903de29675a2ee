"""Mails and clearing up, later. Each may arrive twice."""

from celery import shared_task

from spaces import notifications
from spaces.models import IdempotencyKey, Invitation, JoinRequest


@shared_task
def send_invitation(invitation_id):
    """Send one invitation, once: it is claimed before the mail goes out."""
    if Invitation.objects.claim_sending(invitation_id):
        notifications.send_invitation(
            Invitation.objects.select_related("space", "invited_by").get(pk=invitation_id)
        )


@shared_task
def send_waiting_invitations():
    """Pick up invitations whose task was lost."""
    for invitation_id in Invitation.objects.left_behind().values_list("pk", flat=True):
        send_invitation(invitation_id)


@shared_task
def tell_of_request(request_id):
    """Tell those who lead a space that somebody asks to join."""
    notifications.tell_of_request(JoinRequest.objects.select_related("space").get(pk=request_id))


@shared_task
def tell_of_answer(request_id):
    """Tell somebody who asked to join what the answer is."""
    notifications.tell_of_answer(
        JoinRequest.objects.select_related("space", "person").get(pk=request_id)
    )


@shared_task
def forget_old_keys():
    """Delete idempotency keys nobody will send again."""
    IdempotencyKey.objects.old().delete()
