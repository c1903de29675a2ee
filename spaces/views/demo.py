"""The sign-in page of the demonstration. The address exists in demo mode only."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from spaces.models import Membership
from spaces.presentation.people import present_member
from spaces.presentation.viewer import Viewer


@login_not_required
@require_http_methods(["GET", "POST"])
def demo(request):
    """Sign in as one of the worked example's people, without a password."""
    if not settings.DEMO:
        raise Http404
    people = Membership.objects.current().of_demo()
    if request.method == "POST":
        chosen = next((who for who in people if str(who.pk) == request.POST.get("member")), None)
        if chosen is None:
            raise Http404
        login(request, chosen.person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("space_overview", chosen.space.slug)
    shown = [(who.pk, present_member(Viewer(who.space, who.person), who)) for who in people]
    return render(request, "spaces/demo.html", {"people": shown})
