"""The site's addresses, and one bare page to measure the others against."""

from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from spaces.models import Space


@require_safe
def bare(request, slug):
    """Signed in, through the same middleware, one indexed query, no template."""
    return HttpResponse(Space.objects.values_list("name", flat=True).get(slug=slug))


urlpatterns = [
    path("bare/<slug:slug>/", bare, name="bare"),
    path("", include("learningspaces.urls")),
]
