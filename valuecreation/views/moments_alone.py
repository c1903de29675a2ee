"""Moments that stand in no story, as the matrix and the flow picture count them."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.cycles import Cycle
from valuecreation.models import Moment
from valuecreation.presentation.moments import moment_on_page
from valuecreation.views.flows import narrowed_by

A_PAGE = 30


@require_safe
def moments_alone(request, slug):
    """What happened and was told outside a story, newest first."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    viewer = Viewer(space, request.user)
    narrowed = narrowed_by(request.GET)
    counted = Moment.objects.for_audience(viewer.audience, space.today, space=space).loose()
    found = counted.that_happened(**narrowed).newest_first().with_people()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "space": space,
        "tab": "stories",
        "page": page,
        "moments": [moment_on_page(viewer, moment, []) for moment in page],
        "heading": Cycle(narrowed["cycle"]).label if "cycle" in narrowed else "",
    }
    return render(request, "valuecreation/moments_alone.html", context)
