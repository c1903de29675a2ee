"""The page behind the mail on which a teller reads, corrects and agrees, without signing in."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from learningspaces.lib.dates import look_at
from learningspaces.lib.violations import carried_out
from spaces.presentation.days import date_words
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.forms.wording_requests import WordingForm
from valuecreation.presentation.stories import story_on_page
from valuecreation.wording_requests import WordingState, request_signed, state_of


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def agree_to_wording(request, token):
    """One story for its teller; opening it changes nothing, a button corrects or agrees."""
    asked = _asked(token)
    if request.method == "POST" and not ratelimit.consume(request, action="signed_links"):
        return ratelimit.respond_429(request)
    told, state = asked.story, state_of(asked)
    context = {
        "token": token,
        "state": state,
        "space_name": told.space.name,
        "collector": told.collector.name if told.collector else "",
        "until": date_words(asked.open_until),
        "slug": told.space.slug,
        "public_id": told.public_id,
    }
    if state != WordingState.OPEN:
        return render(request, "valuecreation/agree_to_wording.html", context)
    story = story_on_page(Viewer(told.space, told.teller.person, audience="space"), told)
    typed = request.POST if request.method == "POST" else None
    form = WordingForm(typed, story=told, moments=story.moments)
    agrees = request.POST.get("then") == "agree"
    decision = actions.agree_by_link if agrees else actions.correct_by_link
    if carried_out(form, lambda _data: decision(asked, **form.words())):
        onward = redirect("valuecreation:agree_to_wording", token)
        onward["Location"] += "" if agrees else "?saved=1"
        return onward
    context |= {"form": form, "saved": "saved" in request.GET}
    return render(request, "valuecreation/agree_to_wording.html", context)


def _asked(token):
    asked = request_signed(token)
    if asked is None:
        raise Http404
    look_at(asked.story.space.time_zone, asked.story.space.day_reached)
    return asked


@login_not_required
@require_POST
def decline_wording(request, token):
    """The teller does not want it told."""
    asked = _asked(token)
    if not ratelimit.consume(request, action="signed_links"):
        return ratelimit.respond_429(request)
    if state_of(asked) == WordingState.OPEN:
        actions.decline_by_link(asked)
    return redirect("valuecreation:agree_to_wording", token)
