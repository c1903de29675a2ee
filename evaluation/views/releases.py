from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation import actions
from evaluation.forms.releases import ReleaseForm, first_terms
from evaluation.models import Release, Report, SecondReading
from evaluation.presentation.releases import downloads_of, present_reading, present_release
from evaluation.releases import superseded, tells_of_smaller_groups
from evaluation.releases.preview import preview_of
from evaluation.releases.second_reader import state_of_reading
from learningspaces.lib.htmx import render_part
from learningspaces.lib.numbers import number_in
from learningspaces.lib.violations import carried_out
from spaces.models import Trace, TraceKind
from spaces.permissions import Action
from spaces.presentation.days import date_words
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation.cycles import Audience
from valuecreation.first_days import first_day_known

PAGE = 30
RELEASES = (TraceKind.RELEASE, TraceKind.REPORT)


@require_safe
def releases(request, slug):
    """The releases made of this space, newest first; a sponsor sees those made for them."""
    space = space_for(request.user, slug, Action.READ_REPORT)
    rows = Release.objects.for_user(request.user).in_space(space).for_lists().newest_first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    viewer = Viewer(space, request.user)
    page.object_list = [present_release(viewer, row) for row in page]
    waiting = SecondReading.objects.for_user(request.user).in_space(space).waiting()
    context = {
        "space": space,
        "tab": "evaluation",
        "here": "releases",
        "page": page,
        "readings": [present_reading(viewer, one) for one in waiting.newest_first()],
        "is_sponsor": viewer.audience == Audience.ORGANISATION,
    }
    return render(request, "evaluation/releases.html", context)


@require_safe
def release(request, slug, number):
    """One release: what it is, how far it is, and its formats to build and download."""
    space = space_for(request.user, slug, Action.READ_REPORT)
    shown = _release_for(request.user, space, number)
    reports = Report.objects.for_user(request.user).of_release(shown).without_content()
    gone, outgrown = superseded(shown, space.today), tells_of_smaller_groups(shown)
    context = {
        "space": space,
        "tab": "evaluation",
        "release": present_release(Viewer(space, request.user), shown),
        "is_sponsor": space.audience_of(request.user) == Audience.ORGANISATION,
        "gone": gone,
        "outgrown": outgrown,
        "mine": fetched_by(request.user, shown),
        "formats": downloads_of(reports),
        "unfinished": shown.is_unfinished or any(row.is_unfinished for row in reports),
    }
    page, part = "evaluation/release.html", "evaluation/_release_state.html"
    return render_part(request, page=page, part=part, context=context)


def fetched_by(person, release: Release) -> str:
    """The day on which a person last fetched something of a release, in words."""
    traces = Trace.objects.of_person(person).in_space(release.space).of(RELEASES, release.number)
    at = traces.newest_first().values_list("fetched_at", flat=True).first()
    return date_words(timezone.localdate(at)) if at else ""


def _release_for(person, space, number) -> Release:
    """The release, if the person may read it (else 404)."""
    readable = Release.objects.for_user(person).in_space(space).for_lists()
    found = get_object_or_404(readable, number=number)
    found.space = space
    return found


@require_http_methods(["GET", "POST"])
def new_release(request, slug):
    """Say what to freeze, look at what would go in, then freeze it."""
    space = space_for(request.user, slug, Action.FREEZE_RELEASE)
    before = _release_before(request, space)
    since = first_day_known(space, request.user)
    initial = first_terms(space, before, since=since)
    form = ReleaseForm(request.POST or None, initial=initial, space=space, since=since)
    context = {"space": space, "tab": "evaluation", "form": form}
    context["before"] = before.label if before else ""
    if request.POST.get("do") == "freeze" and carried_out(
        form,
        lambda _data: actions.freeze_release(
            space, by=membership_in(space, request.user), supersedes=before, **form.terms
        ),
    ):
        messages.success(request, _("Frozen as %(label)s.") % {"label": form.outcome.label})
        return redirect("evaluation:release", slug, form.outcome.number)
    if carried_out(form, lambda _data: preview_of(space, form.terms)):
        context["preview"] = form.outcome
        context["reading"] = second_reading_of(request, space, form.terms)
    return render(request, "evaluation/new_release.html", context)


def second_reading_of(request, space, terms) -> str:
    """Where the second reading of what is to be frozen stands, once it was asked for."""
    me = membership_in(space, request.user)
    if request.POST.get("do") == "ask":
        actions.ask_second_reader(space, by=me, **terms)
    return state_of_reading(space, terms, me)


def _release_before(request, space) -> Release | None:
    """The release that a new one is to take the place of, if the address names one."""
    number = number_in(request.GET.get("instead_of", ""), digits=5)
    return None if number is None else _release_for(request.user, space, number)


@require_POST
def build_again(request, slug, number):
    """Begin anew with a release that could not be made."""
    space = space_for(request.user, slug, Action.FREEZE_RELEASE)
    actions.try_again(_release_for(request.user, space, number))
    return redirect("evaluation:release", slug, number)


@require_POST
def build_report(request, slug, number):
    """Have a release printed in one format."""
    space = space_for(request.user, slug, Action.EXPORT_REPORT)
    shown = _release_for(request.user, space, number)
    member = membership_in(space, request.user)
    try:
        actions.build_report(shown, by=member, format=request.POST.get("format", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("evaluation:release", slug, number)
