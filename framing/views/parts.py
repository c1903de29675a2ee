from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from framing import actions
from framing.forms.checks import CHECK_FORMS
from framing.forms.drafts import PART_FORMS, RewordForm
from framing.models import AssumptionCheck
from framing.presentation import (
    present_assumption,
    present_check,
    present_risk,
    present_uncertainty,
    version_name,
)
from framing.shortcuts import part_for, version_for
from framing.views.drafts import draft_page, with_theirs
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


def to_draft(version, kind):
    """Back to the place on the draft's page where the parts of a kind stand."""
    address = reverse("framing:edit_draft", args=[version.space.slug, version.number])
    return redirect(f"{address}#{kind}")


@require_POST
def add_part(request, slug, number, kind):
    """Add an uncertainty, a hope, an assumption, a risk or a sign to the draft."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = version_for(request.user, space, number)
    if kind not in PART_FORMS:
        raise Http404
    form = PART_FORMS[kind](request.POST, prefix=kind, version=draft, person=request.user)
    if form.is_valid():
        me = membership_in(space, request.user)
        try:
            actions.add_part(draft, by=me, part=form.save(commit=False))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return to_draft(draft, kind)
    return draft_page(request, space, draft, forms={kind: form}, opened=kind)


@require_http_methods(["GET", "POST"])
def change_part(request, slug, kind, pk):
    """Change one part of the draft."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    saved = part_for(request.user, space, kind, pk)
    form = PART_FORMS[kind](
        request.POST or None,
        instance=part_for(request.user, space, kind, pk),
        version=saved.version,
        person=request.user,
    )
    if form.is_valid():
        seen = form.cleaned_data.pop("revision")
        me = membership_in(space, request.user)
        try:
            actions.change_part(saved, by=me, seen=seen, **form.cleaned_data)
        except ValidationError as error:
            form = with_theirs(form, error, saved)
        else:
            return to_draft(saved.version, kind)
    context = {"space": space, "tab": "framing", "form": form, "kind": kind, "pk": pk}
    context["draft"] = version_name(saved.version)
    return render(request, "framing/change_part.html", context)


@require_POST
def remove_part(request, slug, kind, pk):
    """Take a part out of the draft."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    part = part_for(request.user, space, kind, pk)
    try:
        actions.remove_part(part, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken out: %(words)s") % {"words": part.text[:80]})
    return to_draft(part.version, kind)


@require_POST
def drop_aspiration(request, slug, number, pk):
    """Let an inherited hope end with the draft, or keep it after all."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = version_for(request.user, space, number)
    aspiration = part_for(request.user, space, "aspiration", pk)
    decide = actions.keep_aspiration if request.POST.get("keep") else actions.drop_aspiration
    try:
        decide(draft, aspiration, by=membership_in(space, request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return to_draft(draft, "aspiration")


@require_http_methods(["GET", "POST"])
def reword_aspiration(request, slug, number, pk):
    """Say an inherited hope differently; the earlier version keeps its words."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    draft = version_for(request.user, space, number)
    aspiration = part_for(request.user, space, "aspiration", pk)
    kept = {
        "text": aspiration.text,
        "whose": aspiration.whose,
        "polarity_guard": aspiration.polarity_guard,
    }
    form = RewordForm(request.POST or None, initial=kept, version=draft, person=request.user)
    if form.is_valid():
        me = membership_in(space, request.user)
        try:
            actions.reword_aspiration(draft, aspiration, by=me, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return to_draft(draft, "aspiration")
    context = {"space": space, "tab": "framing", "form": form, "pk": pk}
    context["draft"] = version_name(draft)
    return render(request, "framing/reword.html", context)


CHECKS = {
    "assumption": actions.check_assumption,
    "uncertainty": actions.note_uncertainty,
    "risk": actions.note_risk,
}


PRESENT = {
    "assumption": present_assumption,
    "uncertainty": present_uncertainty,
    "risk": present_risk,
}


@require_http_methods(["GET", "POST"])
def check(request, slug, kind, pk):
    """Note how an assumption, an uncertainty or a risk turned out; the framing's words stand."""
    space = space_for(request.user, slug, Action.DRAFT_FRAMING)
    if kind not in CHECKS:
        raise Http404
    saved = part_for(request.user, space, kind, pk)
    form = CHECK_FORMS[kind](
        request.POST or None,
        instance=part_for(request.user, space, kind, pk),
        initial={"revision": saved.revision},
    )
    if form.is_valid():
        seen = form.cleaned_data.pop("revision")
        me = membership_in(space, request.user)
        try:
            CHECKS[kind](saved, by=me, seen=seen, **form.cleaned_data)
        except ValidationError as error:
            form = with_theirs(form, error, saved)
        else:
            messages.success(request, _("Noted. The words of the framing stand as they were."))
            return redirect("framing:framing", space.slug)
    viewer = Viewer(space, request.user)
    part = PRESENT[kind](viewer, saved)
    context = {"space": space, "tab": "framing", "form": form, "part": part, "kind": kind}
    if kind == "assumption":
        checks = AssumptionCheck.objects.for_user(request.user).of_assumption(saved)
        context["checks"] = [present_check(viewer, row) for row in checks]
    return render(request, "framing/check.html", context)
