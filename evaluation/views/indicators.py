from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation import actions
from evaluation.forms.indicators import DeriveForm, EditIndicatorForm, RedefineForm
from evaluation.forms.kinds import initial_of
from evaluation.models import Indicator, IndicatorState, MomentIndicator
from evaluation.presentation.indicator_pages import cards_of, indicator_page
from evaluation.presentation.indicator_words import framing_marks
from evaluation.presentation.saved import present_saved_indicator
from evaluation.rights import may_record
from evaluation.shortcuts import framing_now, indicator_for, seen_in, start_of
from framing.models import FramingVersion
from framing.presentation import present_aspiration
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.revisions import Conflict
from spaces.shortcuts import membership_in, space_for

A_PAGE, MOMENTS_A_PAGE = 12, 15


@require_safe
def indicators(request, slug):
    """Small multiples: what we watch, with gaps as gaps."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    every = Indicator.objects.for_user(request.user).in_space(space).by_cycle()
    shows_all = request.GET.get("all") == "1"
    found = every if shows_all else every.in_use()
    page = Paginator(found.with_observations(), A_PAGE).get_page(request.GET.get("page"))
    marks = framing_marks(FramingVersion.objects.in_space(space).agreed())
    cards = cards_of(Viewer(space, request.user), page, marks, large=True)
    page.object_list = cards
    context = {
        "space": space,
        "tab": "evaluation",
        "page": page,
        "here": "indicators",
        "indicator_cards": cards,
        "shows_all": shows_all,
        "has_retired": every.retired().exists(),
    }
    return render(request, "evaluation/indicators.html", context)


@require_safe
def indicator(request, slug, ref):
    """One indicator: what it means, how it moved, who observed it, and the stories beside it."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    stored = indicator_for(request.user, space, ref)
    links = MomentIndicator.objects.for_reader(space, request.user).of_indicator(stored)
    page = Paginator(links.with_moments(), MOMENTS_A_PAGE).get_page(request.GET.get("page"))
    versions = FramingVersion.objects.in_space(space).agreed()
    shown = indicator_page(Viewer(space, request.user), stored, page, framing_marks(versions))
    page.object_list = shown.moments
    context = {
        "space": space,
        "tab": "evaluation",
        "here": "indicators",
        "shown": shown,
        "page": page,
        "may_record": may_record(request.user, stored),
        "states": [state for state in IndicatorState if state != stored.state],
    }
    return render(request, "evaluation/indicator.html", context)


@require_http_methods(["GET", "POST"])
def derive(request, slug):
    """A new indicator from a hope or a sign_to_watch, in one step."""
    space = space_for(request.user, slug, Action.DEFINE_INDICATOR)
    start = start_of(request.user, space, request.GET)
    form = DeriveForm(
        request.POST or None, space=space, version=framing_now(space), initial=start.initial
    )
    if carried_out(form, lambda _data: _derive(request, space, form, start)):
        messages.success(request, _("Agreed to watch. Record what was observed whenever you know."))
        return redirect("evaluation:indicator", slug, form.outcome.ref)
    viewer = Viewer(space, request.user)
    context = {
        "space": space,
        "tab": "evaluation",
        "form": form,
        "hope": present_aspiration(viewer, start.aspiration) if start.aspiration else None,
        "sign": viewer.typed(start.sign_to_watch.text) if start.sign_to_watch else "",
    }
    return render(request, "evaluation/derive.html", context)


def _derive(request, space, form, start):
    return actions.derive_indicator(
        space=space,
        by=membership_in(space, request.user),
        aspiration=form.cleaned_data.get("aspiration"),
        sign_to_watch=start.sign_to_watch,
        **form.definition,
    )


@require_http_methods(["GET", "POST"])
def change_indicator(request, slug, ref):
    """Who looks after it, its notes and its target; never what it means."""
    space = space_for(request.user, slug, Action.DEFINE_INDICATOR)
    stored = indicator_for(request.user, space, ref)
    form = EditIndicatorForm(
        request.POST or None, space=space, indicator=stored, initial=initial_of(stored)
    )
    seen = seen_in(request)
    me = membership_in(space, request.user)
    if carried_out(
        form, lambda _data: actions.tend_indicator(stored, by=me, seen=seen, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("evaluation:indicator", slug, ref)
    return _changing(request, space, ref, form, "evaluation/change_indicator.html")


@require_http_methods(["GET", "POST"])
def redefine_indicator(request, slug, ref):
    """A changed definition starts a new indicator, linked to the old one."""
    space = space_for(request.user, slug, Action.DEFINE_INDICATOR)
    stored = indicator_for(request.user, space, ref)
    form = RedefineForm(request.POST or None, space=space, initial=initial_of(stored))
    seen = seen_in(request)
    me = membership_in(space, request.user)
    if carried_out(
        form, lambda _data: actions.redefine_indicator(stored, by=me, seen=seen, **form.definition)
    ):
        messages.success(request, _("A new indicator begins. The old one is kept beside it."))
        return redirect("evaluation:indicator", slug, form.outcome.ref)
    return _changing(request, space, ref, form, "evaluation/redefine_indicator.html")


def _changing(request, space, ref, form, template):
    """The form again, with what is stored now beside it if somebody else saved meanwhile."""
    theirs = indicator_for(request.user, space, ref)
    faults = form.non_field_errors().as_data() if form.is_bound else []
    context = {
        "space": space,
        "tab": "evaluation",
        "indicator": present_saved_indicator(Viewer(space, request.user), theirs),
        "form": form,
        "conflict": any(
            isinstance(fault, Conflict) or fault.code == "conflict" for fault in faults
        ),
    }
    return render(request, template, context)


@require_POST
def set_indicator_state(request, slug, ref):
    """Propose, use, pause or retire an indicator."""
    space = space_for(request.user, slug, Action.DEFINE_INDICATOR)
    stored = indicator_for(request.user, space, ref)
    try:
        actions.set_indicator_state(
            stored, by=membership_in(space, request.user), state=request.POST.get("state", "")
        )
        messages.success(request, _("Noted."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("evaluation:indicator", slug, ref)
