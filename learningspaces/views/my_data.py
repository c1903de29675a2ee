from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from evaluation import actions
from evaluation.forms.closing import CloseForm
from evaluation.models import PersonalCopy
from learningspaces.lib.htmx import render_part
from learningspaces.lib.violations import carried_out
from spaces.presentation.viewer import Viewer
from valuecreation.models import HandOver
from valuecreation.presentation.consent_words import seen_by
from valuecreation.presentation.stories import story_head

KEPT = 5


@require_http_methods(["GET", "POST"])
def my_data(request):
    """Everything of a person's, to be downloaded, and the way to close the account."""
    if request.method == "POST":
        actions.ask_for_copy(by=request.user)
        return redirect("my_data")
    mine = PersonalCopy.objects.for_user(request.user)
    copies = list(mine.without_content().newest_first()[:KEPT])
    context = {
        "copies": copies,
        "ready": {copy.pk for copy in mine.without_content().ready()},
        "waiting": any(copy.is_unfinished for copy in copies),
    }
    page, part = "my_data/my_data.html", "my_data/_copies.html"
    return render_part(request, page=page, part=part, context=context)


@require_safe
def download_copy(request, pk):
    """The file itself, while it is kept."""
    copy = get_object_or_404(PersonalCopy.objects.for_user(request.user).ready(), pk=pk)
    headers = {
        "Content-Disposition": f'attachment; filename="my-data-{copy.asked_at:%Y-%m-%d}.zip"'
    }
    headers["Cache-Control"] = "no-store"
    return HttpResponse(bytes(copy.content), content_type="application/zip", headers=headers)


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def close_account(request):
    """Close one's account, with a choice for each story that others read; then the receipt."""
    person = request.user
    form = CloseForm(request.POST if request.method == "POST" else None, person=person)
    if carried_out(form, lambda _data: _close(person, form)):
        logout(request)
        where = request.build_absolute_uri(reverse("valuecreation:withdraw_by_paper"))
        return render(request, "my_data/closed.html", {"receipt": form.outcome, "where": where})
    offers = HandOver.objects.of_stories(form.stories).waiting().with_stories()
    asked = {offer.story_id: offer.to.name for offer in offers}
    told = [
        (
            story_head(Viewer(story.space, person), story),
            story.space,
            seen_by(story, story.space.today),
            field,
            asked.get(story.pk, ""),
        )
        for story, field in form.story_fields()
    ]
    return render(request, "my_data/close.html", {"form": form, "told": told})


def _close(person, form):
    return actions.close_account(person, by=person, stories=form.chosen())
