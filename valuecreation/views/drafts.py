import re

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from spaces.shortcuts import space_for
from valuecreation.models import Draft

LONGEST = 200_000
KEY = re.compile(r"(tell|note|and-then-[\w.-]{1,60}|edit-[\w.-]{1,60})")
NOT_KEPT = {"csrfmiddlewaretoken", "once", "whose", "revision", "then"}


@require_POST
def save_draft(request, slug, key):
    """Keep what somebody types until it is sent; nobody else can read it."""
    space = space_for(request.user, slug)
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    size = sum(len(value) for values in typed.values() for value in values)
    if not KEY.fullmatch(key) or size > LONGEST:
        raise BadRequest
    Draft.objects.update_or_create(
        person=request.user,
        space=space,
        key=key,
        defaults={"data": typed, "saved_at": timezone.now()},
    )
    return HttpResponse(status=204)


@require_POST
def discard_draft(request, slug, key):
    """Let go of what was typed, and begin the form afresh."""
    space = space_for(request.user, slug)
    forget_draft(request.user, space, key)
    if key.startswith("and-then-"):
        ref = key.removeprefix("and-then-")
        return redirect("valuecreation:and_then", slug=slug, ref=ref)
    return redirect("valuecreation:tell_story", slug=slug)


def forget_draft(person, space, key) -> None:
    """What was typed has been sent."""
    Draft.objects.kept(person, space, key).delete()


def kept_draft(person, space, key):
    """What somebody typed before on a form, or None."""
    return Draft.objects.kept(person, space, key).first()


def typed_before(draft) -> dict:
    """A draft as the first values of a form; a group of ticks stays a list."""
    data = draft.data if draft else {}
    return {name: values[0] if len(values) == 1 else values for name, values in data.items()}
