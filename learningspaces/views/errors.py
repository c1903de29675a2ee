"""Pages for what goes wrong outside of any view; every word that was typed is on them."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from learningspaces.lib.logs import request_number

NOT_SHOWN = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")


def typed_words(request):
    """The fields of a sent form and what stood in them, without secrets."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SHOWN
        for value in values
    ]


def csrf_failure(request, reason=""):
    """The form was too old to be trusted."""
    context = {"words": typed_words(request), "path": request.get_full_path()}
    return render(request, "csrf_failure.html", context, status=403)


def permission_denied(request, exception):
    """Not theirs to do, or not now; where there is more to say, the exception says it."""
    context = {"words": typed_words(request), "why": str(exception)}
    return render(request, "403.html", context, status=403)


def server_error(request):
    """Something broke: the page needs nothing that may be broken too, and names its number."""
    try:
        words = typed_words(request)
    except Exception:  # what was sent may be the very thing that cannot be read
        words = []
    page = render_to_string("500.html", {"number": request_number(), "words": words})
    return HttpResponseServerError(page)
