from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningspaces.my_stories import my_stories as told_by


@require_safe
def my_stories(request):
    """Everything a person told, in every space, also in those they left."""
    return render(request, "my_stories.html", {"mine": told_by(request.user, request.GET.get("page"))})
