from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from framing import actions
from framing.forms.aspirations import SponsorAspirationForm, TieForm
from framing.models import Aspiration, FramingVersion, MomentAspiration, SponsorAspiration
from framing.presentation import present_aspiration, present_sponsor_hope
from learningspaces.lib.htmx import render_part, wants_part
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation.presentation.moments import moment_on_page
from valuecreation.shortcuts import moment_for


@require_http_methods(["GET", "POST"])
def sponsor_aspirations(request, slug):
    """What sponsors hope, in their words, beside the members' hopes."""
    space = space_for(request.user, slug, Action.STATE_SPONSOR_ASPIRATIONS)
    me = membership_in(space, request.user)
    form = SponsorAspirationForm(request.POST or None, space=space, by=me)
    if form.is_valid():
        try:
            actions.state_sponsor_aspiration(space, by=me, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Kept in these words, beside the members' hopes."))
            return redirect("framing:sponsor_aspirations", space.slug)
    stated = SponsorAspiration.objects.for_user(request.user).in_space(space).with_people()
    viewer = Viewer(space, request.user)
    hopes = [
        (present_sponsor_hope(viewer, row), me.pk in (row.stated_by_id, row.recorded_by_id))
        for row in stated
    ]
    current = FramingVersion.objects.for_user(request.user).in_space(space).current_on(space.today)
    standing = (
        Aspiration.objects.in_version(current).of_sponsor()
        if current
        else Aspiration.objects.none()
    )
    context = {
        "space": space,
        "tab": "framing",
        "form": form,
        "aspirations": hopes,
        "standing": [
            present_aspiration(viewer, row) for row in standing.stated_elsewhere().with_people()
        ],
    }
    return render(request, "framing/sponsor_aspirations.html", context)


@require_POST
def take_back_sponsor_aspiration(request, slug, pk):
    """Take back a sponsor's hope that no agreed version holds."""
    space = space_for(request.user, slug, Action.STATE_SPONSOR_ASPIRATIONS)
    aspiration = get_object_or_404(
        SponsorAspiration.objects.for_user(request.user).in_space(space), pk=pk
    )
    try:
        actions.take_back_sponsor_aspiration(aspiration, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("framing:sponsor_aspirations", space.slug)


@require_http_methods(["GET", "POST"])
def moment_aspirations(request, slug, public_id):
    """The hopes a moment speaks to; a page, and a part of the story's page."""
    space = space_for(request.user, slug, Action.TIE_ASPIRATION)
    moment = moment_for(request.user, space, public_id)
    current = FramingVersion.objects.in_space(space).current_on(space.today)
    readable = Aspiration.objects.for_user(request.user)
    aspirations = readable.in_version(current) if current else readable.none()
    form = TieForm(request.POST or None, aspirations=aspirations)
    if form.is_valid():
        me = membership_in(space, request.user)
        actions.tie_moment(moment, form.cleaned_data["aspiration"], by=me)
        if not wants_part(request):
            return redirect("framing:moment_aspirations", space.slug, public_id)
        form = TieForm(aspirations=aspirations)
    return ties_part(request, space, moment, form, current)


def ties_part(request, space, moment, form, current):
    """The hopes a moment is tied to, and the form to tie another."""
    ties = MomentAspiration.objects.for_reader(space, request.user).of_moment(moment)
    found = ties.select_related("aspiration__version")
    viewer = Viewer(space, request.user)
    context = {
        "space": space,
        "tab": "stories",
        "moment": moment_on_page(viewer, moment),
        "ties": [(tie.pk, present_aspiration(viewer, tie.aspiration)) for tie in found],
        "form": form,
        "current": bool(current),
    }
    return render_part(
        request,
        page="framing/moment_aspirations.html",
        part="framing/_moment_aspirations.html",
        context=context,
    )


@require_POST
def untie_moment(request, slug, pk):
    """Take back that a moment speaks to a hope."""
    space = space_for(request.user, slug, Action.TIE_ASPIRATION)
    ties = MomentAspiration.objects.for_reader(space, request.user).select_related("moment")
    tie = get_object_or_404(ties, pk=pk, moment__space=space)
    moment = moment_for(request.user, space, tie.moment.public_id)
    actions.untie_moment(tie, by=membership_in(space, request.user))
    if not wants_part(request):
        return redirect("framing:moment_aspirations", space.slug, moment.public_id)
    current = FramingVersion.objects.in_space(space).current_on(space.today)
    readable = Aspiration.objects.for_user(request.user)
    aspirations = readable.in_version(current) if current else readable.none()
    return ties_part(request, space, moment, TieForm(aspirations=aspirations), current)
