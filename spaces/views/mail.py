from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from spaces import actions, stopping
from spaces.forms.mail import MailRhythmForm, MailWaysForm
from spaces.models import MailPreference, MailRhythm, Notice, Space
from spaces.presentation.stopping import stop_words

ONE_CLICK = "List-Unsubscribe"  # what mail programs send, RFC 8058


@require_http_methods(["GET", "POST"])
def mail(request):
    """When mails tell a person of what waits for them, in every space."""
    person, data = request.user, request.POST or None
    said = MailPreference.objects.for_user(person).everywhere().said()
    ways = MailWaysForm(data, said=said)
    rhythm = MailRhythmForm(data, instance=MailRhythm.objects.of(person))
    if ways.is_valid() and rhythm.is_valid():
        actions.choose_mail(by=person, ways=ways.ways())
        actions.choose_rhythm(by=person, **rhythm.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("spaces:mail")
    spaces = Space.objects.for_user(person).order_by("name", "pk")
    context = {"ways": ways, "rhythm": rhythm, "spaces": spaces}
    return render(request, "spaces/mail.html", context)


@require_http_methods(["GET", "POST"])
def mail_of_space(request, slug):
    """The same for one space, where it is to be otherwise than everywhere."""
    person = request.user
    space = get_object_or_404(Space.objects.ever_of(person).with_slug(slug))
    said = MailPreference.objects.for_user(person).in_space(space).said()
    form = MailWaysForm(request.POST or None, said=said, in_space=True)
    if form.is_valid():
        actions.choose_mail(by=person, ways=form.ways(), space=space)
        messages.success(request, _("Saved."))
        return redirect("spaces:mail")
    return render(request, "spaces/mail_of_space.html", {"form": form, "of_space": space.name})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def stop_mail(request, token):
    """Switch off what the link of a mail is about; opening it changes nothing, the button does."""
    found = stopping.what_is_stopped(token)
    if found is None:
        raise Http404
    person, what = found
    if request.method == "POST":
        actions.stop_mail(what, by=person)
        if ONE_CLICK in request.POST:
            return HttpResponse(status=200)
    with translation.override(person.language):
        context = {"stop": stop_words(what), "token": token, "done": request.method == "POST"}
        return render(request, "spaces/stop_mail.html", context)


@require_POST
def open_notice(request, pk):
    """Read what was only to be known: it is dealt with, and leads to where it stands."""
    notice = get_object_or_404(Notice.objects.for_user(request.user), pk=pk)
    actions.read_notice(notice, by=request.user)
    return redirect(notice.address)
