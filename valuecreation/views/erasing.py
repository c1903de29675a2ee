"""Leaving a consent ended, and removing the words of a story: the last doors of its teller."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spaces.presentation.viewer import Viewer
from valuecreation import actions
from valuecreation.presentation.stories import story_head
from valuecreation.shortcuts import erased_story_for, own_story_for
from valuecreation.views.decisions import decide

MY_STORIES = "my_stories"


@require_POST
def keep_closed(request, slug, public_id):
    """A consent has ended and stays so: nobody is asked again."""
    told = own_story_for(request.user, slug, public_id)
    said = _("It stays closed. Only you read it.")
    decide(request, told, told.teller, actions.keep_to_oneself, said)
    return redirect(MY_STORIES)


@require_http_methods(["GET", "POST"])
def erase_story(request, slug, public_id):
    """Remove the words for good; this cannot be undone, so it is asked once."""
    told = own_story_for(request.user, slug, public_id)
    if request.method == "POST":
        said = _("Erased. No word of it is left here.")
        decide(request, told, told.teller, actions.erase_story, said)
        return redirect(MY_STORIES)
    return _ask(request, told, "valuecreation/erase_story.html")


@require_http_methods(["GET", "POST"])
def erase_line(request, slug, public_id):
    """Remove what is left of an erased story, too, and its receipt with it; asked once."""
    told = erased_story_for(request.user, slug, public_id)
    if request.method == "POST":
        decide(request, told, told.teller, actions.erase_line, _("The line is gone."))
        return redirect(MY_STORIES)
    return _ask(request, told, "valuecreation/erase_line.html")


def _ask(request, told, template):
    story = story_head(Viewer(told.space, request.user), told)
    context = {"space": told.space, "tab": "stories", "story": story}
    return render(request, template, context)
