"""Asking others what they say to a story, and the page behind the mail on which they say it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.forms.statements import AskOthersForm, StatementForm
from valuecreation.models import Statement
from valuecreation.presentation.statements import asked_about, shown_to_asked
from valuecreation.presentation.stories import story_head
from valuecreation.shortcuts import own_story_for
from valuecreation.statements import stands_apart, statement_signed
from valuecreation.views.decisions import decide


@require_http_methods(["GET", "POST"])
def ask_others(request, slug, public_id):
    """Ask somebody who was there; see who was asked, and what they said."""
    told = own_story_for(request.user, slug, public_id)
    space = told.space
    inside = may(request.user, Action.SEE_PEOPLE, space)
    form = AskOthersForm(request.POST or None, story=told, inside=inside)
    if carried_out(form, lambda data: actions.ask_for_statement(told, by=told.teller, **data)):
        asked = form.outcome
        who = asked.member.name if asked.member else asked.name
        said = _("%(name)s is asked by mail. They read this story, and nobody else does for it.")
        messages.success(request, said % {"name": who})
        return redirect("valuecreation:ask_others", slug=slug, public_id=public_id)
    context = {
        "space": space,
        "tab": "stories",
        "story": story_head(Viewer(space, request.user), told),
        "form": form,
        "asked": asked_about(told),
        "open": space.is_open_for_work and told.state in ("with_teller", "approved"),
    }
    return render(request, "valuecreation/ask_others.html", context)


@require_POST
def no_longer_ask(request, slug, public_id, asked):
    """Nobody need say anything to it any more."""
    told = own_story_for(request.user, slug, public_id)
    found = get_object_or_404(Statement.objects.of(told).at_address(asked))
    found.story = told
    said = _("Taken back. The link in the mail leads nowhere now.")
    decide(request, found, told.teller, actions.no_longer_ask, said)
    return redirect("valuecreation:ask_others", slug=slug, public_id=public_id)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def make_statement(request, token):
    """One story, for whoever was asked about it; opening it changes nothing."""
    asked = statement_signed(token)
    if asked is None or asked.story.state == "withdrawn":
        raise Http404
    if request.method == "POST" and not ratelimit.consume(request, action="signed_links"):
        return ratelimit.respond_429(request)
    outside = stands_apart(asked)
    form = StatementForm(_typed(request), outside=outside)
    is_teller = request.user.is_authenticated and request.user.pk == asked.story.teller.person_id
    if not is_teller and carried_out(form, lambda data: actions.make_statement(asked, **data)):
        return redirect("valuecreation:make_statement", token)
    context = {
        "asked": shown_to_asked(asked),
        "form": form,
        "token": token,
        "is_teller": is_teller,
        "ended": asked.open_until and asked.open_until < asked.story.space.today,
    }
    return render(request, "valuecreation/make_statement.html", context)


def _typed(request):
    return request.POST if request.method == "POST" else None


@login_not_required
@require_POST
def take_back_statement(request, token):
    """Whoever said something takes it back, also when the link is for nothing else any more."""
    asked = statement_signed(token)
    if asked is None:
        raise Http404
    if not ratelimit.consume(request, action="signed_links"):
        return ratelimit.respond_429(request)
    actions.take_back_statement(asked)
    return redirect("valuecreation:make_statement", token)


@require_POST
def take_back_my_statement(request, public_id):
    """The same for somebody who is signed in, from the story it stands beside."""
    mine = Statement.objects.said_by(request.user).with_all().at_address(public_id)
    said = get_object_or_404(mine)
    actions.take_back_statement(said)
    messages.success(request, _("Taken back. No word of it is left."))
    return redirect("valuecreation:story", said.story.space.slug, said.story.public_id)
