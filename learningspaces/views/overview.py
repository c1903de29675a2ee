from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningspaces.glance import Glance
from spaces.shortcuts import space_for


@require_safe
def space_overview(request, slug):
    """How value moves in a space, its new stories, and what waits to be heard."""
    space = space_for(request.user, slug)
    glance = Glance.build(space, person=request.user)
    context = {
        "space": space,
        "tab": "overview",
        "glance": glance,
        "picture": glance.picture,
        "member_count": glance.members,
        "organisation_count": glance.organisations,
    }
    return render(request, "space_overview.html", context)
