"""The one list of a facilitator before people meet again: what could be asked, and what waits."""

import datetime as dt

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from framing.models import InvitationAnswer
from framing.presentation import present_event
from learningspaces.overview import next_event
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.presentation.what_to_ask import what_to_ask

AHEAD = dt.timedelta(days=14)  # where no gathering is planned


@require_safe
def before_gathering(request, slug):
    """What will be quiet by then, hopes past their day, what was not taken up; one action each."""
    space = space_for(request.user, slug, Action.NOTE_ANSWER)
    viewer = Viewer(space, request.user)
    event = next_event(viewer)
    day = timezone.localtime(event.starts_at).date() if event else None
    until = max(day or space.today + AHEAD, space.today)
    context = {
        "space": space,
        "tab": "overview",
        "ask": what_to_ask(viewer, until),
        "event": present_event(viewer, event) if event else None,
        "coming": InvitationAnswer.objects.to_event(event).coming().count() if event else 0,
        "day": date_format(day, "l j F") if day else "",
        "weekday": date_format(day, "l") if day else "",
    }
    return render(request, "before_gathering.html", context)
