from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spaces.drafts import NOT_KEPT, words_among
from spaces.middleware import KEPT


@require_http_methods(["GET", "POST"])
def kept_words(request):
    """Shows the words of a form sent after the session ended, to be sent again or let go."""
    kept = request.session.get(KEPT)
    if not kept or kept["whose"] != str(request.user.pk):
        return redirect("home")
    if request.method == "POST":
        del request.session[KEPT]
        return redirect("home")
    said = words_among(value for name, value in kept["words"] if name not in NOT_KEPT)
    return render(request, "spaces/kept_words.html", {"kept": kept, "said": said})
