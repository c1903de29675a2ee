"""Pages for what goes wrong before a view is reached."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from learningspaces.lib.logs import request_number


def server_error(request):
    """Something broke: the page needs nothing that may be broken too, and names its number."""
    page = render_to_string("500.html", {"number": request_number()})
    return HttpResponseServerError(page)


def csrf_failure(request, reason=""):
    """The form was too old to be trusted; its words are shown so that nothing typed is lost."""
    words = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "password", "password1", "password2")
        for value in values
    ]
    context = {"words": words, "path": request.get_full_path()}
    return render(request, "csrf_failure.html", context, status=403)
