from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.violations import carried_out
from spaces import actions
from spaces.forms.spaces import ClosingForm, EditSpaceForm, FoundingForm
from spaces.models import Space
from spaces.permissions import Action
from spaces.presentation.about import about_lines, known_spaces, looked_after
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import require_founding, space_for
from spaces.space_templates import TEMPLATES


def proposed(template, person) -> dict:
    """What the form of a new space begins with."""
    return {
        "purpose": template.purpose,
        "unsure_of": template.unsure_of,
        "attention": template.attention,
        "structure_kind": list(template.structure),
        "governance": template.governance,
        "boundary_policy": template.boundary,
        "confidentiality_note": template.confidentiality,
        "rhythm": template.rhythm,
        "time_zone": person.time_zone,
        "min_group_size": template.min_group_size,
        **{f"quiet_{cycle}": days for cycle, days in template.quiet.items()},
    }


@require_http_methods(["GET", "POST"])
def new_space(request):
    """Choose a starting point, then say what the space is about."""
    require_founding()
    template = TEMPLATES.get(request.GET.get("from", ""))
    if request.method == "GET" and not template:
        return render(request, "spaces/choose_template.html", {"templates": TEMPLATES.values()})
    template = template or TEMPLATES["scratch"]
    form = FoundingForm(request.POST or None, initial=proposed(template, request.user))
    if carried_out(form, lambda words: actions.found_space(by=request.user, **words)):
        messages.success(request, _("Your space is there. Invite the people it needs."))
        return redirect("spaces:invitations", form.outcome.slug)
    return render(request, "spaces/new_space.html", {"form": form, "template": template})


@require_safe
def about(request, slug):
    """What the space says about itself, and who looks after what."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    viewer = Viewer(space, request.user)
    context = {
        "space": space,
        "tab": "about",
        "lines": about_lines(viewer),
        "looked_after": looked_after(viewer),
        "known": known_spaces(viewer),
    }
    return render(request, "spaces/about.html", context)


@require_http_methods(["GET", "POST"])
def edit_space(request, slug):
    """Change what the space says about itself."""
    space = space_for(request.user, slug, Action.EDIT_SPACE)
    saved = Space.objects.get(pk=space.pk)
    form = EditSpaceForm(request.POST or None, instance=space)
    if form.is_valid():
        seen = form.cleaned_data.pop("revision")
        try:
            actions.edit_space(saved, by=request.user, seen=seen, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            form.data = form.data.copy()
            form.data["revision"] = saved.revision
        else:
            messages.success(request, _("Saved."))
            return redirect("spaces:about", saved.slug)
    context = {"space": saved, "form": form, "tab": "about", "theirs": saved}
    return render(request, "spaces/edit_space.html", context)


@require_POST
def pause_space(request, slug):
    """Let the space rest, or wake it."""
    space = space_for(request.user, slug, Action.CLOSE_SPACE)
    try:
        if request.POST.get("state") == "active":
            actions.reopen_space(space, by=request.user)
            messages.success(request, _("The space is active again."))
        else:
            actions.pause_space(space, by=request.user)
            messages.success(request, _("The space rests. You can wake it at any time."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("spaces:about", space.slug)


@require_http_methods(["GET", "POST"])
def close_space(request, slug):
    """Close the space with a closing reflection."""
    space = space_for(request.user, slug, Action.CLOSE_SPACE)
    form = ClosingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.close_space(space, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The space is closed. Everything told stays readable."))
            return redirect("space_overview", space.slug)
    return render(request, "spaces/close_space.html", {"space": space, "form": form})
