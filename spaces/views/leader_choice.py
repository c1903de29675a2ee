from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningspaces.lib.violations import carried_out
from spaces import actions
from spaces.forms.leader_choice import ProposeForm
from spaces.leaders import leaders_are_gone, voters
from spaces.models import LeaderProposal
from spaces.permissions import Action
from spaces.presentation.leader_choice import present_proposal
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_http_methods(["GET", "POST"])
def choose_leader(request, slug):
    """Where the leaders have all been gone for long: who is proposed, and the rule."""
    space = space_for(request.user, slug, Action.CHOOSE_LEADER)
    me = membership_in(space, request.user)
    form = ProposeForm(request.POST if request.method == "POST" else None, space=space)
    if carried_out(form, lambda data: actions.propose_leader(data["member"], by=me)):
        messages.success(request, _("Proposed. Everybody here sees it."))
        return redirect("spaces:choose_leader", slug)
    proposals = LeaderProposal.objects.for_user(request.user).in_space(space).open().in_order()
    viewer, voices = Viewer(space, request.user), list(voters(space).values_list("pk", flat=True))
    context = {
        "space": space,
        "tab": "people",
        "gone": leaders_are_gone(space),
        "form": form,
        "number": len(voices),
        "proposals": [
            present_proposal(viewer, proposal, voices)
            for proposal in proposals.select_related("member", "proposed_by").prefetch_related(
                "voices"
            )
        ],
    }
    return render(request, "spaces/choose_leader.html", context)


@require_POST
def agree_to_leader(request, slug, pk):
    """Agree to a proposal."""
    space = space_for(request.user, slug, Action.CHOOSE_LEADER)
    readable = LeaderProposal.objects.for_user(request.user).in_space(space)
    proposal = get_object_or_404(readable.select_related("space", "member"), pk=pk)
    try:
        actions.agree_to_leader(proposal, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted."))
    return redirect("spaces:choose_leader", slug)
