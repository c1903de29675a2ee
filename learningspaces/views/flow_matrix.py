from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningspaces.flow_matrix import FlowMatrix, FlowMatrixForm, flows_of_cell
from learningspaces.lib.public_ids import is_public_id
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.cycles import Cycle
from valuecreation.presentation.lists import AudienceScope
from valuecreation.presentation.ways import ways_page


@require_safe
def flow_matrix(request, slug):
    """From which cycle to which value flowed: all of it, or what is chosen."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    viewer = Viewer(space, request.user)
    seen = AudienceScope(space, viewer.audience, space.today)
    form = FlowMatrixForm(request.GET, viewer=viewer)
    context = {"space": space, "tab": "flows", "form": form}
    context["picture"] = FlowMatrix.build(seen, form)
    return render(request, "flow_matrix.html", context)


@require_safe
def flow_cell(request, slug, origin, goal):
    """The flows behind one number of the table, with both their moments."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    if origin not in Cycle.values or goal not in Cycle.values:
        raise Http404
    viewer = Viewer(space, request.user)
    seen = AudienceScope(space, viewer.audience, space.today)
    form = FlowMatrixForm(request.GET, viewer=viewer)
    after = request.GET.get("after", "")
    counted = flows_of_cell(seen, form, origin, goal)
    context = {
        "space": space,
        "tab": "flows",
        "form": form,
        "told": ways_page(seen, viewer, counted, after if is_public_id(after) else ""),
        "origin": Cycle(origin).label,
        "goal": Cycle(goal).label,
    }
    return render(request, "flow_cell.html", context)
