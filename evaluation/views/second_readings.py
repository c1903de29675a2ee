from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation import actions
from evaluation.forms.second_readings import SettlingForm
from evaluation.models import SecondReading
from evaluation.presentation.releases import present_reading
from evaluation.releases.second_reader import shown_for
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_http_methods(["GET", "POST"])
def second_reading(request, slug, number):
    """What gave way in a release that is to be frozen, and what still stands; settle each word."""
    space = space_for(request.user, slug, Action.READ_BEFORE_FREEZE)
    readings = SecondReading.objects.for_user(request.user).in_space(space)
    reading = get_object_or_404(readings.waiting().newest_first(), pk=number)
    reading.space, me = space, membership_in(space, request.user)
    shown = shown_for(reading)
    form = SettlingForm(request.POST or None, standing=shown.standing)
    if carried_out(form, lambda _data: actions.settle_words(reading, by=me, settled=form.settled)):
        messages.success(request, _("Thank you. It can be frozen now, with what you settled."))
        return redirect("evaluation:releases", slug)
    asked = present_reading(Viewer(space, request.user), reading)
    context = {"space": space, "tab": "evaluation", "reading": asked, "shown": shown}
    context |= {"form": form, "mine": reading.asked_by_id == me.pk}
    return render(request, "evaluation/second_reading.html", context)
