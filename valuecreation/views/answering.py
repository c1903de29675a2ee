"""The pages behind the mail that asks what came of something: answered without signing in."""

import contextlib
import zoneinfo

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from learningspaces.lib.dates import look_at
from learningspaces.lib.violations import carried_out
from valuecreation import actions
from valuecreation.answer_links import (
    LinkState,
    is_ours,
    question_signed,
    signed_question,
    state_of_link,
)
from valuecreation.forms.follow_ups import WhatCameForm
from valuecreation.models import CHANGEABLE
from valuecreation.presentation.answering import kept_answer, mailed_question
from valuecreation.shortcuts import story_of

COOKIE, FOR = "answered", "an answer of this browser"
# Of one room and of one question; a link that nobody wrote is refused by its signature.
SENT_AT_MOST = {"send_answer": "300/h/ip,30/h/key"}


@contextlib.contextmanager
def as_asked(follow_up):
    """In the language and the hours of whoever is asked, on the days of the space."""
    person, space = follow_up.asked_of.person, follow_up.moment.space
    look_at(space.time_zone, space.day_reached)
    zone = zoneinfo.ZoneInfo(person.time_zone)
    with translation.override(person.language), timezone.override(zone):
        yield


def _too_often(request, follow_up):
    """The answer to somebody who sends answers over and over."""
    key = str(follow_up.pk)
    return ratelimit.consume_or_429(
        request, app="spaces", action="send_answer", key=key, config=SENT_AT_MOST
    )


@login_not_required
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """What came of this one moment? Opening it changes nothing; every answer is a button."""
    follow_up = question_signed(token)
    if follow_up is None:
        return _no_question(request, token)
    with as_asked(follow_up):
        if request.method == "POST" and (refused := _too_often(request, follow_up)):
            return refused
        state = state_of_link(follow_up)
        if state == LinkState.USED and _may_go_back(request, follow_up):
            return redirect("valuecreation:answered", token)
        if state != LinkState.OPEN:
            return _closed(request, follow_up, state)
        form = WhatCameForm(request.POST or None)
        if carried_out(form, lambda data: _answer(follow_up, form)):
            return to_answered(follow_up)
        context = {"asked": mailed_question(follow_up), "form": form, "by_mail": True}
        context["marked"] = request.GET.get("tap", "")
        return render(request, "valuecreation/answer.html", context)


def _answer(follow_up, form):
    actions.answer_follow_up(follow_up, by=follow_up.asked_of, **form.said())


def _no_question(request, token):
    """A link that we wrote and whose question is gone, or one that nobody wrote."""
    if not is_ours(token):
        raise Http404
    return _closed(request, None, LinkState.NOT_NEEDED)


def _closed(request, follow_up, state):
    """Why the link does nothing any more; words that come too late are given back."""
    context = {"asked": mailed_question(follow_up) if follow_up else None, "state": state}
    context["typed"] = request.POST.get("words", "").strip()
    return render(request, "valuecreation/answer_closed.html", context)


def to_answered(follow_up):
    """On to what was kept; this browser may change it for half an hour."""
    token = signed_question(follow_up)
    onward = redirect("valuecreation:answered", token)
    onward.set_signed_cookie(
        COOKIE,
        _mark_of(follow_up),
        salt=FOR,
        max_age=CHANGEABLE,
        path=reverse("valuecreation:answer", args=[token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return onward


def _mark_of(follow_up) -> str:
    return f"{follow_up.pk} {follow_up.answered_at.isoformat()}"


def _may_go_back(request, follow_up) -> bool:
    """Whoever answered in this browser, or has signed in as the one who was asked."""
    if request.user.is_authenticated and request.user.pk == follow_up.asked_of.person_id:
        return True
    kept = request.get_signed_cookie(COOKIE, "", salt=FOR, max_age=CHANGEABLE)
    return bool(follow_up.answered_at) and kept == _mark_of(follow_up)


@login_not_required
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def answered(request, token):
    """The words as kept; changed, taken back, and what may be said of them."""
    follow_up = question_signed(token)
    if follow_up is None:
        return _no_question(request, token)
    if not follow_up.answered_on:
        return redirect("valuecreation:answer", token)
    with as_asked(follow_up):
        if request.method == "POST" and (refused := _too_often(request, follow_up)):
            return refused
        if not _may_go_back(request, follow_up):
            return _closed(request, follow_up, LinkState.USED)
        if request.POST.get("tap") or (request.GET.get("change") and follow_up.is_changeable):
            return _change(request, follow_up, token)
        if request.method == "POST":
            return _go_back(request, follow_up, token)
        return render(request, "valuecreation/answered.html", _as_kept(follow_up, token))


def _as_kept(follow_up, token):
    told = follow_up.told
    story = told and (told.beside or story_of(told))
    named = actions.last_named(story) if story else None
    return {
        "asked": mailed_question(follow_up),
        "kept": kept_answer(follow_up, named),
        "changeable": follow_up.is_changeable,
        "token": token,
    }


def _change(request, follow_up, token):
    """The same form with what was answered; sent, it takes its place."""
    said = {"words": follow_up.answer, "tap": WhatCameForm.tap_for(follow_up.outcome)}
    form = WhatCameForm(request.POST or None, initial=said)
    if carried_out(form, lambda data: _put(follow_up, form)):
        return to_answered(follow_up)
    context = {"asked": mailed_question(follow_up), "form": form, "by_mail": True}
    context |= {"changing": token, "marked": said["tap"]}
    return render(request, "valuecreation/answer.html", context)


def _put(follow_up, form):
    actions.change_answer(follow_up, by=follow_up.asked_of, **form.said())


def _go_back(request, follow_up, token):
    """Take the answer back, or say how it turned out and what kind of thing it was."""
    try:
        if request.POST.get("do") == "take-back":
            return _take_back(request, follow_up, token)
        actions.say_of_answer(
            follow_up,
            by=follow_up.asked_of,
            turned_out=request.POST.get("turn", ""),
            kind=request.POST.get("kind", ""),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("valuecreation:answered", token)


def _take_back(request, follow_up, token):
    unasked = follow_up.asked_by_id == follow_up.asked_of_id
    actions.take_back_answer(follow_up, by=follow_up.asked_of)
    messages.success(request, _("Taken back. Nothing of it is kept."))
    if unasked:
        return redirect("valuecreation:to_follow_up")
    return redirect("valuecreation:answer", token)
