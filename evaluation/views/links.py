from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from evaluation import actions
from evaluation.forms.links import LinkForm
from evaluation.models import Indicator, MomentIndicator
from evaluation.presentation.codings import present_codings
from evaluation.presentation.indicator_pages import cards_of, linked_indicators
from framing.models import MomentAspiration
from framing.presentation import present_aspiration
from learningspaces.lib.htmx import render_part, wants_part
from learningspaces.lib.numbers import number_in
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation.cycles import kind_label
from valuecreation.presentation.moments import moment_on_page
from valuecreation.presentation.stories import story_on_page
from valuecreation.shortcuts import moment_for, story_for


@require_http_methods(["GET", "POST"])
def moment_indicators(request, slug, public_id):
    """The indicators a moment speaks to; a page, and a part of the story's page."""
    space = space_for(request.user, slug, Action.LINK_INDICATOR)
    moment = moment_for(request.user, space, public_id)
    readable = Indicator.objects.for_user(request.user).in_space(space)
    form = LinkForm(request.POST or None, indicators=readable.in_use(), moment=moment)
    me = membership_in(space, request.user)
    taken = number_in(request.POST.get("unlink", ""))
    if taken:
        indicator = get_object_or_404(readable, pk=taken)
        actions.unlink_moment(moment, indicator, by=me)
    elif form.is_valid():
        actions.link_moment(moment, form.cleaned_data["indicator"], by=me)
    changed = bool(taken) or (form.is_bound and form.is_valid())
    if changed and not wants_part(request):
        return redirect("evaluation:moment_indicators", slug, public_id)
    if changed:
        form = LinkForm(indicators=readable.in_use(), moment=moment)
    viewer = Viewer(space, request.user)
    context = {
        "space": space,
        "tab": "stories",
        "shown": moment_on_page(viewer, moment),
        "linked": linked_indicators(viewer, readable.linked_to(moment)),
        "form": form,
    }
    return render_part(
        request,
        page="evaluation/moment_indicators.html",
        part="evaluation/_moment_indicators.html",
        context=context,
    )


def readings_of(viewer, story):
    """(The teller's word, an analyst's reading) of the moments of a story, in its order."""
    moments = [step.moment for step in story.steps.all()]
    told = {moment.public_id: kind_label(moment.cycle) for moment in moments}
    found = [each for each in present_codings(viewer, moments) if not each.ended]
    order = list(told)
    found.sort(key=lambda reading: order.index(reading.moment))
    return [(told[each.moment], each) for each in found]


@require_safe
def story_supports(request, slug, public_id):
    """The indicators a story speaks to, through the moments the person may read."""
    space = space_for(request.user, slug)
    story = story_for(request.user, space, public_id)
    here = [step.moment_id for step in story.steps.all()]
    links = MomentIndicator.objects.for_reader(space, request.user).of_moments(here)
    indicators = Indicator.objects.for_user(request.user).in_space(space).of_links(links)
    ties = MomentAspiration.objects.for_reader(space, request.user).of_moments(here)
    viewer = Viewer(space, request.user)
    hoped = {tie.aspiration_id: tie.aspiration for tie in ties.with_aspirations()}
    context = {
        "space": space,
        "tab": "stories",
        "story": story_on_page(viewer, story),
        "indicator_cards": cards_of(viewer, indicators.with_observations()),
        "aspirations": [present_aspiration(viewer, one) for one in hoped.values()],
        "readings": readings_of(viewer, story),
    }
    return render_part(
        request,
        page="evaluation/story_supports.html",
        part="evaluation/_story_supports.html",
        context=context,
    )
