"""Composite vignettes: reading them, writing one, and taking one's own story out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.cycles import Audience
from valuecreation.forms.vignettes import VignetteForm
from valuecreation.models import Story, Vignette, VignetteSource
from valuecreation.presentation.story_cards import story_cards
from valuecreation.presentation.vignettes import present_vignettes
from valuecreation.shortcuts import own_story_for
from valuecreation.views.decisions import decide

MOST, MOST_STORIES = 60, 200


@require_safe
def vignettes(request, slug):
    """The composites that go to this reader, newest first."""
    space = space_for(request.user, slug)
    rows = Vignette.objects.for_user(request.user).in_space(space).with_sources().newest_first()
    context = {
        "space": space,
        "tab": "stories",
        "vignettes": present_vignettes(Viewer(space, request.user), rows[:MOST]),
        "can_write": may(request.user, Action.COLLECT_STORY, space),
    }
    return render(request, "valuecreation/vignettes.html", context)


@require_http_methods(["GET", "POST"])
def write_vignette(request, slug):
    """Draw a composite from stories of several tellers."""
    space = space_for(request.user, slug, Action.COLLECT_STORY)
    member = membership_in(space, request.user)
    readable = Story.objects.in_space(space).for_audience(Audience.SPACE, space.today)
    rows = list(readable.with_tellers().newest_first()[:MOST_STORIES])
    cards = zip(rows, story_cards(rows, Viewer(space, request.user)), strict=True)
    offered = [(story.public_id, card) for story, card in cards]
    form = VignetteForm(request.POST or None, cards=offered)
    if carried_out(form, lambda data: _write(member, rows, data)):
        messages.success(request, _("Written. It is labelled as a composite wherever it is read."))
        return redirect("valuecreation:vignettes", slug=slug)
    context = {"space": space, "tab": "stories", "form": form}
    return render(request, "valuecreation/write_vignette.html", context)


def _write(member, rows, data):
    wanted = set(data["stories"])
    stories = [story for story in rows if story.public_id in wanted]
    for story in stories:
        story.space = member.space
    return actions.write_vignette(
        by=member, title=data["title"], text=data["text"], stories=stories
    )


@require_POST
def let_go_vignette(request, slug, vignette):
    """Whoever wrote it lets it go."""
    space = space_for(request.user, slug)
    mine = Vignette.objects.in_space(space).written_by_person(request.user)
    found = get_object_or_404(mine.at_address(vignette))
    decide(request, found, found.written_by, actions.let_go_vignette, _("It is gone."))
    return redirect("valuecreation:vignettes", slug=slug)


@require_POST
def take_out_of_vignette(request, slug, public_id, pk):
    """A teller takes their story out of a composite, which ends with that."""
    told = own_story_for(request.user, slug, public_id)
    source = get_object_or_404(VignetteSource.objects.of(told).numbered(pk))
    source.story = told
    said = _("Taken out. Nobody else reads that composite from now on.")
    decide(request, source, told.teller, actions.take_out_of_vignette, said)
    return redirect("valuecreation:story", slug=slug, public_id=public_id)
