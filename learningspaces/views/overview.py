from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evaluation.matrix import course_counts
from learningspaces.for_you import for_you
from learningspaces.lib.htmx import wants_part
from learningspaces.overview import SpaceOverview
from spaces.permissions import Action
from spaces.shortcuts import space_for


@require_safe
def space_overview(request, slug):
    """How value moves in a space, its new stories, and what waits to be heard."""
    space = space_for(request.user, slug)
    overview = SpaceOverview.build(space, person=request.user)
    context = {
        "space": space,
        "tab": "overview",
        "overview": overview,
        "picture": overview.picture,
        "for_you": for_you(space, request.user),
        "member_count": overview.members,
        "organisation_count": overview.organisations,
    }
    return render(request, "space_overview.html", context)


@require_safe
def course(request, slug):
    """How many indicators are on course: a fact that the overview asks for once it is shown."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    if not wants_part(request):
        return redirect("evaluation:matrix", slug=space.slug)
    on_course, with_target = course_counts(space, request.user)
    context = {"on_course": on_course, "with_target": with_target}
    return render(request, "_course.html", context)
