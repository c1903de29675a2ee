from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spaces.models import ApiReads, Trace
from spaces.permissions import Action
from spaces.presentation.traces import present_reads, present_traces
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for

PAGE = 50
RECENT = 50


@require_safe
def traces(request, slug):
    """For those who lead a space: who fetched what, and how often programs read in it."""
    space = space_for(request.user, slug, Action.SEE_TRACES)
    viewer = Viewer(space, request.user)
    rows = Trace.objects.for_user(request.user).in_space(space).newest_first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    reads = ApiReads.objects.in_space(space).with_keys().newest_first()[:RECENT]
    context = {
        "space": space,
        "tab": "about",
        "page": page,
        "traces": present_traces(viewer, page.object_list),
        "reads": present_reads(viewer, reads),
    }
    return render(request, "spaces/traces.html", context)
