from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation import actions
from evaluation.forms.codings import ReadAsForm
from evaluation.presentation.codings import present_codings
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation.presentation.moments import moment_on_page
from valuecreation.shortcuts import moment_for


@require_http_methods(["GET", "POST"])
def read_as(request, slug, public_id):
    """An analyst's reading of a moment's cycle, beside the teller's and the other analysts'."""
    space = space_for(request.user, slug, Action.TAG_AS_ANALYST)
    moment = moment_for(request.user, space, public_id)
    viewer = Viewer(space, request.user)
    readings = present_codings(viewer, [moment])
    mine = next((each.cycle for each in readings if each.mine and not each.ended), "")
    form = ReadAsForm(request.POST or None, initial={"cycle": mine})
    me = membership_in(space, request.user)
    if carried_out(form, lambda data: actions.read_as(moment, by=me, **data)):
        messages.success(request, _("Noted beside the teller’s word, which counts."))
        return redirect("evaluation:read_as", slug, public_id)
    here = moment_on_page(viewer, moment)
    context = {"space": space, "tab": "stories", "story": here.story, "moment": here}
    return render(
        request, "evaluation/read_as.html", context | {"form": form, "readings": readings}
    )
