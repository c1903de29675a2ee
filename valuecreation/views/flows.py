"""Flows and loops: how value is moving, what came back, and what waits to be heard of."""

import datetime as dt
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningspaces.lib.htmx import render_part
from learningspaces.lib.public_ids import is_public_id
from learningspaces.lib.svg import to_png
from learningspaces.lib.typefaces import FONTS
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.cycles import Cycle
from valuecreation.loops.patterns import BY_CODE
from valuecreation.presentation import loop_page
from valuecreation.presentation.flow_picture import Picture
from valuecreation.presentation.list_rows import ListPresenter
from valuecreation.presentation.lists import MANY, AudienceScope, FlowList, list_page
from valuecreation.presentation.patterns import pattern_page, patterns_on_page
from valuecreation.presentation.seasons import lanes_of, season_asked_for
from valuecreation.summaries import totals as summary
from valuecreation.summaries.telling import telling_figures

WAITING = (FlowList.QUIET, FlowList.STALLED, FlowList.HOPES)
CAME_BACK = (FlowList.OPEN, FlowList.CLOSED, FlowList.ELSEWHERE)


@require_safe
def flows(request, slug):
    """The flow picture with its tables, and the beginning of every list."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    viewer = Viewer(space, request.user)
    seen = AudienceScope(space, viewer.audience, space.today)
    told = ListPresenter(viewer, seen, [list_page(seen, which) for which in FlowList.values]).told()
    context = {
        "space": space,
        "tab": "flows",
        "picture": Picture(summary.read(space, viewer.audience, space.today), space.slug),
        "lists": [[told[which] for which in row] for row in (WAITING, CAME_BACK)],
        "patterns": patterns_on_page(seen, viewer),
        "season": season_asked_for("", space.today),
    }
    return render(request, "valuecreation/flows.html", context)


@require_safe
def pattern(request, slug, code):
    """Where one of the patterns is seen, page by page."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    if code not in BY_CODE:
        raise Http404
    viewer = Viewer(space, request.user)
    seen = AudienceScope(space, viewer.audience, space.today)
    after = request.GET.get("after", "")
    told = pattern_page(seen, viewer, code, after if is_public_id(after) else "")
    context = {"space": space, "tab": "flows", "told": told}
    return render(request, "valuecreation/pattern.html", context)


@require_safe
def flow_list(request, slug, which):
    """One of the lists, page by page."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    if which not in FlowList.values:
        raise Http404
    viewer = Viewer(space, request.user)
    narrowed = narrowed_by(request.GET) if which == FlowList.HOPES else {}
    seen = AudienceScope(space, viewer.audience, space.today, **narrowed)
    page = list_page(seen, which, size=MANY, after=request.GET.get("after", ""))
    context = {
        "space": space,
        "tab": "flows",
        "told": ListPresenter(viewer, seen, [page]).told()[which],
        "narrowed": urlencode(narrowed),
        "heading": Cycle(seen.cycle).label if seen.cycle else "",
    }
    return render(request, "valuecreation/flows_list.html", context)


def narrowed_by(given):
    """The cycle and the season of an address; what is neither is ignored."""
    cycle, season = given.get("cycle"), given.get("season", "")
    found = {"cycle": cycle if cycle in Cycle.values else ""}
    found["season"] = season if season_asked_for(season, dt.date.min).code == season else ""
    return {name: value for name, value in found.items() if value}


@require_safe
def loop_to_show(request, slug):
    """One closed loop, to be shown at a gathering; the latest unless another is asked for."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    viewer = Viewer(space, request.user)
    seen = AudienceScope(space, viewer.audience, space.today)
    chosen = request.GET.get("loop", "")
    loop = loop_page.loop_to_show(seen, viewer, chosen if is_public_id(chosen) else "")
    context = {"space": space, "tab": "flows", "loop": loop, "empty": loop_page.no_loop_words()}
    return render(request, "valuecreation/loop.html", context)


@require_safe
def telling(request, slug):
    """How telling itself goes, in figures, for those who lead."""
    space = space_for(request.user, slug, Action.SEE_TELLING)
    context = {"space": space, "tab": "flows", "figures": telling_figures(space)}
    return render(request, "valuecreation/telling.html", context)


@require_safe
def lanes(request, slug):
    """One season in lanes; loaded into the flows page, or a page of its own."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    viewer = Viewer(space, request.user)
    season = season_asked_for(request.GET.get("season", ""), space.today)
    drawn = lanes_of(AudienceScope(space, viewer.audience, space.today), viewer, season)
    return render_part(
        request,
        page="valuecreation/flows_lanes.html",
        part="valuecreation/_lanes.html",
        context={"space": space, "tab": "flows", "lanes": drawn},
    )


@require_safe
def flow_picture(request, slug, kind):
    """The flow picture as a file to keep."""
    space = space_for(request.user, slug, Action.SEE_FLOWS)
    audience = space.audience_of(request.user)
    drawn = str(Picture(summary.read(space, audience, space.today)).download())
    if kind == "svg":
        response = HttpResponse(drawn, content_type="image/svg+xml")
    else:
        response = HttpResponse(to_png(drawn, 2, FONTS.glob("*.ttf")), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{space.slug}-flows.{kind}"'
    return response
