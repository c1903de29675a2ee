import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spaces.idempotency import idempotent
from spaces.models import Space
from spaces.permissions import Action
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.forms.faults import carried_out
from valuecreation.forms.follow_ups import AskForm, FollowUpAnswerForm, LayAsideForm
from valuecreation.models import FollowUp, FollowUpOutcome, Moment, Story
from valuecreation.presentation.stories import Viewer, present_moment
from valuecreation.shortcuts import follow_up_for, moment_for, story_of

FEW = 10


@require_safe
def to_follow_up(request):
    """Everything in any space that waits for this person; a page of invitations, not of duties."""
    person = request.user
    spaces = list(Space.objects.for_user(person))
    readers = {space.pk: Viewer(space, person) for space in spaces}
    asked = FollowUp.objects.waiting().asked_of(person).readable_by(person).in_spaces(spaces)
    told = Moment.objects.in_spaces(spaces).told_by(person).hopes_past(timezone.localdate())
    past = list(told.values_list("pk", flat=True))
    hopes = Moment.objects.for_user(person).among(past).with_stories()
    soon = timezone.localdate() + dt.timedelta(days=30)
    answers = FollowUp.objects.answers_for(person).in_spaces(spaces)
    begun = Story.objects.unfinished_by(person).in_spaces(spaces).select_related("space", "teller")
    context = {
        "waiting": begun.collected().waiting_for(person).select_related("collector"),
        "begun": begun.except_waiting_for(person).newest_first()[:FEW],
        "lapsing": Story.objects.in_spaces(spaces).to_ask_again(person, soon).with_moments()[:FEW],
        "questions": [_question(row, readers) for row in asked.with_moments()],
        "hopes": [_shown(moment, readers) for moment in hopes.order_by("due_on")[:FEW]],
        "quiet": [_shown(moment, readers) for moment in _quiet(spaces, person)],
        "answered": [_question(row, readers) for row in answers.with_moments()[:FEW]],
    }
    return render(request, "valuecreation/to_follow_up.html", context)


def _quiet(spaces, person):
    found = []
    for space in (space for space in spaces if space.is_open_for_work):
        own = Moment.objects.for_reader(space, person).told_by(person)
        found += own.untold_since(space, space.today).with_stories().newest_first()[:FEW]
    return found[:FEW]


def _shown(moment, readers):
    told = story_of(moment)
    reader = readers[moment.space_id]
    step = next(iter(moment.steps.all()), None)
    title = reader.words(told.title, told) if told else ""
    here = present_moment(moment, reader, story=told, step=step)
    return {"station": here, "story": told, "title": title, "reader": reader}


def _question(follow_up, readers):
    shown = _shown(follow_up.moment, readers)
    return shown | {"follow_up": follow_up, "asked": _called(follow_up.asked_of, shown)}


def _called(member, shown):
    """Who is asked, by the name this reader may know."""
    if member is None or shown["story"] is None:
        return member.name if member else ""
    return shown["reader"].person_label(member, shown["story"])


@require_http_methods(["GET", "POST"])
@idempotent
def ask_what_happened(request, slug, pk):
    """Ask what happened to an idea; whoever knows best gets the question."""
    space = space_for(request.user, slug, Action.ASK_WHAT_HAPPENED)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, pk)
    form = AskForm(request.POST or None, initial={"question": _("What happened?")})
    if carried_out(form, lambda data: actions.ask_what_happened(moment, by=member, **data)):
        messages.success(request, _("Asked. A mail says that a question waits, not what about."))
        return _back(slug, moment)
    readers = {space.pk: Viewer(space, request.user)}
    context = {"space": space, "tab": "stories", "form": form} | _shown(moment, readers)
    context["asked"] = _called(actions.who_can_be_asked(moment), context)
    return render(request, "valuecreation/ask_what_happened.html", context)


def _back(slug, moment):
    told = story_of(moment)
    if told is None:
        return redirect("valuecreation:note_moment", slug=slug)
    return redirect("valuecreation:story", slug=slug, ref=told.ref)


@require_http_methods(["GET", "POST"])
def lay_aside(request, slug, pk):
    """Note that an idea is blocked, kept for later or let go, somebody having asked."""
    space = space_for(request.user, slug, Action.ASK_WHAT_HAPPENED)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, pk)
    form = LayAsideForm(request.POST or None)
    if carried_out(form, lambda data: _lay_aside(moment, member, data)):
        messages.success(request, _("Noted."))
        return _back(slug, moment)
    readers = {space.pk: Viewer(space, request.user)}
    context = {"space": space, "tab": "stories", "form": form} | _shown(moment, readers)
    return render(request, "valuecreation/lay_aside.html", context)


def _lay_aside(moment, member, data):
    words = {"outcome": data["outcome"], "reason": data["reason"], "note": data["answer"]}
    actions.lay_aside(moment, by=member, **words)


@require_http_methods(["GET", "POST"])
def answer_follow_up(request, pk):
    """Answer a question; “something happened” goes on to telling it."""
    follow_up = follow_up_for(request.user, pk)
    space = space_for(request.user, follow_up.moment.space.slug)
    member = membership_in(space, request.user)
    form = FollowUpAnswerForm(request.POST or None)
    if carried_out(form, lambda data: actions.answer_follow_up(follow_up, by=member, **data)):
        messages.success(request, _("Thank you. Your answer went to the one who asked."))
        if form.cleaned_data["outcome"] == FollowUpOutcome.HAPPENED and space.is_open_for_work:
            return _tell_it(follow_up.moment, member)
        return redirect("valuecreation:to_follow_up")
    readers = {space.pk: Viewer(space, request.user)}
    context = {"space": space, "form": form} | _question(follow_up, readers)
    return render(request, "valuecreation/answer_follow_up.html", context)


def _tell_it(moment, member):
    """To the composer: in their own story if they tell it, else in a new one that grew from it."""
    slug, told = moment.space.slug, story_of(moment)
    if told and told.teller_id == member.pk:
        onward = redirect("valuecreation:and_then", slug=slug, ref=told.ref)
    else:
        onward = redirect("valuecreation:tell_story", slug=slug)
    onward["Location"] += f"?from={moment.pk}"
    return onward
