from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spaces import actions
from spaces.addresses import read_addresses
from spaces.forms.joining import ClaimNameForm, EntryForm, InviteForm, JoinAnswerForm
from spaces.models import Boundary, Invitation, JoinRequest, Membership, Space
from spaces.permissions import Action
from spaces.presentation.people import present_member, present_request
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_safe
def find_spaces(request):
    """Spaces a person may join or ask to join."""
    return render(
        request, "spaces/find_spaces.html", {"spaces": Space.objects.open_to(request.user)}
    )


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
                actions.join_space(space, by=request.user, **form.cleaned_data)
                messages.success(request, _("Welcome. You can tell a first story when you like."))
                return redirect("space_overview", slug)
            actions.ask_to_join(space, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your request is sent. You get a mail with the answer."))
            return redirect("home")
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "spaces/join.html", {"joining": space, "form": form})


@require_http_methods(["GET", "POST"])
def invitations(request, slug):
    """Invite people, see what became of each invitation, answer requests to join."""
    space = space_for(request.user, slug, Action.INVITE)
    form = InviteForm(request.POST or None, request.FILES or None)
    rows = []
    if form.is_valid():
        rows = rows_for(space, form.cleaned_data["all_addresses"])
        addresses = [row.address for row in rows if row.address]
        if "send" in request.POST and addresses:
            try:
                actions.invite(
                    by=membership_in(space, request.user),
                    addresses=addresses,
                    role=form.cleaned_data["role"],
                    message=form.cleaned_data["message"],
                )
                messages.success(request, _("The invitations are on their way."))
                return redirect("spaces:invitations", space.slug)
            except ValidationError as error:
                form.add_error("role", error)
    asked_by = JoinRequest.objects.for_user(request.user).in_space(space).select_related("person")
    return render(
        request,
        "spaces/invitations.html",
        {
            "space": space,
            "tab": "people",
            "form": form,
            "rows": rows,
            "good": sum(1 for row in rows if row.address),
            "invitations": Invitation.objects.for_user(request.user).in_space(space)[:200],
            "requests": [present_request(asked) for asked in asked_by.waiting()],
        },
    )


def rows_for(space, text):
    """The fate of each address typed, given who is in the space and who is invited."""
    taken = (
        Membership.objects.current()
        .in_space(space)
        .with_account()
        .values_list("person__email", flat=True)
    )
    invited = Invitation.objects.in_space(space).unanswered().values_list("email", flat=True)
    return read_addresses(text, taken=taken, invited=invited)


@require_POST
def change_invitation(request, slug, pk):
    """Send an invitation again, or revoke it."""
    space = space_for(request.user, slug, Action.INVITE)
    invitation = get_object_or_404(Invitation.objects.for_user(request.user).in_space(space), pk=pk)
    by = membership_in(space, request.user)
    try:
        if request.POST.get("do") == "revoke":
            actions.revoke_invitation(invitation, by=by)
            messages.success(request, _("The invitation is revoked; its link no longer works."))
        else:
            actions.resend_invitation(invitation, by=by)
            messages.success(request, _("The invitation is sent again, with a new link."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("spaces:invitations", space.slug)


@require_http_methods(["GET", "POST"])
def invite_to_claim(request, slug, ref):
    """Invite somebody to claim a name that came with a space file."""
    space = space_for(request.user, slug, Action.INVITE)
    waiting = get_object_or_404(Membership.objects.in_space(space).unclaimed(), ref=ref)
    form = ClaimNameForm(request.POST or None)
    if form.is_valid():
        rows = rows_for(space, form.cleaned_data["email"])
        if rows and rows[0].address:
            try:
                actions.invite(
                    by=membership_in(space, request.user),
                    addresses=[rows[0].address],
                    role=waiting.invited_role,
                    claims=waiting,
                )
                messages.success(request, _("The invitation is on its way."))
                return redirect("spaces:people", space.slug)
            except ValidationError as error:
                form.add_error(None, error)
        else:
            form.add_error("email", f"{rows[0].typed} {rows[0].problem}.")
    context = {"space": space, "tab": "people", "form": form}
    context["waiting"] = present_member(Viewer(space, request.user), waiting)
    return render(request, "spaces/invite_to_claim.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def redeem_invitation(request, token):
    """What an invitation is to. Opening the link does nothing; only the button accepts it."""
    invitation = get_object_or_404(Invitation.objects.with_space(), token=token)
    form = EntryForm(request.POST or None)
    signed_in = request.user.is_authenticated
    if request.method == "POST" and signed_in and form.is_valid():
        try:
            words = {} if invitation.claims_id else form.cleaned_data
            actions.redeem_invitation(invitation, by=request.user, **words)
            messages.success(request, _("Welcome. You can tell a first story when you like."))
            return redirect("space_overview", invitation.space.slug)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"invitation": invitation, "form": form}
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
