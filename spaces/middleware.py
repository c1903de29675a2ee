"""Done for every request: the person's language and time zone, and keeping their words."""

import zoneinfo

from allauth.core.internal import ratelimit
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils import timezone, translation

from learningspaces.lib.dates import look_at

KEPT = "kept_words"
MAX_KEPT = 200_000
KEPT_AT_MOST = {"keep_words": "30/h/ip"}
STRANGERS_AGE = 86_399  # a day, less the second that tells it from a day somebody chose
UNKEPT = "private, no-store"  # neither by a shared proxy nor by the Back button after signing out


class KeptByNobody:
    """Pages are for one person now: no cache keeps one that does not say otherwise."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", UNKEPT)
        return response


class PersonSettings:
    """Speaks the signed-in person's language and tells their time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user
        if person.is_authenticated:
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language()
            timezone.activate(zoneinfo.ZoneInfo(person.time_zone))
        look_at()
        response = self.get_response(request)
        look_at()
        timezone.deactivate()
        return response


class StrangersForgotten:
    """What a stranger's session holds is kept for a day; a person's own lasts as usual."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.session.modified:
            if not request.user.is_authenticated:
                request.session.set_expiry(STRANGERS_AGE)
            elif request.session.get_expiry_age() == STRANGERS_AGE:
                request.session.set_expiry(None)
        return response


class KeepWords(LoginRequiredMiddleware):
    """Every page needs a signed-in person; a form sent after the session ended is kept, not lost.

    The words wait in the new session and are shown after signing in, to be sent again, but only to
    the person whose form it was; a form that does not say whose it was is not kept.
    """

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and self._keep(request):
            return redirect_to_login(reverse("spaces:kept_words"))
        return redirect_to_login(request.get_full_path())

    def _keep(self, request) -> bool:
        words = [
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken"
            for value in values
        ]
        whose = request.POST.get("whose", "")
        if not whose or not words or sum(len(value) for _, value in words) > MAX_KEPT:
            return False
        if not ratelimit.consume(request, app="spaces", action="keep_words", config=KEPT_AT_MOST):
            return False
        request.session[KEPT] = {"path": request.get_full_path(), "words": words, "whose": whose}
        return True
