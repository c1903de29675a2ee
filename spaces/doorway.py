"""From a door, where somebody stands without an account, to the page that makes one and back."""

from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from spaces.addresses import one_spelling
from spaces.models import Invitation

CAME_BY = "came_by"
PROVEN = "proven_address"
AT_MOST = {"door": "300/h/ip"}  # a room full of people behind one address, several times


def to_sign_up(request, *, invitation: Invitation | None = None) -> HttpResponse:
    """Make an account first, and then come back to this door.

    Who follows the link that was mailed has shown that they read the mail of its address; the link
    that is handed over shows nothing of the kind.
    """
    if too_often := ratelimit.consume_or_429(request, app="spaces", action="door", config=AT_MOST):
        return too_often
    request.session[CAME_BY] = request.path
    request.session.pop(PROVEN, None)
    if invitation and request.path == reverse("spaces:redeem_invitation", args=[invitation.token]):
        request.session[PROVEN] = invitation.email
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")


def proven_address(request) -> str:
    """The address whose mailed link was followed in this session; empty if there is none."""
    return request.session.get(PROVEN, "")


def is_proven(request, email: str) -> bool:
    """True if an address needs no code, since a link that was mailed to it was followed."""
    proven = proven_address(request)
    return bool(proven) and one_spelling(proven) == one_spelling(email)


def was_invited(request) -> bool:
    """True if a link that lets people in was followed in this session."""
    return CAME_BY in request.session
