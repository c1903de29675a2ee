from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spaces.drafts import NOT_KEPT, words_among
from spaces.kept import kept_for, let_go


@require_http_methods(["GET", "POST"])
def kept_words(request):
    """Shows the words of forms sent after the session ended, to be sent again or let go."""
    waiting = kept_for(request)
    if not waiting:
        return redirect("home")
    if request.method == "POST":
        let_go(request)
        return redirect("home")
    forms = [
        form | {"said": words_among(said for name, said in form["words"] if name not in NOT_KEPT)}
        for form in waiting
    ]
    return render(request, "spaces/kept_words.html", {"forms": forms})
