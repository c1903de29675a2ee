from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.htmx import wants_part
from learningspaces.lib.violations import carried_out
from spaces import actions
from spaces.forms.days import JoinedForm
from spaces.forms.members import LookupForm
from spaces.forms.names import OtherNameForm
from spaces.forms.people import LeadershipForm, LevelForm, OneselfForm, RoleForm
from spaces.leaders import leaders_are_gone
from spaces.models import Absence, Membership, NameClaim, OtherName, RoleAssignment
from spaces.permissions import Action, may
from spaces.presentation.people import present_absence, present_member, present_name_claim
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_safe
def people(request, slug):
    """Who takes part, how they say they do, and who is around the space."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    here = Membership.objects.for_user(request.user).in_space(space).with_roles().by_name()
    viewer = Viewer(space, request.user)
    page = Paginator(here.current().inside(), 60).get_page(request.GET.get("page"))
    page.object_list = [present_member(viewer, member) for member in page.object_list]
    context = {
        "space": space,
        "tab": "people",
        "page": page,
        "outside": [present_member(viewer, member) for member in here.current().outside()],
        "claims": claims_in(viewer),
        "leaders_gone": leaders_are_gone(space),
        "my_ref": membership_in(space, request.user).ref,
    }
    return render(request, "spaces/people.html", context)


def claims_in(viewer) -> list:
    """Who claimed which name in a space and is not confirmed yet."""
    claims = NameClaim.objects.for_user(viewer.person).in_space(viewer.space).unconfirmed()
    return [present_name_claim(viewer, claim) for claim in claims.for_pages()[:10]]


@require_safe
def member(request, slug, ref):
    """One person in this space, in their own words."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    return member_page(request, space, _one_of(request, space, ref))


@require_safe
def find_members(request, slug):
    """The members whose names fit what is typed into a form, for the form to show."""
    space = space_for(request.user, slug, Action.SEE_PEOPLE)
    asked = LookupForm(request.GET)
    if not wants_part(request) or not asked.is_valid():
        return redirect("spaces:people", space.slug)
    return render(request, "spaces/_members_found.html", asked.found(request.user, space))


def _one_of(request, space, ref) -> Membership:
    readable = Membership.objects.for_user(request.user).in_space(space).with_roles()
    return get_object_or_404(readable, ref=ref)


def member_page(request, space, shown, role_form=None, name_form=None):
    """One member, with the forms that a reader may use; a bound one is shown as it was sent."""
    roles = RoleAssignment.objects.for_user(request.user).of_member(shown)
    claims = NameClaim.objects.for_user(request.user).of_member(shown)
    viewer = Viewer(space, request.user)
    away_from = Absence.objects.for_user(request.user)
    is_me = shown.person_id == request.user.pk
    context = {
        "space": space,
        "tab": "people",
        "joined_form": JoinedForm(initial={"joined_on": shown.joined_on}),
        "may_state_joined": is_me or may(request.user, Action.NOTE_JOINED, space),
        "other_names": other_names(request.user, shown),
        "name_form": name_form or OtherNameForm(),
        "shown": present_member(viewer, shown),
        "is_me": is_me,
        "role_form": role_form or RoleForm(),
        "claims": [present_name_claim(viewer, claim) for claim in claims.for_pages()],
        "absences": [present_absence(away) for away in away_from.of_member(shown)],
        "held": roles.not_over(space.today).order_by("since", "pk"),
    }
    return render(request, "spaces/member.html", context)


def other_names(person, shown: Membership) -> list[tuple[int, str]] | None:
    """What a member is called beside their name, for themselves and for leaders; else None."""
    if shown.person_id != person.pk and not may(person, Action.NOTE_NAMES, shown.space):
        return None
    return list(OtherName.objects.of_member(shown).noted().values_list("pk", "name"))


@require_http_methods(["GET", "POST"])
def oneself(request, slug):
    """Change one's own words in this space."""
    space = space_for(request.user, slug, Action.DESCRIBE_ONESELF)
    me = membership_in(space, request.user)
    form = OneselfForm(request.POST or None, instance=membership_in(space, request.user))
    if carried_out(form, lambda data: actions.describe_oneself(me, by=request.user, **data)):
        messages.success(request, _("Saved."))
        return redirect("spaces:member", space.slug, me.ref)
    context = {
        "space": space,
        "tab": "people",
        "form": form,
        "level_form": LevelForm(initial={"trajectory": me.trajectory}),
        "leadership_form": LeadershipForm(),
        "joined_form": JoinedForm(initial={"joined_on": me.joined_on}),
        "my_ref": me.ref,
    }
    return render(request, "spaces/oneself.html", context)


@require_POST
def state_level(request, slug):
    """Say how one takes part from today on."""
    space = space_for(request.user, slug, Action.DESCRIBE_ONESELF)
    form = LevelForm(request.POST)
    if form.is_valid():
        actions.state_level(
            membership_in(space, request.user), by=request.user, **form.cleaned_data
        )
        messages.success(request, _("Noted, from today on."))
    else:
        messages.error(request, _("Choose how you take part, then send again."))
    return redirect("spaces:oneself", space.slug)


@require_POST
def take_leadership_role(request, slug):
    """Offer to look after a part of the learning."""
    space = space_for(request.user, slug, Action.DESCRIBE_ONESELF)
    form = LeadershipForm(request.POST)
    try:
        if form.is_valid():
            actions.take_leadership_role(
                membership_in(space, request.user), by=request.user, **form.cleaned_data
            )
            messages.success(request, _("Noted. You can lay it down at any time."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("spaces:oneself", space.slug)


@require_POST
def lay_down_role(request, slug, pk):
    """Lay down a leadership role of one's own."""
    space = space_for(request.user, slug, Action.DESCRIBE_ONESELF)
    me = membership_in(space, request.user)
    assignment = get_object_or_404(RoleAssignment.objects.held_in(me).leadership(), pk=pk)
    actions.end_role(assignment, by=me)
    messages.success(request, _("Laid down."))
    return redirect("spaces:oneself", space.slug)


@require_POST
def give_role(request, slug, ref):
    """Give a member an access role."""
    space = space_for(request.user, slug, Action.ASSIGN_ROLES)
    whom, form = _one_of(request, space, ref), RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.give_role(whom, by=membership_in(space, request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Given; the page says from when until when."))
            return redirect("spaces:member", space.slug, ref)
    return member_page(request, space, whom, form)


@require_POST
def end_role(request, slug, pk):
    """End an access role from today on."""
    space = space_for(request.user, slug, Action.ASSIGN_ROLES)
    assignment = get_object_or_404(
        RoleAssignment.objects.for_user(request.user).of_space(space), pk=pk
    )
    try:
        actions.end_role(assignment, by=membership_in(space, request.user))
        messages.success(request, _("Ended."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("spaces:member", space.slug, assignment.membership.ref)
