from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from framing import actions
from framing.forms.drafts import AnswerForm, ClosingDayForm, StandForm
from framing.shortcuts import version_for
from framing.views.framing import beside, draft_to_answer, read
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


def back_with(request, space, draft, **forms):
    """The draft's page again, with the form as it was typed; an agreed version as it stands."""
    if draft.is_agreed:
        messages.error(request, _("This version was agreed meanwhile; its words stand."))
        return redirect("framing:version", space.slug, draft.number)
    viewer = Viewer(space, request.user)
    context = beside(viewer) | read(draft, viewer)
    return draft_to_answer(request, draft, viewer, context, **forms)


@require_POST
def answer_version(request, slug, number):
    """Say for oneself what one thinks of a draft."""
    space = space_for(request.user, slug, Action.AGREE_FRAMING)
    draft = version_for(request.user, space, number)
    form, me = AnswerForm(request.POST), membership_in(space, request.user)
    if carried_out(form, lambda said: actions.answer_version(draft, by=me, **said)):
        messages.success(request, _("Noted. You can change it until the frame stands."))
        return redirect("framing:version", space.slug, number)
    return back_with(request, space, draft, answer_form=form)


@require_POST
def set_closing_day(request, slug, number):
    """Name the day on which the draft stands."""
    space = space_for(request.user, slug, Action.LET_FRAME_STAND)
    draft = version_for(request.user, space, number)
    form, me = ClosingDayForm(request.POST), membership_in(space, request.user)
    if carried_out(
        form, lambda said: actions.set_closing_day(draft, by=me, day=said["answers_until"])
    ):
        messages.success(request, _("Noted, for everybody to see."))
        return redirect("framing:version", space.slug, number)
    return back_with(request, space, draft, closing_form=form)


@require_POST
def let_stand(request, slug, number):
    """Let the frame stand; from then on its words are not changed."""
    space = space_for(request.user, slug, Action.LET_FRAME_STAND)
    draft = version_for(request.user, space, number)
    form, me = StandForm(request.POST), membership_in(space, request.user)
    if carried_out(form, lambda said: actions.let_stand(draft, by=me, **said)):
        messages.success(request, _("The frame stands. This is what the space says for now."))
        return redirect("framing:framing", space.slug)
    if form.has_error("agreed_on"):
        return back_with(request, space, draft, stand_form=form)
    messages.error(request, " ".join(form.non_field_errors()))
    return redirect("framing:version", space.slug, number)
