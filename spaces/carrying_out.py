"""A form is carried out once, however often it is sent, and no word of it is lost."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from spaces import kept
from spaces.drafts import NotKept, forget_what_was_sent, keep_words_of_used_key
from spaces.idempotency import KEY_FIELD, key_at, key_of_form, take_key, words_of
from spaces.models import Draft, IdempotencyKey

FORM_SENT = "form"  # in the address of a page: the key of the form that was sent from it


def once_per_key(request, view):
    """Carry a POST out once per key: a second delivery is led where the first one ended.

    What was kept of the form while it was typed goes with it.

    A form that was accepted answers with a redirect; anything else leaves the key unused. Call it
    within the transaction that stores what the form says.
    """
    key = key_of_form(request) if request.user.is_authenticated else ""
    if not key:
        return view()
    used = take_key(request, key, words_of(request))
    if used.location:
        return sent_before(request, used)
    response = view()
    if response.status_code in (301, 302):
        used.location = response["Location"][:400]
        used.save(update_fields=["location"])
        Draft.objects.with_key(request.user, request.POST.get(KEY_FIELD, "")).delete()
        forget_what_was_sent(request)
        kept.arrived(request)
    else:
        used.delete()
    return response


def where_it_ended(request):
    """Back on a form that was sent: to what came of it, so that it is not filled in again.

    A page says in its address which of its forms was sent from it (static/js/drafts.js).
    """
    said = request.GET.get(FORM_SENT, "")
    if request.method != "GET" or not said or not request.user.is_authenticated:
        return None
    used = IdempotencyKey.objects.sent(request.user, key_at(request, said)).first()
    if used is None:
        return None
    messages.info(request, _("You sent this form before. Here is what came of it."))
    return redirect(used.location)


def sent_before(request, used: IdempotencyKey):
    """The same form again: to where the first one ended, unless it holds other words by now."""
    if used.words == words_of(request):
        messages.info(request, _("This was already sent; nothing was stored twice."))
        return redirect(used.location)
    try:
        keep_words_of_used_key(request)
    except NotKept:
        return None
    messages.warning(
        request,
        _("This form was sent before, and is stored. What you wrote since then is kept here."),
    )
    return redirect("spaces:kept_drafts")
