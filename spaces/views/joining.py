from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spaces import actions
from spaces.doorway import to_sign_up
from spaces.forms.joining import EntryForm, JoinAnswerForm
from spaces.models import Boundary, Invitation, JoinRequest, Membership, Space
from spaces.permissions import Action
from spaces.presentation.days import date_words
from spaces.shortcuts import membership_in, space_for


@require_safe
def find_spaces(request):
    """Spaces a person may join or ask to join."""
    return render(
        request, "spaces/find_spaces.html", {"spaces": Space.objects.open_to(request.user)}
    )


def here_before(person, space) -> dict:
    """As whom and until when somebody was in a space before; nothing for whoever was not."""
    known = Membership.objects.in_space(space) if person.is_authenticated else None
    earlier = known.of_person(person).first() if known is not None else None
    if not earlier or not earlier.left_on:
        return {}
    return {"name": earlier.name, "left": date_words(earlier.left_on)}


def welcome(request, membership) -> None:
    """Say to whoever has come in that they are, or that they are back."""
    if membership.absences.exists():
        said = _("Welcome back, as %(name)s. What you told here is yours as before.")
        messages.success(request, said % {"name": membership.name})
    else:
        messages.success(request, _("Welcome. You can tell a first story when you like."))


@require_http_methods(["GET", "POST"])
def join(request, slug):
    """What a space says to those outside it, and the way in."""
    space = get_object_or_404(Space.objects.joinable(), slug=slug)
    if Space.objects.for_user(request.user).with_slug(slug).exists():
        return redirect("space_overview", slug)
    form = EntryForm(request.POST or None)
    if form.is_valid():
        try:
            if space.boundary_policy == Boundary.OPEN:
                welcome(request, actions.join_space(space, by=request.user, **form.cleaned_data))
                return redirect("space_overview", slug)
            actions.ask_to_join(space, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your request is sent. You get a mail with the answer."))
            return redirect("home")
        except ValidationError as error:
            form.add_error(None, error)
    context = {"joining": space, "form": form, "before": here_before(request.user, space)}
    return render(request, "spaces/join.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def redeem_invitation(request, token):
    """What an invitation is to. Opening the link does nothing; only the button accepts it."""
    invitation = get_object_or_404(Invitation.objects.with_space().with_token(token))
    form = EntryForm(request.POST or None)
    signed_in = request.user.is_authenticated
    if request.method == "POST" and not signed_in and invitation.state == "open":
        return to_sign_up(request, invitation=invitation)
    if request.method == "POST" and signed_in and form.is_valid():
        try:
            words = {} if invitation.claims_id else form.cleaned_data
            welcome(request, actions.redeem_invitation(invitation, by=request.user, **words))
            return redirect("space_overview", invitation.space.slug)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"invitation": invitation, "form": form}
    context["before"] = here_before(request.user, invitation.space)
    return render(request, "spaces/redeem_invitation.html", context)


@require_POST
def answer_request(request, slug, pk):
    """Welcome somebody who asked to join, or decline."""
    space = space_for(request.user, slug, Action.INVITE)
    asked = get_object_or_404(JoinRequest.objects.for_user(request.user).in_space(space), pk=pk)
    form = JoinAnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_request(
                asked, by=membership_in(space, request.user), **form.cleaned_data
            )
            messages.success(request, _("Answered; they get a mail."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, _("The answer is longer than 2,000 characters. Shorten it."))
    return redirect("spaces:invitations", space.slug)
