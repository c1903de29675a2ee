"""Sentences worth following: marking one, the list of them, who listens, what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.forms.leads import AssignLeadForm, MarkLeadForm, SettleLeadForm, listeners
from valuecreation.models import Lead
from valuecreation.presentation.leads import present_leads, sentences_shown
from valuecreation.presentation.moments import moment_on_page
from valuecreation.shortcuts import moment_for

A_PAGE, SETTLED = 30, 10


@require_safe
def leads(request, slug):
    """What is worth following, newest first, and what was followed lately."""
    space = space_for(request.user, slug, Action.SEE_LEADS)
    viewer = Viewer(space, request.user)
    here = Lead.objects.for_user(request.user).in_space(space).with_people().newest_first()
    page = Paginator(here.open(), A_PAGE).get_page(request.GET.get("page"))
    shown = present_leads(viewer, page)
    page.object_list = shown
    follows = may(request.user, Action.FOLLOW_LEAD, space)
    offered = listeners(space) if follows and shown else None
    context = {
        "space": space,
        "tab": "stories",
        "page": page,
        "leads": [(lead, _assigning(lead, offered)) for lead in shown],
        "settled": present_leads(viewer, here.settled()[:SETTLED]),
    }
    return render(request, "valuecreation/leads.html", context)


def _assigning(lead, offered):
    """The form to say who listens further, for whoever may."""
    return AssignLeadForm(offered=offered, auto_id=f"{lead.public_id}_%s") if offered else None


@require_http_methods(["GET", "POST"])
def mark_lead(request, slug, public_id):
    """Choose the sentence of a moment that is worth following."""
    space = space_for(request.user, slug, Action.MARK_LEAD)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, public_id)
    viewer = Viewer(space, request.user)
    found = sentences_shown(viewer, moment)
    form = MarkLeadForm(request.POST or None, space=space, sentences=found)
    if carried_out(form, lambda data: actions.mark_lead(moment, by=member, **data)):
        messages.success(request, _("Marked as worth following."))
        if may(request.user, Action.SEE_LEADS, space):
            return redirect("valuecreation:leads", slug=slug)
        return redirect("valuecreation:story_list", slug=slug)
    here = moment_on_page(viewer, moment)
    context = {"space": space, "tab": "stories", "form": form, "moment": here, "story": here.story}
    return render(request, "valuecreation/mark_lead.html", context)


@require_POST
def assign_lead(request, slug, lead):
    """Say who listens further."""
    space = space_for(request.user, slug, Action.FOLLOW_LEAD)
    found = _readable_lead(request, space, lead)
    form = AssignLeadForm(request.POST, offered=listeners(space))
    by = membership_in(space, request.user)
    if carried_out(form, lambda data: actions.assign_lead(found, by=by, **data)):
        messages.success(request, _("Noted who listens further."))
    else:
        _say_faults(request, form)
    return redirect("valuecreation:leads", slug=slug)


@require_POST
def settle_lead(request, slug, lead):
    """It was followed, or is let go."""
    space = space_for(request.user, slug, Action.FOLLOW_LEAD)
    found = _readable_lead(request, space, lead)
    form = SettleLeadForm(request.POST)
    by = membership_in(space, request.user)
    if carried_out(form, lambda data: actions.settle_lead(found, by=by, **data)):
        messages.success(request, _("Noted what came of it."))
    else:
        _say_faults(request, form)
    return redirect("valuecreation:leads", slug=slug)


def _readable_lead(request, space, public_id):
    """A lead whose sentence they may read (else 404)."""
    here = Lead.objects.for_user(request.user).in_space(space).with_people()
    lead = get_object_or_404(here, public_id=public_id)
    lead.space = space
    shown = present_leads(Viewer(space, request.user), [lead])
    return lead if shown else get_object_or_404(here.none())


def _say_faults(request, form):
    messages.error(request, " ".join(said for faults in form.errors.values() for said in faults))
