"""Work that draws on several apps, later. It may arrive twice."""

from celery import shared_task
from django.utils import timezone

from learningspaces import digest
from spaces import outbox
from spaces.models import Digest


@shared_task
def send_digests():
    """Write the summaries that are due, each once, and send them."""
    for person_id in Digest.objects.people_due(timezone.now()):
        mail = digest.send_to(person_id)
        if mail:
            outbox.send(mail.pk)
