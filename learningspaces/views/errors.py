"""Pages for what goes wrong outside of any view; every word that was typed is on them."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.defaults import page_not_found

from learningspaces.lib.logs import request_number
from learningspaces.lib.typed_words import typed_words
from valuecreation.models import Withdrawal
from valuecreation.presentation.own_stories import tombstone
from valuecreation.shortcuts import StoryErased

TOO_MUCH = {
    RequestDataTooBig: _(
        "All fields of the form together are larger than 10 MB, which no form here takes. Nothing "
        "was stored. Go back: what you typed is still in the form. Shorten the longest text, or "
        "tell it in parts, and send it again."
    ),
    TooManyFieldsSent: _(
        "The form came with more than 1,000 fields, which no form here has. Nothing was stored. "
        "Go back, load the page again and choose fewer things at once."
    ),
    TooManyFilesSent: _(
        "The form came with more than 100 files, which no form here takes. Nothing was stored. "
        "Go back and choose one file."
    ),
}
FOR_PROGRAMS = "/api/v1/"
TOO_MUCH_FOR_PROGRAMS = _(
    "The body of the call is larger than 10 MB. Nothing was stored. Send it in parts."
)


def csrf_failure(request, reason=""):
    """The form was too old to be trusted."""
    context = {"words": typed_words(request), "path": request.get_full_path()}
    return render(request, "csrf_failure.html", context, status=403)


def bad_request(request, exception):
    """What was sent cannot be read; where it is too much, the page says how much and what to do."""
    if isinstance(exception, RequestDataTooBig) and request.path.startswith(FOR_PROGRAMS):
        return JsonResponse({"detail": str(TOO_MUCH_FOR_PROGRAMS)}, status=413)
    why = next((words for kind, words in TOO_MUCH.items() if isinstance(exception, kind)), "")
    return render(request, "400.html", {"why": why}, status=400)


def not_found(request, exception):
    """Not there; of a story that is erased its teller is told so, with the receipt."""
    if isinstance(exception, StoryErased):
        story = exception.story
        gone = tombstone(story, Withdrawal.objects.of_stories([story]).oldest_first().last())
        return render(request, "gone.html", {"gone": gone}, status=410)
    return page_not_found(request, exception)


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
