"""Mails are rows until the mail server has taken them, so none is lost when it is away."""

import logging
import smtplib

from django.core.mail import EmailMessage

from spaces.models import Mail

log = logging.getLogger(__name__)
LONGEST_SUBJECT = 500
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


def post(*, to: str, subject: str, text: str) -> Mail:
    """Put one plain-text mail into the outbox; `spaces.tasks.send_mail` takes it from there."""
    subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    return Mail.objects.create(to=to, subject=subject, text=text)


def send(mail_id: int) -> bool:
    """Hand one mail to the mail server, unless somebody else does; it waits when that fails.

    False when the server is away, so that nobody asks it for the next mail at once.
    """
    if not Mail.objects.claim(mail_id):
        return True
    mail = Mail.objects.get(pk=mail_id)
    try:
        EmailMessage(mail.subject, mail.text, to=[mail.to]).send()
    except OSError as error:  # smtplib's own are of this kind, too
        said = "Mail %s waits, try %s: the mail server says %s"
        log.warning(said, mail.pk, mail.tries, type(error).__name__)
        return isinstance(error, REFUSED)
    mail.delete()
    return True


def forget_old() -> None:
    """Let go of mails that no server has taken for a day, and say how many."""
    number, _rows = Mail.objects.of_no_use().delete()
    if number:
        log.error("%s mails were given up after a day.", number)
