"""The API's map, and its schema as a file and as a page under our own policy."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView

from evaluation import api as evaluation
from framing import api as framing
from spaces import api as spaces
from valuecreation import api as valuecreation


class Schema(SpectacularJSONAPIView):
    """The OpenAPI description of everything here."""


@require_safe
def api_page(request):
    """The schema to read: every address, what it takes and what it gives."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    operations = [
        {"path": address, "method": method.upper()} | operation
        for address, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    shapes = schema["components"]["schemas"]
    return render(request, "api.html", {"operations": operations, "shapes": shapes})


@login_not_required
@csrf_exempt
def no_such_address(request, rest=""):
    """Under /api/ even what is not there is said in JSON."""
    return JsonResponse({"detail": "There is nothing at this address."}, status=404)


SPACE = "spaces/<slug:slug>/"
urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("spaces/", spaces.Spaces.as_view(), name="spaces"),
    path(SPACE, spaces.OneSpace.as_view(), name="space"),
    path(SPACE + "people/", spaces.People.as_view(), name="people"),
    path(SPACE + "stories/", valuecreation.Stories.as_view(), name="stories"),
    path(SPACE + "stories/<slug:public_id>/", valuecreation.OneStory.as_view(), name="story"),
    path(SPACE + "moments/", valuecreation.Moments.as_view(), name="moments"),
    path(SPACE + "flows/", valuecreation.Flows.as_view(), name="flows"),
    path(SPACE + "framing/", framing.Framing.as_view(), name="framing"),
    path(SPACE + "indicators/", evaluation.Indicators.as_view(), name="indicators"),
    path(
        SPACE + "indicators/<str:ref>/observations/",
        evaluation.ObservationView.as_view(),
        name="observations",
    ),
    path(SPACE + "codings/", evaluation.Codings.as_view(), name="codings"),
    path(SPACE + "readings/", evaluation.Readings.as_view(), name="readings"),
    re_path(r"^(?P<rest>.*)$", no_such_address, name="nothing"),
]
