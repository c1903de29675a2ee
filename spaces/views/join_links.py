from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spaces import actions
from spaces.doorway import to_sign_up
from spaces.forms.join_links import JoinLinkForm
from spaces.forms.joining import EntryForm
from spaces.models import JoinLink, Space
from spaces.notifications import address
from spaces.permissions import Action
from spaces.qr_codes import qr_code
from spaces.shortcuts import membership_in, space_for
from spaces.views.joining import here_before, welcome

MOST_LISTED = 50


@require_http_methods(["GET", "POST"])
def join_links(request, slug):
    """Make a link to hand over in a room; see and end those there are."""
    space = space_for(request.user, slug, Action.INVITE)
    form = JoinLinkForm(request.POST or None)
    if form.is_valid():
        try:
            by = membership_in(space, request.user)
            link = actions.make_join_link(by=by, **form.cleaned_data)
            return redirect("spaces:join_link", space.slug, link.pk)
        except ValidationError as error:
            form.add_error(None, error)
    links = JoinLink.objects.for_user(request.user).in_space(space).with_space()[:MOST_LISTED]
    context = {"space": space, "tab": "people", "form": form, "links": links}
    return render(request, "spaces/join_links.html", context)


@require_safe
def join_link(request, slug, pk):
    """One link, large enough for a room to read, with its code for phones."""
    space = space_for(request.user, slug, Action.INVITE)
    links = JoinLink.objects.for_user(request.user).in_space(space).with_space()
    link = get_object_or_404(links, pk=pk)
    where = address("spaces:come_in", link.token)
    context = {"space": space, "tab": "people", "link": link, "where": where}
    context["code"] = qr_code(where, title=_("Code that leads phones to the link"))
    return render(request, "spaces/join_link.html", context)


@require_POST
def revoke_join_link(request, slug, pk):
    """End a link at once."""
    space = space_for(request.user, slug, Action.INVITE)
    link = get_object_or_404(JoinLink.objects.for_user(request.user).in_space(space), pk=pk)
    actions.revoke_join_link(link, by=membership_in(space, request.user))
    messages.success(request, _("The link no longer works. Whoever came in by it stays."))
    return redirect("spaces:join_links", space.slug)


@login_not_required
@require_http_methods(["GET", "POST"])
def come_in(request, token):
    """What a handed link is to. Opening it does nothing; only the button lets somebody in."""
    link = get_object_or_404(JoinLink.objects.with_space().with_token(token))
    form = EntryForm(request.POST or None)
    if request.method == "POST" and not request.user.is_authenticated and link.state == "open":
        return to_sign_up(request)
    if request.user.is_authenticated:
        if Space.objects.for_user(request.user).with_slug(link.space.slug).exists():
            return redirect("space_overview", link.space.slug)
        if form.is_valid():
            try:
                welcome(request, actions.join_by_link(link, by=request.user, **form.cleaned_data))
                return redirect("space_overview", link.space.slug)
            except ValidationError as error:
                form.add_error(None, error)
    context = {"link": link, "form": form, "before": here_before(request.user, link.space)}
    return render(request, "spaces/come_in.html", context)
