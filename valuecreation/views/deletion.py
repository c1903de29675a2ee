"""The page behind the mail that asks somebody to delete a withdrawn story."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from valuecreation import actions
from valuecreation.fetching import request_signed
from valuecreation.presentation.fetched import what_to_delete


@login_not_required
@require_http_methods(["GET", "POST"])
def deletion_done(request, token):
    """What is to be deleted; opening it changes nothing, the button says that it is done."""
    asked = request_signed(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        actions.confirm_deleted(asked)
        return redirect("valuecreation:deletion_done", token)
    context = {"wanted": what_to_delete(asked), "token": token}
    return render(request, "valuecreation/deletion_done.html", context)
