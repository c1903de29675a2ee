"""What was typed and not sent: kept under the form's own key, given back to its writer alone."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from spaces.idempotency import KEY_FIELD, UNTYPED, key_at, new_idempotency_key, take_key
from spaces.models import Draft, Space

LONGEST = 200_000  # characters of one form
SHORT = 20  # characters of what may be a choice and no words
MOST = 200  # drafts of one person
NOT_KEPT = UNTYPED | {"whose", "revision", "then"}
OF_DRAFT = "draft_"  # fields that speak of the draft begin so
ON_ITS_WAY = dt.timedelta(seconds=10)  # a page that is left on sending saves once more


class NotKept(Exception):
    """This cannot be given back, so it is not kept and nobody is told that it was."""


def typed_on(request) -> dict[str, list[str]]:
    """What was typed into a form, without what the page put there."""
    return {
        name: values
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and not name.startswith(OF_DRAFT)
    }


def keep_draft(request) -> None:
    """Keep what a page sends of a form that is being typed on."""
    said = {name: request.POST.get(OF_DRAFT + name, "") for name in ("action", "address", "title")}
    key = request.POST.get(KEY_FIELD, "")
    if not key or len(key) > 64:
        raise NotKept
    # Whoever sends the form at this moment is waited for.
    form = take_key(request, key_at(request, key, said["action"]), "")
    if not form.location:
        form.delete()
    elif form.created_at > timezone.now() - ON_ITS_WAY:
        return
    store(request.user, key=key, typed=typed_on(request), **said)


def keep_words_of_used_key(request) -> None:
    """Keep words that came under a key which stands for other words already."""
    page = request.headers.get("referer", "").partition(request.get_host())[2]
    address = page if page.startswith("/") else request.get_full_path()
    store(
        request.user,
        key=new_idempotency_key(),
        action=request.path,
        address=address,
        title="",
        typed=typed_on(request),
    )


def forget_what_was_sent(request) -> None:
    """Let go of drafts of a form, typed in other windows, of which every word has been sent now."""
    sent = set(words_among(value for values in typed_on(request).values() for value in values))
    for draft in Draft.objects.for_form(request.user, request.path) if sent else ():
        words = words_among(value for values in draft.data.values() for value in values)
        if words and sent.issuperset(words):
            draft.delete()


def store(person, *, key: str, action: str, address: str, title: str, typed: dict) -> None:
    """Store a draft; the same form typed on is the same draft."""
    size = sum(len(value) for values in typed.values() for value in values)
    space = space_at(person, action)
    mine = Draft.objects.for_user(person)
    if size > LONGEST or max(len(action), len(address)) > 400 or not is_of_this_site(address):
        raise NotKept
    if not mine.with_key(person, key).exists() and mine.count() >= MOST:
        raise NotKept
    Draft.objects.update_or_create(
        person=person,
        key=key,
        defaults={
            "space": space,
            "action": action,
            "address": address,
            "title": " ".join(title.split())[:200],
            "data": typed,
            "saved_at": timezone.now(),
        },
    )


def space_at(person, action: str) -> Space | None:
    """The space in which a form of this site is sent, if the person takes part in it."""
    try:
        slug = resolve(action).kwargs.get("slug")
    except Resolver404 as error:
        raise NotKept from error
    return Space.objects.for_user(person).with_slug(slug).first() if slug else None


def drafts_on_page(person) -> list[dict]:
    """Everything somebody typed and did not send, the newest first."""
    here = set(Space.objects.for_user(person).slugs())
    mine = Draft.objects.for_user(person).select_related("space").newest_first()
    return [kept_on_page(draft, here) for draft in mine]


def kept_on_page(draft: Draft, here: Collection[str]) -> dict:
    """A draft for its writer: its words, and the way back to its form.

    There is none into a space that they are not in any more (`here` are those they are in).
    """
    page, _mark, asked = draft.address.partition("?")
    query = QueryDict(asked, mutable=True)
    query["draft"] = draft.key
    return {
        "pk": draft.pk,
        "title": draft.title,
        "space": draft.space.name if draft.space else "",
        "saved_at": draft.saved_at,
        "words": words_among(value for values in draft.data.values() for value in values),
        "address": f"{page}?{query.urlencode()}" if opens(page, here) else "",
    }


def opens(page: str, here: Collection[str]) -> bool:
    """Whether a page is still there for somebody who is in some spaces."""
    try:
        slug = resolve(page).kwargs.get("slug")
    except Resolver404:
        return False
    return not slug or slug in here


def words_among(typed: Iterable[str]) -> list[str]:
    """What is words among everything a form sends, and no choice, day or code."""
    said = map(str.strip, typed)
    return [value for value in said if " " in value or len(value) > SHORT]


def is_of_this_site(address: str) -> bool:
    """True for the address of a page here, never of another site."""
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)
