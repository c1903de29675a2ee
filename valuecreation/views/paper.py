"""A code on paper for a teller without an account, and the page on which they use it."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from valuecreation import actions
from valuecreation.forms.paper import PaperCodeForm
from valuecreation.rights import reads_as_told
from valuecreation.shortcuts import story_to_read_for


@require_http_methods(["GET", "POST"])
def paper(request, slug, public_id):
    """Make the code that goes on a teller's paper; it is shown on this answer and never again."""
    told, member = story_to_read_for(request.user, slug, public_id)
    if told.teller.person_id or not _hands_it_over(request.user, told):
        raise PermissionDenied
    code = actions.make_paper_code(told, by=member) if request.method == "POST" else ""
    context = {
        "space": told.space,
        "tab": "stories",
        "public_id": public_id,
        "code": code,
        "made_at": timezone.localtime(),
        "where": request.build_absolute_uri(reverse("valuecreation:withdraw_by_paper")),
    }
    return render(request, "valuecreation/paper.html", context)


def _hands_it_over(person, told) -> bool:
    """Whoever wrote it down; of what came with a file, those who invite people to their names."""
    if told.collector_id:
        return reads_as_told(told, person)
    openly = told.consent is None or not told.consent.grant.nameless
    return openly and may(person, Action.INVITE, told.space)


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def withdraw_by_paper(request):
    """Take back what one told, with the code on the paper; no account is needed."""
    tried = request.method == "POST"
    if tried and not ratelimit.consume(request, action="paper_code"):
        return ratelimit.respond_429(request)
    form = PaperCodeForm(request.POST or None)
    taken_back = tried and carried_out(form, lambda data: actions.withdraw_by_paper(data["code"]))
    context = {"form": form, "withdrawal": _receipt(form.outcome) if taken_back else None}
    return render(request, "valuecreation/withdraw_by_paper.html", context)


def _receipt(withdrawal) -> dict:
    """What stands on the page afterwards: no title, no words."""
    return {"receipt": withdrawal.receipt, "at": timezone.localtime(withdrawal.at)}
