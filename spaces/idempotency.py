"""Sent twice, stored once: a form carries a key, and a program may name one."""

import hashlib
import json
import uuid

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from spaces.models import IdempotencyKey

KEY_FIELD = "once"
TOKEN_FIELD = "csrfmiddlewaretoken"


def new_idempotency_key() -> str:
    """A fresh key for a form."""
    return uuid.uuid4().hex


def fingerprint_of(words) -> str:
    """What stands for everything that was sent, so that the same can be told from other words."""
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def words_of(request) -> str:
    """The fingerprint of a sent form."""
    typed = {name: values for name, values in request.POST.lists() if name not in UNTYPED}
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    return fingerprint_of([typed, files])


UNTYPED = {TOKEN_FIELD, KEY_FIELD}


def key_at(request, said: str, path: str = "") -> str:
    """A key as it is stored: sent to another address it is another key, and loses no words."""
    return hashlib.sha256(f"{path or request.path} {said}".encode()).hexdigest()


def key_of_form(request) -> str:
    """The key of a sent form, or "".

    A form without a field for it is known by the token against forgery, which every page has of
    its own, and by its words: the same page sends the same words again only by mistake.
    """
    said = request.POST.get(KEY_FIELD, "")
    token = request.POST.get(TOKEN_FIELD, "")
    if said or not token:
        return said and key_at(request, said)
    return key_at(request, f"{token} {words_of(request)}")


def take_key(request, key: str, words: str) -> IdempotencyKey:
    """The key's row, made if it is not there: whoever takes it at the same time waits."""
    row = IdempotencyKey(person=request.user, key=key, path=request.path[:400], words=words)
    IdempotencyKey.objects.bulk_create([row], ignore_conflicts=True)
    return IdempotencyKey.objects.get(person=request.user, key=key)


def first_time(request) -> bool:
    """True unless this form was sent before: for what answers with a page and not a redirect."""
    said = request.POST.get(KEY_FIELD, "")
    if not said:
        return True
    _used, fresh = IdempotencyKey.objects.get_or_create(
        person=request.user,
        key=key_at(request, f"page {said}"),
        defaults={"path": request.path[:400]},
    )
    return fresh


class OtherWords(exceptions.APIException):
    """A key that was used before came with another wish."""

    status_code = 422


def idempotent_answer(request, answer):
    """Carry out an API call once per Idempotency-Key: a second delivery gets the first answer.

    `answer` makes the response; a refusal leaves the key unused. The same key with other words is
    a mistake of whoever sends it, and refused: the first stays.
    """
    said = request.headers.get("Idempotency-Key", "")
    if not said:
        return answer()
    words = fingerprint_of(request.data)
    with transaction.atomic():
        used = take_key(request, key_at(request, said), words)
        if used.answer is not None and used.words != words:
            raise OtherWords(
                _("This Idempotency-Key was used for other words, which stay. Send a new key.")
            )
        if used.answer is not None:
            return Response(used.answer, status=201)
        response = answer()
        used.answer = response.data
        used.save(update_fields=["answer"])
    return response
