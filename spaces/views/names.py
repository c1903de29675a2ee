from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningspaces.lib.violations import carried_out
from spaces import actions
from spaces.forms.names import OtherNameForm
from spaces.models import Membership, OtherName
from spaces.permissions import Action, may
from spaces.shortcuts import membership_in, space_for
from spaces.views.people import member_page


@require_POST
def note_name(request, slug, ref):
    """Add a name that somebody goes by."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    shown, me = named_for(request, space, ref)
    form = OtherNameForm(request.POST, practices=actions.practices_in(space))
    if carried_out(form, lambda data: actions.note_name(shown, by=me, **data)):
        messages.success(request, _("Noted. It gives way wherever their name does."))
        return redirect("spaces:member", space.slug, shown.ref)
    return member_page(request, space, shown, name_form=form)


@require_POST
def drop_name(request, slug, ref, number):
    """Take back a name that was added."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    shown, me = named_for(request, space, ref)
    noted = OtherName.objects.of_member(shown).noted()
    actions.drop_name(get_object_or_404(noted, pk=number), by=me)
    messages.success(request, _("Removed."))
    return redirect("spaces:member", space.slug, shown.ref)


def named_for(request, space, ref) -> tuple[Membership, Membership]:
    """The member whose names are spoken of, and who speaks: they themselves or a leader."""
    readable = Membership.objects.for_user(request.user).in_space(space)
    shown, me = get_object_or_404(readable, ref=ref), membership_in(space, request.user)
    if shown.pk != me.pk and not may(request.user, Action.NOTE_NAMES, space):
        raise PermissionDenied
    return shown, me
