from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from framing import actions
from framing.contents import Contents
from framing.forms.drafts import PART_FORMS, CausesForm, DraftForm, NewDraftForm
from framing.models import FramingVersion, Reframing
from framing.presentation import present_version, version_name
from framing.shortcuts import draft_of, version_for
from learningspaces.lib.public_ids import is_public_id
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.revisions import Conflict
from spaces.shortcuts import membership_in, space_for


def one_moment(request) -> tuple[str, ...]:
    """The moment a page was opened from, as ?moment= and its public id."""
    named = request.GET.get("moment", "")
    return (named,) if is_public_id(named) else ()


def to_draft_with(space, draft, moments):
    """To the draft, or to the choice of its causes with a moment ticked."""
    if not moments or not draft.supersedes_id:
        return redirect("framing:edit_draft", space.slug, draft.number)
    address = reverse("framing:causes", args=[space.slug, draft.number])
    return redirect(f"{address}?moment={moments[0]}")


@require_http_methods(["GET", "POST"])
def new_draft(request, slug):
    """Begin the first version, or reframe: a new version with its reason and its causes."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = draft_of(request.user, space)
    also = one_moment(request)
    if draft and request.method == "GET":
        messages.info(request, _("There is a draft already. Work on it together."))
        return to_draft_with(space, draft, also)
    current = FramingVersion.objects.in_space(space).current_on(space.today)
    form = NewDraftForm(
        request.POST or None,
        initial={"moments": also},
        space=space,
        person=request.user,
        also=also,
        current=current,
    )
    if form.is_valid():
        try:
            draft = actions.begin_draft(
                space,
                by=membership_in(space, request.user),
                difference=form.cleaned_data["difference"],
                reason=form.cleaned_data.get("reason", ""),
                causes=form.chosen(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("framing:edit_draft", space.slug, draft.number)
    says = present_version(Viewer(space, request.user), current) if current else None
    context = {"space": space, "tab": "framing", "form": form, "current": says}
    return render(request, "framing/new_draft.html", context)


def draft_page(request, space, draft, **changed):
    """The one page of small forms on which a draft is written; `changed` replaces some of them."""
    contents = Contents.build(draft, Viewer(space, request.user))
    forms = {
        kind: form(prefix=kind, version=draft, person=request.user)
        for kind, form in PART_FORMS.items()
    }
    context = {
        "space": space,
        "tab": "framing",
        "draft": contents.version,
        "contents": contents,
        "form": DraftForm(instance=draft, initial={"revision": draft.revision}),
        "forms": forms | changed.pop("forms", {}),
        "causes": contents.causes,
    }
    return render(request, "framing/edit_draft.html", context | changed)


@require_http_methods(["GET", "POST"])
def edit_draft(request, slug, number):
    """Write a draft: its words above, its parts below, each saved by itself."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = version_for(request.user, space, number)
    if draft.is_agreed and request.method == "GET":
        return redirect("framing:version", space.slug, number)
    form = DraftForm(
        request.POST or None,
        instance=version_for(request.user, space, number),
        initial={"revision": draft.revision},
    )
    if form.is_valid():
        seen = form.cleaned_data.pop("revision")
        me = membership_in(space, request.user)
        try:
            actions.edit_draft(draft, by=me, seen=seen, **form.cleaned_data)
        except ValidationError as error:
            return draft_page(request, space, draft, form=with_theirs(form, error, draft))
        messages.success(request, _("Saved."))
        return redirect("framing:edit_draft", space.slug, number)
    if draft.is_agreed:
        messages.error(request, _("This version was agreed meanwhile; its words stand."))
        return redirect("framing:version", space.slug, number)
    return draft_page(request, space, draft, **({"form": form} if form.is_bound else {}))


def with_theirs(form, error, saved):
    """The form back with the person's words and the fault; after a conflict with theirs, too."""
    form.add_error(None, error)
    if isinstance(error, Conflict):
        saved.refresh_from_db()
        form.data = form.data.copy()
        form.data[form.add_prefix("revision")] = saved.revision
        form.theirs = saved
    return form


@require_POST
def discard_draft(request, slug, number):
    """Let go of the draft."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = version_for(request.user, space, number)
    try:
        actions.discard_draft(draft, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("framing:version", space.slug, number)
    messages.success(request, _("The draft is gone. What was agreed before stands as it was."))
    return redirect("framing:framing", space.slug)


@require_http_methods(["GET", "POST"])
def causes(request, slug, number):
    """Choose the moments that brought the draft about."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = version_for(request.user, space, number)
    also = one_moment(request)
    form = CausesForm(
        request.POST or None,
        initial={"moments": also},
        space=space,
        person=request.user,
        also=also,
    )
    if form.is_valid():
        me = membership_in(space, request.user)
        led_here = request.POST.get("led_here") == "yes"
        try:
            for moment in form.chosen():
                actions.add_cause(draft, moment, by=me, led_here=led_here)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("framing:edit_draft", space.slug, number)
    context = {"space": space, "tab": "framing", "draft": version_name(draft), "form": form}
    return render(request, "framing/causes.html", context)


@require_POST
def remove_cause(request, slug, pk):
    """Take back that a moment brought the draft about."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    readable = Reframing.objects.for_reader(space, request.user).select_related("version")
    cause = get_object_or_404(readable, pk=pk, version__space=space)
    try:
        actions.remove_cause(cause, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("framing:edit_draft", space.slug, cause.version.number)
