"""The space and its stories as others read them, for those who lead it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import space_for
from valuecreation.cycles import Audience
from valuecreation.models import Story
from valuecreation.presentation.statements import statements_beside
from valuecreation.presentation.stories import story_on_page
from valuecreation.presentation.story_cards import story_cards

A_PAGE = 20
OTHERS = [
    (Audience.ORGANISATION, _("The sponsor")),
    (Audience.PARTNER_SPACES, _("Partner spaces")),
    (Audience.PUBLIC, _("Everybody")),
]


def _others(space, audience):
    """The audience that an address names, but for the space itself, which one is."""
    if audience not in dict(OTHERS):
        raise Http404
    return Viewer(space, audience=audience)


def _around(space, audience) -> dict:
    reader = dict(OTHERS)[audience]
    return {"space": space, "tab": "stories", "others": OTHERS, "wanted": audience} | {
        "reader": reader
    }


@require_safe
def as_others(request, slug, audience):
    """What others read of the space: which stories, told by whom, in which words."""
    space = space_for(request.user, slug, Action.SEE_AS_OTHERS)
    viewer = _others(space, audience)
    here = Story.objects.in_space(space)
    reached = here.for_audience(audience, space.today).with_tellers().newest_first()
    page = Paginator(reached, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = story_cards(page, viewer)
    context = _around(space, audience) | {
        "page": page,
        "stories": page.object_list,
        "reached": page.paginator.count,
        "in_space": here.for_audience(Audience.SPACE, space.today).count(),
        "purpose": viewer.typed(space.purpose),
    }
    return render(request, "valuecreation/as_others.html", context)


@require_safe
def story_as_others(request, slug, public_id, audience):
    """One story as others read it; one that does not go to them is not there."""
    space = space_for(request.user, slug, Action.SEE_AS_OTHERS)
    viewer = _others(space, audience)
    reached = Story.objects.in_space(space).for_audience(audience, space.today)
    told = get_object_or_404(reached.with_moments(), public_id=public_id)
    told.space = space
    context = _around(space, audience) | {
        "story": story_on_page(viewer, told),
        "statements": statements_beside(viewer, told),
    }
    return render(request, "valuecreation/story_as_others.html", context)
