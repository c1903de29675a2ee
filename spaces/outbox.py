"""Mails are rows until the mail server has taken them, so none is lost when it is away.

What the server refused before anything was handed over is tried again for days. What it may have
taken, or will never take, is not sent twice: the invitation, notice or summary it belongs to says
so, to be sent again by a person. A worker that dies while it hands a mail over has noted so before.
"""

import contextlib
import datetime as dt
import logging
import smtplib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from spaces.models import OF_USE, Digest, Invitation, Mail, MailState, Notice

log = logging.getLogger(__name__)
LONGEST_SUBJECT = 500
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


def post(*, to: str, subject: str, text: str, of_use: dt.timedelta = OF_USE, **more) -> Mail:
    """Put one mail into the outbox; `spaces.tasks.send_mail` takes it from there.

    Beside the plain text it may have `html`, a `from_name` and a link to `unsubscribe`.
    """
    subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    until = timezone.now() + of_use
    return Mail.objects.create(to=to, subject=subject, text=text, of_use_until=until, **more)


def message_of(mail: Mail, server) -> EmailMultiAlternatives:
    """The mail as it goes to the mail server."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = formataddr((mail.from_name, address)) if mail.from_name else None
    headers = {}
    if mail.unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject, mail.text, sender, [mail.to], connection=server, headers=headers
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def send(mail_id: int) -> bool:
    """Hand one mail to the mail server, unless somebody else does; it waits when that fails.

    False when the server is away, so that nobody asks it for the next mail at once.
    """
    if not Mail.objects.claim(mail_id):
        return True
    mail = Mail.objects.get(pk=mail_id)
    if mail.handing_since:
        settle(mail, MailState.UNCONFIRMED, InterruptedError())
        return True
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # smtplib's own are of this kind, too
        wait(mail, error)
        return False
    try:
        return not Mail.objects.begin_handing(mail) or hand_over(mail, server)
    finally:
        with contextlib.suppress(OSError):  # taken or not, that is known by now
            server.close()


def hand_over(mail: Mail, server) -> bool:
    """Let the mail server take a mail and keep what it said; False when it hung up meanwhile."""
    try:
        message_of(mail, server).send()
    except REFUSED as error:
        if is_for_good(error):
            settle(mail, MailState.REFUSED, error)
        else:
            Mail.objects.hand_again(mail)
            wait(mail, error)
    except ValueError as error:  # an address that no server could read
        settle(mail, MailState.REFUSED, error)
    except OSError as error:
        settle(mail, MailState.UNCONFIRMED, error)
        return False
    else:
        settle(mail, MailState.SENT)
    return True


def is_for_good(error) -> bool:
    """True if the mail server will say the same to every later try."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return error.smtp_code >= 500


def wait(mail: Mail, error: Exception) -> None:
    """Leave a mail for its next try."""
    said = "Mail %s waits, try %s: the mail server says %s"
    log.warning(said, mail.pk, mail.tries, type(error).__name__)


def settle(mail: Mail, state: MailState, error: Exception | None = None) -> None:
    """Let go of a mail that is not tried again, and tell what it belongs to."""
    if error:
        log.error("Mail %s is %s: the mail server says %s", mail.pk, state, type(error).__name__)
    with transaction.atomic():
        tell_owners(mail, state)
        mail.delete()


def tell_owners(mail: Mail, state: MailState) -> None:
    """What a mail is about knows what became of it."""
    for rows in (Invitation.objects, Notice.objects, Digest.objects):
        rows.of_mail(mail).mail_became(state)


def forget_old() -> None:
    """Let go of mails that no server has taken for days, and say how many."""
    old = list(Mail.objects.of_no_use())
    for mail in old:
        tell_owners(mail, MailState.GIVEN_UP)
    number, _rows = Mail.objects.among([mail.pk for mail in old]).delete()
    if number:
        log.error("%s mails were given up after days.", number)
