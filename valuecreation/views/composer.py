from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from learningspaces.lib.numbers import number_in
from learningspaces.lib.public_ids import is_public_id
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, refuse_if_closed, space_for
from valuecreation import actions
from valuecreation.cycles import OFTEN_NEXT, Cycle, MomentStatus
from valuecreation.forms.composer import AddMomentForm, FirstMomentForm
from valuecreation.forms.moments import KIND_CHOICES
from valuecreation.models import Flow, Moment
from valuecreation.presentation.sources import SourceChoices
from valuecreation.presentation.stories import story_on_page
from valuecreation.rights import is_read_by_others, is_teller
from valuecreation.shortcuts import (
    changeable_story_for,
    story_of,
    told_lately,
    told_lately_for,
    words_heard,
)
from valuecreation.views.stories import KEPT

TOLD_BEFORE = gettext_lazy("You kept this a while ago. Here it is, once, with all you wrote.")


@require_http_methods(["GET", "POST"])
def tell_story(request, slug):
    """Keep what happened: words alone are enough, and one moment is already a story."""
    space = space_for(request.user, slug, Action.COLLECT_STORY)
    member = membership_in(space, request.user)
    form = FirstMomentForm(
        request.POST or None,
        initial=_asked(request, space),
        space=space,
        person=request.user,
        member=member,
        tells=may(request.user, Action.TELL_STORY, space),
        sources=SourceChoices(Viewer(space, request.user)),
    )
    if carried_out(form, lambda data: _tell(request, space, member, form)):
        return _onward(request, form.outcome)
    return _composer(request, space, form, {})


def _tell(request, space, member, form):
    """What is told for oneself is kept; what is written down for another is sent from there."""
    fields, about = form.moment_fields(), form.story_fields()
    finished = form.whose() == member
    lately = list(told_lately_for(member, form.whose()))
    before = actions.told_before(lately, fields)
    if before:
        again = {"title": about["title"], "finished": finished}
        actions.tell_again(before, by=member, fields=fields, **again)
        _hope_once(story_of(before), before, lately, form.hope_fields(), by=member)
        messages.info(request, TOLD_BEFORE)
        return story_of(before)
    hope = form.hope_fields()
    return actions.tell_story(
        space,
        by=member,
        teller=form.whose(),
        moments=[fields | form.step_fields(), *([hope] if hope else [])],
        finished=finished,
        **about,
    )


def _hope_once(told, moment, lately, hope, *, by):
    """What is hoped for next is no less said where the words before it were sent again."""
    if told and hope and not actions.told_before(lately, hope):
        actions.add_moment(told, by=by, fields=hope, follows=moment, keep_sharing=False)


def _onward(request, told):
    if request.POST.get("then") == "alone" and is_read_by_others(told):
        messages.success(request, KEPT)
        return redirect("valuecreation:story", slug=told.space.slug, public_id=told.public_id)
    return redirect("valuecreation:kept", slug=told.space.slug, public_id=told.public_id)


@require_http_methods(["GET", "POST"])
def and_then(request, slug, public_id):
    """What came next, added to a story as it happens."""
    space = space_for(request.user, slug)
    told, member = changeable_story_for(request.user, slug, public_id)
    refuse_if_closed(space)
    form = _next_form(request, space, told)
    if carried_out(form, lambda data: _add(request, told, member, form)):
        return _onward(request, told)
    context = {"story": story_on_page(Viewer(space, request.user), told)}
    context["is_teller"] = is_teller(told, member)
    context["before"] = _shown_before(context["story"], form["before"].value())
    return _composer(request, space, form, context)


def _next_form(request, space, told):
    steps = list(told.steps.all())
    actual = [step for step in steps if step.moment.status == MomentStatus.ACTUAL]
    last = (actual or steps)[-1].moment if steps else None
    first = {"follows": last.public_id} if last else {}
    first |= _before(told, steps, request.GET.get("before", ""))
    return AddMomentForm(
        request.POST or None,
        initial=first | _asked(request, space),
        space=space,
        person=request.user,
        teller=told.teller if told.collector_id else None,
        sources=SourceChoices(Viewer(space, request.user), story=told),
    )


def _before(told, steps, public_id) -> dict:
    """For a moment that is put before another one: what led to that, and its day."""
    goal = next((step.moment for step in steps if step.moment.public_id == public_id), None)
    if goal is None:
        return {}
    here = {step.moment_id: step.moment.public_id for step in steps}
    led = [here[pk] for pk in Flow.objects.arriving(goal).source_ids() if pk in here]
    return {"before": public_id, "follows": led[0] if led else "", "on": goal.occurred_on}


def _shown_before(story, public_id):
    return next((row for row in story.moments if row.public_id == public_id), None)


def _asked(request, space) -> dict:
    """What the address asks for: a cycle, the moment it grew from, the answer that tells of it."""
    asked = {}
    if request.GET.get("cycle") in Cycle.values:
        asked["cycle"] = request.GET["cycle"]
    if is_public_id(request.GET.get("from", "")):
        asked["follows"] = request.GET["from"]
    answer = number_in(request.GET.get("answer", ""), digits=9)
    if answer is not None:
        asked |= words_heard(request.user, space, answer)
    return asked


def _add(request, told, member, form):
    fields = form.moment_fields()
    mine = [one for one in told_lately(member) if told in (one.beside, story_of(one))]
    moment = actions.told_before(mine, fields)
    if moment:
        actions.tell_again(moment, by=member, fields=fields)
        _hope_once(told, moment, mine, form.hope_fields(), by=member)
        messages.info(request, TOLD_BEFORE)
        return moment
    return actions.go_on(
        told,
        by=member,
        fields=fields,
        hope=form.hope_fields(),
        before=form.cleaned_data["before"],
        keep_sharing=request.POST.get("then") != "alone",
        **form.step_fields(),
    )


def _composer(request, space, form, context):
    common = {
        "space": space,
        "tab": "stories",
        "form": form,
        "choices": KIND_CHOICES,
        "chosen": form["cycle"].value(),
        "often": _often_next(request, space, form["follows"].value()),
    }
    return render(request, "valuecreation/composer.html", common | context)


def _often_next(request, space, follows):
    """The kind of value that often comes after the moment this one grew from; never pressed."""
    if not is_public_id(str(follows or "")):
        return None
    source = Moment.objects.for_reader(space, request.user).at_address(follows).first()
    return source and OFTEN_NEXT.get(source.cycle)
