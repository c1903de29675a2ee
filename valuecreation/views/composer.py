from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from learningspaces.lib.numbers import number_in
from learningspaces.lib.public_ids import is_public_id
from learningspaces.lib.violations import carried_out
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, refuse_if_closed, space_for
from valuecreation import actions
from valuecreation.cycles import HINTS, OFTEN_NEXT, QUESTIONS, Cycle, MomentStatus
from valuecreation.forms.moments import KIND_CHOICES, AddMomentForm, FirstMomentForm
from valuecreation.models import Moment
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
from valuecreation.views.decisions import finished_words
from valuecreation.views.stories import KEPT

TOLD_BEFORE = gettext_lazy("You kept this a while ago. Here it is, once, with all you wrote.")


@require_http_methods(["GET", "POST"])
def tell_story(request, slug):
    """Start a story anywhere: one moment is already one."""
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
    fields, title = form.moment_fields(), form.cleaned_data["title"]
    finished = request.POST.get("then") == "finish"
    before = actions.told_before(told_lately_for(member, form.whose()), fields)
    if before:
        actions.tell_again(before, by=member, fields=fields, title=title, finished=finished)
        messages.info(request, TOLD_BEFORE)
        return story_of(before)
    return actions.tell_story(
        space,
        by=member,
        teller=form.whose(),
        title=title,
        told_on=form.cleaned_data["told_on"],
        moments=[fields | form.step_fields()],
        finished=finished,
    )


def _onward(request, told):
    if request.POST.get("then") == "alone" and is_read_by_others(told):
        messages.success(request, KEPT)
        return redirect("valuecreation:story", slug=told.space.slug, public_id=told.public_id)
    if request.POST.get("then") == "finish":
        if told.collector:
            messages.success(request, finished_words(told))
        return redirect("valuecreation:kept", slug=told.space.slug, public_id=told.public_id)
    return redirect("valuecreation:and_then", slug=told.space.slug, public_id=told.public_id)


@require_http_methods(["GET", "POST"])
def and_then(request, slug, public_id):
    """The path so far, and room for what happened next."""
    space = space_for(request.user, slug)
    told, member = changeable_story_for(request.user, slug, public_id)
    if request.POST.get("then") == "finish" and not request.POST.get("text", "").strip():
        actions.finish_story(told, by=member)
        return _onward(request, told)
    refuse_if_closed(space)
    form = _next_form(request, space, told)
    if carried_out(form, lambda data: _add(request, told, member, form)):
        return _onward(request, told)
    context = {"story": story_on_page(Viewer(space, request.user), told)}
    context["is_teller"] = is_teller(told, member)
    return _composer(request, space, form, context)


def _next_form(request, space, told):
    steps = list(told.steps.all())
    actual = [step for step in steps if step.moment.status == MomentStatus.ACTUAL]
    last = (actual or steps)[-1].moment if steps else None
    first = {"follows": last.public_id} if last else {}
    return AddMomentForm(
        request.POST or None,
        initial=first | _asked(request, space),
        space=space,
        person=request.user,
        teller=told.teller if told.collector_id else None,
        sources=SourceChoices(Viewer(space, request.user), story=told),
    )


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
        messages.info(request, TOLD_BEFORE)
    else:
        moment = actions.add_moment(
            told,
            by=member,
            fields=fields,
            keep_sharing=request.POST.get("then") != "alone",
            **form.step_fields(),
        )
    if request.POST.get("then") == "finish":
        actions.finish_story(told, by=member)
    return moment


def _composer(request, space, form, context):
    chosen = form["cycle"].value()
    cycle = Cycle(chosen) if chosen in Cycle.values else None
    common = {
        "space": space,
        "tab": "stories",
        "form": form,
        "choices": KIND_CHOICES,
        "chosen": chosen,
        "often": _often_next(request, space, form["follows"].value()),
        "question": QUESTIONS.get(cycle),
        "advice": HINTS.get(cycle),
    }
    return render(request, "valuecreation/composer.html", common | context)


def _often_next(request, space, follows):
    """The kind of value that often comes after the moment this one grew from; never pressed."""
    if not is_public_id(str(follows or "")):
        return None
    source = Moment.objects.for_reader(space, request.user).at_address(follows).first()
    return source and OFTEN_NEXT.get(source.cycle)


@require_safe
def ask_words(request, slug):
    """The question of the cycle just chosen, swapped in above what is typed."""
    space = space_for(request.user, slug)
    cycle = Cycle(request.GET["cycle"]) if request.GET.get("cycle") in Cycle.values else None
    context = {
        "space": space,
        "chosen": cycle,
        "question": QUESTIONS.get(cycle),
        "advice": HINTS.get(cycle),
    }
    return render(request, "valuecreation/_ask_words.html", context)
