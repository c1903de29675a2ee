from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from spaces import actions
from spaces.forms.joining import ClaimNameForm, InviteForm
from spaces.invitation_list import invitation_lines
from spaces.invitation_preview import Preview
from spaces.models import Invitation, JoinRequest, Membership
from spaces.permissions import Action, roles_to_give
from spaces.presentation.people import present_member, present_request
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_http_methods(["GET", "POST"])
def invitations(request, slug):
    """Invite people, see what became of each invitation, answer requests to join."""
    space = space_for(request.user, slug, Action.INVITE)
    roles = roles_to_give(request.user, space)
    form = InviteForm(request.POST or None, request.FILES or None, roles=roles)
    preview = preview_of(space, form.cleaned_data["lists"]) if form.is_valid() else None
    if preview and preview.addresses and "send" in request.POST:
        preview, is_sent = send(request, space, form, preview)
        if is_sent and preview.is_done:
            return redirect("spaces:invitations", space.slug)
    if preview:
        form.show(preview, seen=preview.seal)
    asked_by = JoinRequest.objects.for_user(request.user).in_space(space).select_related("person")
    context = {
        "space": space,
        "tab": "people",
        "form": form,
        "preview": preview,
        "lines": invitation_lines(space, request.user, may_give=set(roles)),
        "requests": [present_request(asked) for asked in asked_by.waiting()],
    }
    return render(request, "spaces/invitations.html", context)


def preview_of(space, lists) -> Preview:
    """The fate of everybody in some lists, given who is in the space and who is invited."""
    taken = Membership.objects.current().in_space(space).with_account()
    invited = Invitation.objects.in_space(space).unanswered()
    return Preview.of(
        lists,
        taken=taken.values_list("person__email", flat=True),
        invited=invited.values_list("email", flat=True),
    )


def send(request, space, form, preview) -> tuple[Preview, bool]:
    """Invite exactly those who were shown, and say what is left; another list is shown first."""
    seen = form.cleaned_data["seen"]
    if seen and seen != preview.seal:
        messages.info(request, _("The list has changed. See what becomes of it now, then send."))
        return preview, False
    try:
        made = actions.invite(
            by=membership_in(space, request.user),
            addresses=preview.addresses,
            role=form.cleaned_data["role"],
            message=form.cleaned_data["message"],
        )
    except ValidationError as error:
        form.add_error(None if error.code == "too_many" else "role", error)
        return preview, False
    said = ngettext(
        "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(made)
    )
    messages.success(request, said % {"count": len(made)})
    return preview.sent(), True


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
        rows = preview_of(space, [form.cleaned_data["email"]]).rows
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
