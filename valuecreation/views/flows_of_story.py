from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.forms.flows import (
    ClaimFlowForm,
    ConfirmHopeForm,
    TakeUpForm,
    WhyForm,
)
from valuecreation.presentation.moments import moment_on_page, way_of
from valuecreation.presentation.records import present_flow
from valuecreation.presentation.sources import SourceChoices
from valuecreation.rights import may_take_back
from valuecreation.shortcuts import (
    changeable_moment_for,
    flow_to_take_back_for,
    flows_touching,
    moment_for,
    story_for,
    story_of,
)


def _shown(request, space, moment, form, **more):
    """The moment in question, as its viewer may know it, above a form."""
    here = moment_on_page(Viewer(space, request.user), moment)
    context = {"space": space, "tab": "stories", "story": here.story, "moment": here}
    return context | {"form": form} | more


def _back(slug, moment):
    told = story_of(moment)
    if told is None:
        return redirect("valuecreation:note_moment", slug=slug)
    return redirect("valuecreation:story", slug=slug, public_id=told.public_id)


@require_http_methods(["GET", "POST"])
def claim_flow(request, slug, public_id):
    """Say what a moment led to, or what it came from, in this story or another."""
    space = space_for(request.user, slug, Action.CLAIM_FLOW)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, public_id)
    told = story_of(moment)
    told = told and story_for(request.user, space, told.public_id)
    viewer = Viewer(space, request.user)
    sources = SourceChoices(viewer, story=told)
    form = ClaimFlowForm(request.POST or None, moment=moment, sources=sources)
    if carried_out(form, lambda data: _claim(form, member)):
        messages.success(request, _("Said. Thank you for connecting these."))
        return _back(slug, moment)
    flows = flows_touching(moment, request.user)
    ways = [(way_of(viewer, moment, flow), may_take_back(flow, member)) for flow in flows]
    context = _shown(request, space, moment, form, said=[said for said in ways if said[0]])
    return render(request, "valuecreation/claim_flow.html", context)


def _claim(form, member):
    return actions.claim_flow(by=member, **form.ends(), **form.said())


@require_POST
def take_back_flow(request, slug, public_id):
    """What was said to lead on did not; what stood in its note is shown once more."""
    space = space_for(request.user, slug, Action.CLAIM_FLOW)
    member = membership_in(space, request.user)
    flow = flow_to_take_back_for(request.user, space, public_id, member)
    actions.take_back_flow(flow, by=member)
    said = _("Taken back; both moments stay. You can say here what it led to instead.")
    words = present_flow(Viewer(space, request.user), flow).note
    note = _("Its note was: “%(note)s”") % {"note": words} if words else ""
    messages.success(request, f"{said} {note}".strip())
    return redirect("valuecreation:claim_flow", slug=slug, public_id=flow.source.public_id)


@require_http_methods(["GET", "POST"])
def confirm_hope(request, slug, public_id):
    """What was hoped for has happened."""
    moment, member = changeable_moment_for(request.user, slug, public_id)
    space = moment.space
    first = {"text": moment.text, "polarity": moment.polarity, "precision": "day"}
    form = ConfirmHopeForm(request.POST or None, initial=first | {"on": timezone.localdate()})
    if carried_out(form, lambda data: _confirm(moment, member, data)):
        messages.success(request, _("Told. What you hoped for first is kept beside it."))
        return _back(slug, moment)
    context = _shown(request, space, moment, form)
    return render(request, "valuecreation/confirm_hope.html", context)


def _confirm(moment, member, data):
    words = {name: data[name] for name in ("precision", "text", "polarity")}
    days = {"occurred_on": data["on"], "occurred_until": data["until"]}
    actions.confirm_hope(moment, by=member, **days, **words)


@require_http_methods(["GET", "POST"])
def let_go_hope(request, slug, public_id):
    """A hope is let go, and why."""
    moment, member = changeable_moment_for(request.user, slug, public_id)
    space = moment.space
    form = WhyForm(request.POST or None)
    if carried_out(form, lambda data: actions.let_go_hope(moment, by=member, why=data["why"])):
        messages.success(request, _("Let go. It stays in the story, with your words beside it."))
        return _back(slug, moment)
    context = _shown(request, space, moment, form)
    return render(request, "valuecreation/let_go_hope.html", context)


@require_http_methods(["GET", "POST"])
def take_up(request, slug, public_id):
    """Say that what somebody brought back was taken up."""
    space = space_for(request.user, slug, Action.TAKE_UP)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, public_id)
    form = TakeUpForm(request.POST or None)
    if carried_out(form, lambda data: actions.take_up(moment, by=member, **data)):
        messages.success(request, _("Said. Those who brought it will see it."))
        return _back(slug, moment)
    context = _shown(request, space, moment, form)
    return render(request, "valuecreation/take_up.html", context)
