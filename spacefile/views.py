from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from evaluation.models import Import
from learningspaces.lib.htmx import render_part
from learningspaces.lib.uploads import is_too_large
from spacefile import actions
from spacefile.forms import ExportForm, FoundForm, UploadForm
from spacefile.handing import file_name, hand_over
from spacefile.left_behind import left_behind
from spacefile.writing import json_chunks, yaml_chunks
from spaces.permissions import Action
from spaces.shortcuts import require_founding, space_for

RECENT = 10
WRITTEN = {"yaml": (yaml_chunks, "application/yaml"), "json": (json_chunks, "application/json")}


@require_http_methods(["GET", "POST"])
def import_space(request):
    """Upload a space file; a worker looks at it."""
    require_founding()
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, too_large=is_too_large(request))
    if form.is_valid():
        sent = form.cleaned_data["file"]
        imported = actions.upload_space_file(by=request.user, name=sent.name, content=sent.read())
        return redirect("spacefile:import_result", imported.pk)
    earlier = Import.objects.for_user(request.user).without_content().newest_first()[:RECENT]
    return render(request, "spacefile/import_space.html", {"form": form, "earlier": earlier})


@require_http_methods(["GET", "POST"])
def import_result(request, pk):
    """What a file holds, or what is wrong with it; then found its space."""
    require_founding()
    shown = get_object_or_404(Import.objects.for_user(request.user).without_content(), pk=pk)
    posted = (request.POST,) if request.method == "POST" else ()
    form = FoundForm(*posted, people=shown.preview.get("people", ()))
    if form.is_valid():
        try:
            actions.found_from_file(shown, by=request.user, claims=form.cleaned_data["claims"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("spacefile:import_result", pk)
    page, part = "spacefile/import_result.html", "spacefile/_import_state.html"
    return render_part(request, page=page, part=part, context={"imported": shown, "form": form})


@require_GET
def export_space(request, slug):
    """Choose for whom, see what stays behind, download the space file."""
    space = space_for(request.user, slug, Action.EXPORT_SPACE_FILE)
    form = ExportForm(request.GET if "audience" in request.GET else None)
    if form.is_valid():
        try:
            return space_file(space, person=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "space": space,
        "tab": "overview",
        "form": form,
        "left": left_behind(space),
    }
    return render(request, "spacefile/export_space.html", context)


def space_file(space, *, person, audience: str, format: str) -> StreamingHttpResponse:
    """The space as one audience may see it today, as a file to keep."""
    write, kind = WRITTEN[format]
    chunks = write(hand_over(space, audience, format=format, person=person))
    name = file_name(space, audience, format)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(chunks, content_type=f"{kind}; charset=utf-8", headers=headers)
