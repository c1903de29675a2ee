from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spaces import actions
from spaces.forms.people import ProfileForm, TokenForm
from spaces.idempotency import first_time
from spaces.models import ApiReads, ApiToken
from spaces.views.asked_again import password_again

RECENT = 30


@require_http_methods(["GET", "POST"])
def profile(request):
    """A person's name, language and time zone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("spaces:profile")
    return render(request, "spaces/profile.html", {"form": form})


@require_http_methods(["GET", "POST"])
@password_again
@transaction.atomic
def tokens(request):
    """Personal keys to the API; a new one is shown once, to who has just signed in anew."""
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        if first_time(request):
            _token, secret = actions.create_token(by=request.user, **form.cleaned_data)
        else:
            messages.info(request, _("This key was made already and is shown once only."))
        form = None  # its key is used; the page offers an empty one
    mine = ApiToken.objects.for_user(request.user)
    reads = ApiReads.objects.for_user(request.user).with_keys().newest_first()[:RECENT]
    context = {"form": form, "tokens": mine, "secret": secret, "reads": reads}
    return render(request, "spaces/tokens.html", context)


@require_POST
def revoke_token(request, pk):
    """End a key at once."""
    token = get_object_or_404(ApiToken.objects.for_user(request.user), pk=pk)
    actions.revoke_token(token, by=request.user)
    messages.success(request, _("The key no longer works."))
    return redirect("spaces:tokens")
