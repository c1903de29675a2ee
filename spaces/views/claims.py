from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spaces import actions
from spaces.claims import may_confirm, second_leaders
from spaces.models import NameClaim
from spaces.permissions import Action
from spaces.presentation.people import present_name_claim
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_http_methods(["GET", "POST"])
def confirm_claim(request, slug, ref):
    """Whether a name was claimed by the person it means."""
    space = space_for(request.user, slug, Action.CONFIRM_CLAIM)
    me = membership_in(space, request.user)
    readable = NameClaim.objects.for_user(request.user).in_space(space)
    claim = get_object_or_404(readable.for_pages(), membership__ref=ref)
    claim.membership.space = space
    if request.method == "POST":
        try:
            actions.confirm_claim(claim, by=me)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Noted. Thank you for looking."))
        return redirect("spaces:confirm_claim", slug, ref)
    context = {
        "space": space,
        "tab": "people",
        "claim": present_name_claim(Viewer(space, request.user), claim),
        "can_confirm": may_confirm(claim, me),
        "has_leader": second_leaders(claim).exists(),
        "said": claim.confirmations.count(),
    }
    return render(request, "spaces/confirm_claim.html", context)
