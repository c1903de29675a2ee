from django.shortcuts import render
from django.views.decorators.http import require_safe

from spaces.shortcuts import space_for


@require_safe
def space_overview(request, slug):
    """How value moves in a space, its new stories, and what waits to be heard."""
    space = space_for(request.user, slug)
    return render(request, "space_overview.html", {"space": space, "tab": "overview"})
