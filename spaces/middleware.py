"""Done for every request: language and time zone, keeping words, and carrying out once."""

import zoneinfo
from urllib.parse import urlsplit

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.storage import default_storage
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from learningspaces.lib.collisions import Collided, tried_again
from learningspaces.lib.dates import look_at
from learningspaces.lib.typed_words import typed_words
from spaces.carrying_out import once_per_key, where_it_ended
from spaces.kept import KEPT, keep

KEPT_AT_MOST = {"keep_words": "60/h/ip"}
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


class RefusedInWords:
    """An address that is asked for in a way it does not answer to says so on a page of the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.method == "HEAD":
            return response
        page = render(request, "405.html", {"words": typed_words(request)}, status=405)
        page["Allow"] = response["Allow"]
        return page


class KeepWords(LoginRequiredMiddleware):
    """Every page needs a signed-in person; a form sent after the session ended is kept, not lost.

    The words wait in the new session and are shown after signing in, to be sent again, but only to
    the person whose form it was; a form that does not say whose it was is not kept.
    """

    def __call__(self, request):
        """What waits for one person outlasts that another signs in here, or out."""
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        waiting = request.session.get(KEPT) if known else None
        response = self.get_response(request)
        others = [form for form in waiting or () if form["whose"] != str(request.user.pk)]
        if others and KEPT not in request.session:
            request.session[KEPT] = others
        return response

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and self._keep(request):
            return redirect_to_login(reverse("spaces:kept_words"))
        if request.method == "POST":
            return redirect_to_login(page_of_form(request))
        return redirect_to_login(request.get_full_path())

    def _keep(self, request) -> bool:
        if not ratelimit.consume(request, app="spaces", action="keep_words", config=KEPT_AT_MOST):
            return False
        return keep(request)


JSON = "application/json"


def page_of_form(request) -> str:
    """The page on which a button was pressed, as the browser says; the address of the form itself
    often answers to nothing but the button."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"


READING = ("GET", "HEAD", "OPTIONS")
ALLAUTH = ("allauth.",)  # signs in and out by itself, outside of any form of ours


class CarriedOutOnce:
    """Whatever changes something is done whole or not at all, and once however often it is sent.

    Two who change the same rows at the same moment may meet so that one has to be tried again;
    who comes too often is told so in words, with every word they typed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in READING or view.__module__.startswith(ALLAUTH):
            return where_it_ended(request)
        for_programs = hasattr(view, "cls")
        if for_programs and request.content_type == JSON:
            request.body  # noqa: B018  kept, to be read again when it is tried again

        def carry_out():
            request._messages = default_storage(request)
            for file in request.FILES.values():
                file.seek(0)
            return view(request, *args, **kwargs)

        try:
            if for_programs:
                return tried_again(carry_out)
            return tried_again(lambda: once_per_key(request, carry_out))
        except Collided:
            return too_many_at_once(request, for_programs=for_programs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as asked:  # signs in anew first
            return AccountMiddleware(self.get_response).process_exception(request, asked)


def too_many_at_once(request, *, for_programs: bool):
    """Nothing was stored, everything that was typed is still there, and a moment later it works."""
    if for_programs:
        said = _("Others changed the same at this very moment. Nothing was stored; send it again.")
        answer = JsonResponse({"detail": said}, status=503)
    else:
        answer = render(request, "503.html", {"words": typed_words(request)}, status=503)
    answer["Retry-After"] = "2"
    return answer


class SharedComputer:
    """Whoever says at sign-in that the computer is shared has nothing kept on it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        """Said in any of the forms for signing in, it holds for the session that follows."""
        if view.__module__.startswith(ALLAUTH) and request.POST.get("shared_computer"):
            request.session["shared_computer"] = True
            request.session.set_expiry(0)
