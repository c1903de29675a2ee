from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from evaluation import actions
from evaluation.downloads import filename, media_type
from evaluation.models import Release, Report
from evaluation.presentation.releases import present_release
from learningspaces.lib.collisions import Collided, tried_again
from learningspaces.lib.htmx import render_part
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.presentation.fetched import fetched
from valuecreation.presentation.moments import link_to
from valuecreation.shortcuts import told_story_for


@require_GET
def download_report(request, slug, number, format):
    """The bytes that were printed, unless a teller has taken a story in them back since."""
    space = space_for(request.user, slug, Action.READ_REPORT)
    readable = Report.objects.for_user(request.user).ready().numbered(space, number)
    report = get_object_or_404(readable, format=format)
    try:
        content = tried_again(lambda: actions.hand_over(report, by=request.user))
    except Collided:
        messages.error(request, _("Stories are being changed just now. Try again in a minute."))
        return redirect("evaluation:release", slug, number)
    except ValidationError:
        return redirect("evaluation:release", slug, number)  # which says why
    response = HttpResponse(content, content_type=media_type(report))
    response["Content-Disposition"] = content_disposition_header(True, filename(report))
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def exports_of_story(request, slug, public_id):
    """For its teller: every release that holds a story, so that somebody can be asked for it."""
    story = told_story_for(request.user, slug, public_id)
    if story is None:
        raise Http404
    space = story.space
    viewer = Viewer(space, request.user)
    held = Release.objects.in_space(space).ready().holding(story).for_lists().with_reports()
    context = {
        "space": space,
        "tab": "stories",
        "story": link_to(viewer, story),
        "fetched": fetched(story),
        "releases": [
            present_release(viewer, row, row.reports.all()) for row in held.newest_first()
        ],
    }
    page, part = "evaluation/exports_of_story.html", "evaluation/_exports.html"
    return render_part(request, page=page, part=part, context=context)
