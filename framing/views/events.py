from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from framing import actions
from framing.forms.events import ComingForm, EventForm, QuestionForm, StepFormSet, agenda, steps_of
from framing.presentation import present_event
from framing.shortcuts import event_for
from framing.views.board import seen_board, with_forms
from framing.views.drafts import with_theirs
from learningspaces.lib.numbers import number_in
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for

PLAN = "framing/plan_event.html"


@require_http_methods(["GET", "POST"])
def plan_event(request, slug):
    """Plan a framing event: when, where, who, and its steps."""
    space = space_for(request.user, slug, Action.PLAN_FRAMING_EVENT)
    me = membership_in(space, request.user)
    form = EventForm(
        request.POST or None, initial={"facilitator": me}, space=space, person=request.user
    )
    formset = StepFormSet(request.POST or None, prefix="steps", initial=steps_of(None))
    if form.is_valid() and formset.is_valid():
        try:
            event = actions.plan_event(space, by=me, steps=agenda(formset), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Planned. Those invited find it on the framing page."))
            return redirect("framing:event", space.slug, event.pk)
    context = {"space": space, "tab": "framing", "form": form, "formset": formset}
    return render(request, PLAN, context)


@require_http_methods(["GET", "POST"])
def edit_event(request, slug, pk):
    """Change what was planned."""
    space = space_for(request.user, slug, Action.PLAN_FRAMING_EVENT)
    saved = event_for(request.user, space, pk)
    form = EventForm(
        request.POST or None,
        instance=event_for(request.user, space, pk),
        space=space,
        person=request.user,
    )
    formset = StepFormSet(request.POST or None, prefix="steps", initial=steps_of(saved))
    if form.is_valid() and formset.is_valid():
        words = form.cleaned_data
        seen, me = words.pop("revision"), membership_in(space, request.user)
        try:
            actions.change_event(saved, by=me, seen=seen, steps=agenda(formset), **words)
        except ValidationError as error:
            form = with_theirs(form, error, saved)
        else:
            messages.success(request, _("Saved."))
            return redirect("framing:event", space.slug, pk)
    context = {"space": space, "tab": "framing", "form": form, "formset": formset}
    context["event"] = present_event(Viewer(space, request.user), saved)
    return render(request, PLAN, context)


@require_safe
def event(request, slug, pk):
    """Hold the event from this page: steps with their time, and the board."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    held = event_for(request.user, space, pk)
    context = seen_board(request, space, held)
    context["board"] = with_forms(context["columns"])
    return render(request, "framing/event.html", context)


@require_POST
def go_to_step(request, slug, pk):
    """Begin the event, or go on to another step."""
    space = space_for(request.user, slug, Action.PLAN_FRAMING_EVENT)
    held = event_for(request.user, space, pk)
    order = request.POST.get("order", "")
    step = get_object_or_404(held.steps, order=number_in(order, digits=9) or 0)
    try:
        actions.go_to_step(held, step, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("framing:event", space.slug, pk)


@require_POST
def end_event(request, slug, pk):
    """End the event: what was written goes into the draft."""
    space = space_for(request.user, slug, Action.PLAN_FRAMING_EVENT)
    held = event_for(request.user, space, pk)
    try:
        draft = actions.end_event(held, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("framing:event", space.slug, pk)
    messages.success(
        request,
        _(
            "Every note is in the draft now. Until somebody changes the draft, you can open the "
            "event again on its page."
        ),
    )
    return redirect("framing:edit_draft", space.slug, draft.number)


@require_POST
def reopen_event(request, slug, pk):
    """Open an event again that ended too early: its notes leave the draft."""
    space = space_for(request.user, slug, Action.PLAN_FRAMING_EVENT)
    held = event_for(request.user, space, pk)
    try:
        actions.reopen_event(held, by=membership_in(space, request.user))
        messages.success(request, _("The event goes on. What it had put into the draft is out."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("framing:event", space.slug, pk)


@require_POST
def answer_invitation(request, slug, pk):
    """Say whether one is coming; the answer may be changed until the event begins."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    planned = event_for(request.user, space, pk)
    form = ComingForm(request.POST)
    if form.is_valid():
        me = membership_in(space, request.user)
        try:
            actions.answer_invitation(planned, by=me, **form.cleaned_data)
            messages.success(request, _("Noted. You can change it until the event begins."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, _("Say whether you are coming, then send again."))
    return redirect("framing:event", space.slug, pk)


@require_http_methods(["GET", "POST"])
def question(request, slug):
    """Has our question changed? Two minutes inside a session."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    asked = {"cycle": request.GET.get("cycle", "")}
    form = QuestionForm(request.POST or None, initial=asked)
    if form.is_valid():
        me = membership_in(space, request.user)
        try:
            draft = actions.ask_whether_question_changed(space, by=me, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Kept in the draft of the next version."))
            return redirect("framing:version", space.slug, draft.number)
    context = {"space": space, "tab": "framing", "form": form}
    return render(request, "framing/question.html", context)
