from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningspaces.lib.violations import carried_out
from spaces.forms.days import JoinedForm
from spaces.models import Membership
from spaces.permissions import Action, may
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions


@require_POST
def state_joined(request, slug, ref):
    """Say since when somebody takes part: oneself, or as a leader."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    readable = Membership.objects.for_user(request.user).in_space(space)
    member, me = get_object_or_404(readable, ref=ref), membership_in(space, request.user)
    if member.pk != me.pk and not may(request.user, Action.NOTE_JOINED, space):
        raise PermissionDenied
    form = JoinedForm(request.POST)
    if carried_out(form, lambda data: actions.state_joined(member, by=me, **data)):
        messages.success(request, _("Noted."))
    else:
        for said in form.errors.values():
            messages.error(request, " ".join(said))
    return redirect("spaces:member", space.slug, member.ref)
