"""Mails about joining. They carry no words of a story."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from spaces.models import Invitation, JoinRequest, Membership
from spaces.permissions import LEADERS


def address(name: str, *args) -> str:
    """The full address of a page, for a mail."""
    return urljoin(settings.SITE_URL, reverse(name, args=args))


def send(template: str, *, to: str, language: str, context: dict) -> None:
    """Send one plain-text mail; the template's first line is its subject."""
    with translation.override(language):
        subject, _, body = render_to_string(f"spaces/mail/{template}.txt", context).partition("\n")
    EmailMessage(subject.strip(), body.lstrip("\n"), to=[to]).send()


def send_invitation(invitation: Invitation) -> None:
    """The invitation itself, with its link."""
    send(
        "invitation",
        to=invitation.email,
        language=invitation.space.language,
        context={
            "invitation": invitation,
            "space": invitation.space,
            "link": address("spaces:redeem_invitation", invitation.token),
        },
    )


def tell_of_request(request: JoinRequest) -> None:
    """Tells those who lead a space that somebody asks to join."""
    leaders = Membership.objects.current().in_space(request.space).holding_any(LEADERS)
    for leader in leaders.select_related("person"):
        send(
            "request",
            to=leader.person.email,
            language=leader.person.language,
            context={
                "space": request.space,
                "link": address("spaces:invitations", request.space.slug),
            },
        )


def tell_of_answer(request: JoinRequest) -> None:
    """Tells somebody who asked to join what the answer is."""
    send(
        "answer",
        to=request.person.email,
        language=request.person.language,
        context={
            "request": request,
            "space": request.space,
            "link": address("home"),
        },
    )
