from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaluation import actions
from evaluation.evidence import evidence_of
from evaluation.forms.claims import ClaimForm, says_caused
from evaluation.models import ContributionClaim
from evaluation.presentation.claims import claims_on_page
from evaluation.presentation.saved import present_saved_claim
from evaluation.shortcuts import aspiration_for, claim_for, framing_now, seen_in
from framing.models import Aspiration
from framing.presentation import present_aspiration
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for

A_PAGE = 10


@require_safe
def claims(request, slug):
    """What we think we contributed to, how sure we are, and what is still missing."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    found = ContributionClaim.objects.for_user(request.user).in_space(space).with_all()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    version = framing_now(space)
    aspirations, viewer = Aspiration.objects.for_user(request.user), Viewer(space, request.user)
    hoped = aspirations.in_version(version).with_people() if version else ()
    page.object_list = claims_on_page(viewer, page)
    context = {
        "space": space,
        "tab": "evaluation",
        "here": "claims",
        "page": page,
        "claims": page.object_list,
        "aspirations": [present_aspiration(viewer, one) for one in hoped],
    }
    return render(request, "evaluation/claims.html", context)


@require_http_methods(["GET", "POST"])
def write_claim(request, slug):
    """A claim about one hope: what contributed to it, and what else could explain it."""
    space = space_for(request.user, slug, Action.CLAIM_CONTRIBUTION)
    aspiration = aspiration_for(request.user, space, request.GET.get("aspiration", ""))
    form = ClaimForm(request.POST or None, person=request.user, space=space, aspiration=aspiration)
    me = membership_in(space, request.user)
    if carried_out(
        form, lambda _: actions.write_claim(aspiration=aspiration, by=me, **form.claimed)
    ):
        return _written(request, slug, form)
    return _claim_form(request, space, aspiration, form)


@require_http_methods(["GET", "POST"])
def edit_claim(request, slug, pk):
    """Word a claim differently, or change what stands behind it."""
    space = space_for(request.user, slug, Action.CLAIM_CONTRIBUTION)
    claim = claim_for(request.user, space, pk)
    aspiration = claim.aspiration
    form = ClaimForm(
        request.POST or None,
        instance=claim,
        person=request.user,
        space=space,
        aspiration=aspiration,
    )
    me, seen = membership_in(space, request.user), seen_in(request)
    if carried_out(form, lambda _: actions.change_claim(claim, by=me, seen=seen, **form.claimed)):
        return _written(request, slug, form)
    saved = claim_for(request.user, space, pk) if form.is_bound else claim
    return _claim_form(request, space, aspiration, form, theirs=saved)


def _written(request, slug, form):
    messages.success(request, _("Saved."))
    if says_caused(form.cleaned_data["statement"]):
        messages.info(
            request,
            _("It says “caused”. Other things were at work too: consider “contributed to”."),
        )
    return redirect("evaluation:claims", slug)


def _claim_form(request, space, aspiration, form, theirs=None):
    evidence = None
    if form.is_bound and "stories" in getattr(form, "cleaned_data", {}):
        stories = form.claimed["stories"] if "more_stories" in form.cleaned_data else []
        figures = form.cleaned_data.get("observations") or []
        evidence = evidence_of(stories, figures, form.cleaned_data.get("other_influences") or "")
    elif theirs:
        stories = list(theirs.stories.with_moments())
        evidence = evidence_of(stories, theirs.observations.all(), theirs.other_influences)
    faults = form.non_field_errors().as_data() if form.is_bound else []
    viewer = Viewer(space, request.user)
    context = {
        "space": space,
        "tab": "evaluation",
        "aspiration": present_aspiration(viewer, aspiration),
        "form": form,
        "claim": present_saved_claim(viewer, theirs) if theirs else None,
        "needs": evidence.needs if evidence else evidence_of([], [], "").needs,
        "checked": evidence is not None,
        "conflict": any(fault.code == "conflict" for fault in faults),
    }
    return render(request, "evaluation/claim_form.html", context)
