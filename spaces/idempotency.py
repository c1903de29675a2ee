"""Sent twice, stored once: every form that creates carries a key."""

import hashlib
import uuid
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from rest_framework.response import Response

from spaces.models import IdempotencyKey

KEY_FIELD = "once"


def new_idempotency_key() -> str:
    """A fresh key for a form."""
    return uuid.uuid4().hex


def key_at(request, said: str) -> str:
    """A key as it is stored: sent to another address it is another key, and loses no words."""
    return hashlib.sha256(f"{request.path} {said}".encode()).hexdigest()


def take_key(request, key: str) -> IdempotencyKey:
    """The key's row, made if it is not there: whoever takes it at the same time waits."""
    row = IdempotencyKey(person=request.user, key=key, path=request.path[:400])
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    return IdempotencyKey.objects.get(person=request.user, key=key)


def idempotent(view):
    """Carry a POST out once per key: a second delivery is led where the first one ended.

    The view must answer success with a redirect; anything else leaves the key unused.
    """

    @wraps(view)
    def once(request, *args, **kwargs):
        said = request.POST.get(KEY_FIELD, "")
        if request.method != "POST" or not said:
            return view(request, *args, **kwargs)
        key = key_at(request, said)
        with transaction.atomic():
            used = take_key(request, key)
            if used.location:
                messages.info(request, _("This was already sent; nothing was stored twice."))
                return redirect(used.location)
            response = view(request, *args, **kwargs)
            if response.status_code in (301, 302):
                used.location = response["Location"][:400]
                used.save(update_fields=["location"])
            else:
                used.delete()
        return response

    return once


def first_time(request) -> bool:
    """True unless this form was sent before: for what answers with a page and not a redirect."""
    said = request.POST.get(KEY_FIELD, "")
    if not said:
        return True
    _used, fresh = IdempotencyKey.objects.get_or_create(
        person=request.user, key=key_at(request, said), defaults={"path": request.path[:400]}
    )
    return fresh


def idempotent_answer(request, answer):
    """Carry out an API call once per Idempotency-Key: a second delivery gets the first answer.

    `answer` makes the response; a refusal leaves the key unused.
    """
    said = request.headers.get("Idempotency-Key", "")
    if not said:
        return answer()
    with transaction.atomic():
        used = take_key(request, key_at(request, said))
        if used.answer is not None:
            return Response(used.answer, status=201)
        response = answer()
        used.answer = response.data
        used.save(update_fields=["answer"])
    return response
