from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaluation import actions
from evaluation.forms.observations import CorrectionForm, ObservationForm, proposed_period, typed
from evaluation.presentation.indicator_pages import observation_on_page
from evaluation.presentation.indicators import figures_today, present_definition
from evaluation.series_rows import shown_point
from evaluation.shortcuts import observation_of, recorded_indicator_for
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for


@require_http_methods(["GET", "POST"])
def observe(request, slug, ref):
    """Record what an indicator showed in a period, or that nothing was observed."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    indicator = recorded_indicator_for(request.user, space, ref)
    start = {
        "period": proposed_period(indicator, space.today),
        "collected_on": timezone.localdate(),
    }
    form = ObservationForm(request.POST or None, indicator=indicator, initial=start)
    me = membership_in(space, request.user)
    if carried_out(form, lambda _: actions.record_observation(indicator, by=me, **form.observed)):
        messages.success(request, _("Recorded."))
        return redirect("evaluation:indicator", slug, ref)
    viewer = Viewer(space, request.user)
    context = {"space": space, "tab": "evaluation", "form": form}
    context["indicator"] = present_definition(viewer, figures_today(viewer, indicator))
    recorded = _recorded_already(form, indicator)
    context["recorded"] = observation_on_page(viewer, recorded) if recorded else None
    return render(request, "evaluation/observe.html", context)


@require_http_methods(["GET", "POST"])
def correct_observation(request, slug, ref, pk):
    """A new figure in the place of a wrong one, with the reason; the old one is kept."""
    space = space_for(request.user, slug, Action.SEE_EVALUATION)
    indicator = recorded_indicator_for(request.user, space, ref)
    observation = observation_of(indicator, pk)
    start = typed(observation) if shown_point(observation, space.min_group_size) else {}
    form = CorrectionForm(request.POST or None, indicator=indicator, initial=start)
    me = membership_in(space, request.user)
    if carried_out(
        form,
        lambda _: actions.correct_observation(
            observation, by=me, reason=form.cleaned_data["reason"], **form.observed
        ),
    ):
        messages.success(request, _("Corrected. What stood there before is kept, with the reason."))
        return redirect("evaluation:indicator", slug, ref)
    viewer, now = Viewer(space, request.user), _standing_now(indicator, observation)
    context = {
        "space": space,
        "tab": "evaluation",
        "indicator": present_definition(viewer, figures_today(viewer, indicator)),
        "observation": observation_on_page(viewer, observation),
        "form": form,
        "now": observation_on_page(viewer, now),
    }
    return render(request, "evaluation/correct_observation.html", context)


def _recorded_already(form, indicator):
    """The observation that stands where the person wanted to record one."""
    faults = form.errors.as_data().get("period", []) if form.is_bound else []
    if not any(fault.code == "taken" for fault in faults):
        return None
    found = indicator.observations.current().of_period(form.period_typed).first()
    if found:
        found.indicator = indicator
    return found


def _standing_now(indicator, observation):
    """What is recorded for the period now, when it is not what the person set out to correct."""
    now = indicator.observations.current().of_period(observation.period).first() or observation
    now.indicator = indicator
    return now
