"""Mails about joining, as they go into the outbox. They carry no words of a story."""

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from spaces import outbox
from spaces.models import Invitation, JoinRequest, Mail


def address(name: str, *args) -> str:
    """The full address of a page, for a mail."""
    return urljoin(settings.SITE_URL, reverse(name, args=args))


def write(template: str, *, to: str, language: str, context: dict) -> Mail:
    """One plain-text mail in a language; the first line of the template is its subject."""
    with translation.override(language):
        subject, _, text = render_to_string(template, context).partition("\n")
    return outbox.post(to=to, subject=subject, text=text.lstrip("\n"))


def invitation(sent: Invitation) -> Mail:
    """The invitation itself, with its link."""
    return write(
        "spaces/mail/invitation.txt",
        to=sent.email,
        language=sent.space.language,
        context={
            "invitation": sent,
            "space": sent.space,
            "link": address("spaces:redeem_invitation", sent.token),
        },
    )


def request_answered(request: JoinRequest) -> Mail:
    """Tells somebody who asked to join what the answer is."""
    return write(
        "spaces/mail/answer.txt",
        to=request.person.email,
        language=request.person.language,
        context={
            "request": request,
            "space": request.space,
            "link": address("home"),
        },
    )
