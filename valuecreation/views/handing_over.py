"""Asking another member to look after a story, and answering that."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningspaces.lib.dates import look_at
from learningspaces.lib.violations import carried_out
from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.forms.hand_over import HandOverForm
from valuecreation.models import HandOver
from valuecreation.presentation.stories import story_head
from valuecreation.shortcuts import own_story_for
from valuecreation.views.decisions import decide


@require_http_methods(["GET", "POST"])
def hand_over(request, slug, public_id):
    """Ask somebody who reads a story to look after it; it stays with its teller until they do."""
    told = own_story_for(request.user, slug, public_id)
    if request.POST.get("then") == "take_back":
        said = _("Nobody is asked any more. The story stays with you.")
        decide(request, told, told.teller, actions.take_back_offer, said)
        return redirect("valuecreation:hand_over", slug=slug, public_id=public_id)
    form = HandOverForm(request.POST or None, story=told)
    if carried_out(form, lambda data: actions.offer_story(told, by=told.teller, **data)):
        said = _("%(name)s is asked. Until they say yes, the story stays with you.")
        messages.success(request, said % {"name": form.outcome.to.name})
        return redirect("valuecreation:hand_over", slug=slug, public_id=public_id)
    asked = HandOver.objects.of_story(told).waiting().with_stories().first()
    context = {
        "space": told.space,
        "tab": "stories",
        "story": story_head(Viewer(told.space, request.user), told),
        "form": form,
        "asked": asked.to.name if asked else "",
    }
    return render(request, "valuecreation/hand_over.html", context)


@require_http_methods(["GET", "POST"])
def answer_hand_over(request, pk):
    """Look after a story that was offered, or leave it with its teller."""
    offers = HandOver.objects.asked_of(request.user).waiting().readable_by(request.user)
    offer = get_object_or_404(offers.with_stories(), pk=pk)
    story, space = offer.story, offer.story.space
    look_at(space.time_zone, space.day_reached)
    if request.method == "POST":
        return _answered(request, offer, accepted=request.POST.get("answer") == "yes")
    viewer = Viewer(space, request.user)
    context = {"story": story_head(viewer, story), "space_name": space.name, "slug": space.slug}
    return render(request, "valuecreation/answer_hand_over.html", context)


def _answered(request, offer, *, accepted):
    try:
        actions.answer_offer(offer, by=offer.to, accepted=accepted)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("valuecreation:to_follow_up")
    if not accepted:
        messages.success(request, _("It stays with its teller."))
        return redirect("valuecreation:to_follow_up")
    messages.success(request, _("You look after this story now."))
    where = {"slug": offer.story.space.slug, "public_id": offer.story.public_id}
    return redirect("valuecreation:story", **where)
