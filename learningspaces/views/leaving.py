from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.actions import settle_and_leave
from evaluation.forms.leaving import LeaveForm
from learningspaces.leaving import receipt_of
from learningspaces.lib.violations import carried_out
from spaces.actions import only_convener
from spaces.models import Departure
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation.presentation.consent_words import seen_by
from valuecreation.presentation.stories import story_head


@require_http_methods(["GET", "POST"])
def leave_space(request, slug):
    """Leave the space, after saying what becomes of each story and of the rest."""
    space = space_for(request.user, slug, Action.LEAVE_SPACE)
    me = membership_in(space, request.user)
    me.space, me.person = space, request.user
    form = LeaveForm(request.POST if request.method == "POST" else None, membership=me)
    if carried_out(form, lambda _data: _leave(me, request.user, form)):
        return redirect("left_space", form.outcome.pk)
    viewer = Viewer(space, request.user)
    told = [
        (story_head(viewer, story), seen_by(story, space.today), field)
        for story, field in form.story_fields()
    ]
    context = {"space": space, "tab": "people", "form": form, "told": told}
    context["only_convener"] = only_convener(me)
    return render(request, "leaving/leave.html", context)


def _leave(me, person, form):
    return settle_and_leave(me, by=person, **form.decided())


@require_safe
def left_space(request, pk):
    """The receipt: what was decided about each story, and where they are now."""
    found = Departure.objects.for_user(request.user).select_related("membership__space")
    receipt = receipt_of(get_object_or_404(found, pk=pk), request.user)
    return render(request, "leaving/receipt.html", {"receipt": receipt})
