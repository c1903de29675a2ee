from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from framing import actions
from framing.board import HEAD, changed_since, columns
from framing.drafts import untouched_draft
from framing.forms.events import ChangeNoteForm, NoteForm
from framing.models import BoardNote, FramingEvent, InvitationAnswer
from framing.presentation import present_event, present_step
from framing.shortcuts import event_for, note_for
from framing.views.drafts import with_theirs
from learningspaces.lib.htmx import changed, wants_part
from learningspaces.lib.numbers import number_in
from spaces.idempotency import KEY_FIELD
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation.cycles import Cycle

BOARD_CHANGED = "board-changed"


def seen_board(request, space, event, *, only=None) -> dict:
    """An event's steps and board as one person sees them; `only` some of its columns."""
    me = membership_in(space, request.user)
    viewer = Viewer(space, request.user)
    writes = event.is_running and may(request.user, Action.WRITE_ON_BOARD, space)
    rows = list(event.steps.all())
    here = next((n for n, step in enumerate(rows) if step.pk == event.current_step_id), -1)
    steps = [present_step(viewer, step) for step in rows]
    readable = FramingEvent.objects.with_board_for(request.user).in_space(space)
    may_read = readable.with_pk(event.pk).exists()
    shown = columns(event, viewer, me=me, only=only) if may_read else []
    whole = only is None
    leads = may(request.user, Action.PLAN_FRAMING_EVENT, space)
    answers = InvitationAnswer.objects.to_event(event)
    mine = answers.by_member(me).first() if whole and not event.is_done else None
    notes = BoardNote.objects.for_user(request.user).on_board(event)
    return {
        "space": space,
        "tab": "framing",
        "event": present_event(viewer, event),
        "steps": steps,
        "step": steps[here] if here >= 0 else None,
        "place": here,
        "step_before": steps[here - 1] if here > 0 and event.is_running else None,
        "next_step": steps[here + 1] if here + 1 < len(steps) and not event.is_done else None,
        "leads": leads,
        "reopens": whole and leads and untouched_draft(event) is not None,
        "writes": writes,
        "inside": viewer.inside,
        "may_read": may_read,
        "invited": event.people.count() if viewer.inside and whole else 0,
        "coming": answers.coming().count() if whole and not event.is_done else 0,
        "may_answer": whole and not event.is_done and space.is_open_for_work,
        "my_answer": mine,
        "wrote": notes.authors() if whole else 0,
        "columns": shown,
    }


@require_safe
def board(request, slug, pk):
    """What has changed on the board since a version of it; nothing (204) if nothing has."""
    space = space_for(request.user, slug, Action.SEE_FRAMING)
    event = event_for(request.user, space, pk)
    if not wants_part(request):
        return redirect("framing:event", space.slug, pk)
    known = request.GET.get("v", "")
    version = number_in(known, digits=9) or 0
    if event.board_version == version:
        return HttpResponse(status=204)
    names = changed_since(event, version)
    inside = space.audience_of(request.user) == "space"
    if HEAD in names and (request.GET.get("state") != event.state or not inside):
        return HttpResponseClientRefresh()
    context = seen_board(request, space, event, only=names) | {"head": HEAD in names}
    return render(request, "framing/_board_changes.html", context)


def with_forms(shown) -> list[tuple]:
    """Each column with the empty form in which a note is written into it."""
    return [(column, NoteForm(auto_id=f"{column.cycle.value}_%s")) for column in shown]


def to_column(space, event_pk, cycle):
    """Back to a column of the board."""
    return redirect(f"{reverse('framing:event', args=[space.slug, event_pk])}#{cycle}")


@require_http_methods(["GET", "POST"])
def write_note(request, slug, pk, cycle):
    """Write a hope or a doubt into a column of the board; the part is what the form holds."""
    space = space_for(request.user, slug, Action.WRITE_ON_BOARD)
    event = event_for(request.user, space, pk)
    if cycle not in Cycle.values:
        raise Http404
    form = NoteForm(request.POST or None, auto_id=f"{cycle}_%s")
    if form.is_valid():
        me, once = membership_in(space, request.user), request.POST.get(KEY_FIELD, "")[:64]
        try:
            actions.write_note(event, by=me, cycle=cycle, once=once, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return _written(request, space, pk, cycle)
    return _note_form(request, space, event, cycle, form)


def _written(request, space, pk, cycle):
    """Without scripts back to the board; with them the browser fetches an empty form (303)."""
    if not wants_part(request):
        return to_column(space, pk, cycle)
    empty = redirect("framing:write_note", space.slug, pk, cycle)
    empty.status_code = 303
    return empty


def _note_form(request, space, event, cycle, form):
    shown = present_event(Viewer(space, request.user), event)
    context = {"space": space, "event": shown, "form": form, "cycle": cycle, "tab": "framing"}
    context["cycle_label"] = Cycle(cycle).label
    if not wants_part(request):
        return render(request, "framing/write_note.html", context)
    context["written"] = not form.is_bound
    part = render(request, "framing/_note_fields.html", context)
    return part if form.is_bound else changed(BOARD_CHANGED, part)


@require_http_methods(["GET", "POST"])
def change_note(request, slug, pk):
    """Word one's own note differently, or move it to another column."""
    space = space_for(request.user, slug, Action.WRITE_ON_BOARD)
    saved = note_for(request.user, space, pk)
    me = membership_in(space, request.user)
    if saved.by_id != me.pk:
        raise Http404
    form = ChangeNoteForm(
        request.POST or None,
        instance=note_for(request.user, space, pk),
        initial={"revision": saved.revision},
    )
    if form.is_valid():
        seen = form.cleaned_data.pop("revision")
        try:
            actions.change_note(saved, by=me, seen=seen, **form.cleaned_data)
        except ValidationError as error:
            form = with_theirs(form, error, saved)
        else:
            return to_column(space, saved.event_id, saved.cycle)
    event = present_event(Viewer(space, request.user), saved.event)
    context = {"space": space, "tab": "framing", "form": form, "pk": pk, "event": event}
    context["cycle"] = saved.cycle
    return render(request, "framing/change_note.html", context)


DEEDS = {
    "join": actions.join_note,
    "leave": actions.leave_note,
    "remove": actions.remove_note,
}


@require_POST
def note_deed(request, slug, pk):
    """Join a note, leave it again, or take one's own off the board."""
    space = space_for(request.user, slug, Action.WRITE_ON_BOARD)
    note = note_for(request.user, space, pk)
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    return _done(request, space, note, lambda me: deed(note, by=me))


@require_POST
def set_note_aside(request, slug, pk):
    """Set a duplicate aside, or bring it back."""
    space = space_for(request.user, slug, Action.PLAN_FRAMING_EVENT)
    note = note_for(request.user, space, pk)
    aside = request.POST.get("aside") == "yes"
    return _done(request, space, note, lambda me: actions.set_note_aside(note, by=me, aside=aside))


def _done(request, space, note, deed):
    event_pk, cycle = note.event_id, note.cycle
    try:
        deed(membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return to_column(space, event_pk, cycle)
    if wants_part(request):
        return changed(BOARD_CHANGED)
    if request.POST.get("do") == "remove":
        messages.success(
            request, _("Your note is off the board: %(text)s") % {"text": note.text[:80]}
        )
    return to_column(space, event_pk, cycle)
