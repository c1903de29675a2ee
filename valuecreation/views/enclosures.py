"""Photographs, files and recordings of a moment: put in, described, removed, handed out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib import media
from learningspaces.lib.handing_out import handed_out
from learningspaces.lib.violations import carried_out
from spaces.models import UploadKind
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.forms.enclosures import DescribeForm, EncloseForm
from valuecreation.models import Enclosure, Moment
from valuecreation.presentation.enclosures import enclosures_of, may_open
from valuecreation.presentation.moments import moment_on_page
from valuecreation.presentation.stories import story_head
from valuecreation.shortcuts import changeable_story_for, story_to_read_for


@require_http_methods(["GET", "POST"])
def enclosures(request, slug, public_id, moment):
    """Everything that a moment is told with, and room for one more."""
    told, member = changeable_story_for(request.user, slug, public_id)
    here = get_object_or_404(Moment.objects.in_story(told).with_stories(), public_id=moment)
    form = EncloseForm(request.POST or None, request.FILES or None)
    if carried_out(form, lambda data: actions.enclose(told, here, by=member, **data)):
        messages.success(request, _("Kept. Only you can see it until you share it."))
        return _back(told, moment)
    return _page(request, told, here, form)


def _page(request, told, here, form, described=None):
    viewer = Viewer(told.space, request.user)
    rows = enclosures_of(viewer, told).get(here.pk, ())
    words = [
        (row, described if described and described.row == row.public_id else _words(row))
        for row in rows
    ]
    context = {
        "space": told.space,
        "tab": "stories",
        "story": story_head(viewer, told),
        "moment": moment_on_page(viewer, here),
        "form": form,
        "rows": words,
        "alone": any(row.with_teller_alone for row in rows),
    }
    return render(request, "valuecreation/enclosures.html", context)


def _words(row):
    said = {"description": row.description, "transcript": row.transcript}
    return DescribeForm(initial=said, prefix=row.public_id)


@require_POST
def describe_enclosure(request, slug, public_id, enclosure):
    """Say what can be seen or heard in one."""
    told, member = changeable_story_for(request.user, slug, public_id)
    row = _enclosure(told, enclosure)
    form = DescribeForm(request.POST, prefix=row.public_id)
    form.row = row.public_id
    if carried_out(form, lambda data: actions.describe_enclosure(row, by=member, **data)):
        messages.success(request, _("Saved."))
        return _back(told, row.moment.public_id)
    return _page(request, told, row.moment, EncloseForm(), described=form)


@require_POST
def remove_enclosure(request, slug, public_id, enclosure):
    """Take one out, for good."""
    told, member = changeable_story_for(request.user, slug, public_id)
    row = _enclosure(told, enclosure)
    actions.remove_enclosure(row, by=member)
    messages.success(request, _("Removed, for everybody and for good."))
    return _back(told, row.moment.public_id)


@require_safe
def enclosure_file(request, slug, public_id, enclosure):
    """The file itself, to whoever may read the story if the teller lets it go along."""
    told, _member = story_to_read_for(request.user, slug, public_id)
    row = _enclosure(told, enclosure)
    if not may_open(Viewer(told.space, request.user), told, row):
        raise Http404
    upload = row.upload
    ending = media.ENDINGS.get(upload.content_type, "")
    return handed_out(
        request,
        upload.file.open("rb"),
        size=upload.size,
        content_type=upload.content_type,
        name=f"{upload.kind}-{row.public_id}{ending}",
        inline=upload.kind != UploadKind.DOCUMENT,
    )


def _enclosure(told, public_id):
    rows = Enclosure.objects.of_story(told).select_related("moment")
    return get_object_or_404(rows, public_id=public_id)


def _back(told, moment):
    return redirect(
        "valuecreation:enclosures",
        slug=told.space.slug,
        public_id=told.public_id,
        moment=moment,
    )
