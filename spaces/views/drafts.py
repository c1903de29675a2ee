"""What a person has typed and not sent: kept, given back, listed, let go."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spaces.drafts import NotKept, drafts_on_page, keep_draft
from spaces.idempotency import KEY_FIELD, key_at
from spaces.kept import kept_for
from spaces.models import Draft, IdempotencyKey, Space

MOST_KEYS = 200


@require_http_methods(["GET", "POST"])
def kept_drafts(request):
    """Everything one has typed and not sent, in any space; a page that is typed on posts here."""
    if request.method == "POST":
        try:
            keep_draft(request)
        except NotKept as error:
            raise BadRequest from error
        return HttpResponse(status=204)
    context = {"drafts": drafts_on_page(request.user), "waiting": kept_for(request)}
    return render(request, "spaces/kept_drafts.html", context)


@require_safe
def drafts_here(request):
    """What one has typed on the forms that are sent to an address, and which of them arrived."""
    action = request.GET.get("action", "").replace("\0", "")  # no database looks for it
    asked = request.GET.get("keys", "").split(",")[:MOST_KEYS]
    keys = {key_at(request, key, action): key for key in asked}
    sent = IdempotencyKey.objects.sent(request.user, *keys).values_list("key", flat=True)
    drafts = [
        {
            "key": draft.key,
            "action": draft.action,
            "time": int(draft.saved_at.timestamp() * 1000),
            "typed": draft.data,
        }
        for draft in Draft.objects.for_form(request.user, action)
    ]
    return JsonResponse({"drafts": drafts, "used": [keys[key] for key in sent]})


@require_POST
def let_go_draft(request, pk):
    """Let go of something typed before."""
    get_object_or_404(Draft.objects.for_user(request.user), pk=pk).delete()
    return redirect("spaces:kept_drafts")


@require_POST
def throw_away_draft(request):
    """Let go of what stands on the form itself, sent or not; its page is left."""
    Draft.objects.with_key(request.user, request.POST.get(KEY_FIELD, "")[:64]).delete()
    space = Space.objects.for_user(request.user).with_slug(request.POST.get("thrown", "")).first()
    return redirect("space_overview", slug=space.slug) if space else redirect("home")
