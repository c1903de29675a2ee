"""Pages for what goes wrong before a view is reached."""

from django.shortcuts import render


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
