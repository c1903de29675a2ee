"""The one place that knows a page from a part of it (house rule 10)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

SWITCHING_HEADERS = ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"]


def wants_part(request: HttpRequest) -> bool:
    """True for an htmx swap; false for a boosted link or the Back button: both need a page."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_part(request: HttpRequest, *, page: str, part: str, context: dict) -> HttpResponse:
    """Render `page`, or only the `part` that it includes."""
    response = render(request, part if wants_part(request) else page, context)
    patch_vary_headers(response, SWITCHING_HEADERS)
    return response


def changed(event: str, response: HttpResponse | None = None) -> HttpResponse:
    """Tell the page that `event` happened; its parts listen, and fetch themselves."""
    return trigger_client_event(response or HttpResponse(status=204), event)


class RedirectWholePage:
    """Turns a redirect that meets an htmx swap into a redirect of the whole page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if wants_part(request) and response.status_code in (301, 302):
            return HttpResponseClientRedirect(response["Location"])
        return response
