import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningspaces.lib.dates import look_at
from learningspaces.lib.violations import carried_out
from spaces.models import Space
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.answer_links import signed_question
from valuecreation.asking import reasons_not_to_ask, stories_of, whom_to_ask
from valuecreation.forms.follow_ups import AskForm, LayAsideForm, WhatCameForm
from valuecreation.models import FollowUp, FollowUpOutcome, HandOver, Moment, Story, UptakeKind
from valuecreation.presentation.answering import mailed_question
from valuecreation.presentation.consent_words import last_day
from valuecreation.presentation.moments import moment_on_page
from valuecreation.presentation.records import present_follow_up
from valuecreation.presentation.stories import story_head
from valuecreation.presentation.terms import Terms, places_of
from valuecreation.presentation.what_to_ask import came_of_row, own_row
from valuecreation.shortcuts import follow_up_for, moment_for, own_moment_for, story_of
from valuecreation.views.answering import to_answered

FEW, MOST = 10, 40
HOPES_AHEAD = dt.timedelta(days=60)


@require_safe
def to_follow_up(request):
    """What one took away and what came of it, in all spaces; invitations, not duties."""
    person = request.user
    spaces = list(Space.objects.for_user(person))
    ever = list(Space.objects.ever_of(person))
    viewers = {space.pk: Viewer(space, person) for space in [*ever, *spaces]}
    asked = FollowUp.objects.waiting().put_by_now().asked_of(person)
    asked = asked.readable_by(person).in_spaces(ever)
    asked = list(asked.with_moments())
    soon = timezone.localdate() + dt.timedelta(days=30)
    answers = FollowUp.objects.answers_for(person).in_spaces(spaces)
    begun = Story.objects.unfinished_by(person).in_spaces(spaces).with_tellers()
    to_approve = Story.objects.in_spaces(ever).collected().waiting_for(person).with_tellers()
    lapsing = Story.objects.in_spaces(ever).to_ask_again(person, soon).with_tellers()
    offered = HandOver.objects.asked_of(person).waiting().readable_by(person).with_stories()
    about = {question.moment_id for question in asked}
    context = {
        "offered": [(row.pk, _story(row.story, viewers)) for row in offered[:FEW]],
        "waiting": [_story(row, viewers) for row in to_approve],
        "begun": [
            _story(row, viewers) for row in begun.except_waiting_for(person).newest_first()[:FEW]
        ],
        "lapsing": [_story(row, viewers) for row in lapsing[:FEW]],
        "questions": [_question(row, viewers) for row in asked],
        "open": [
            own_row(viewers[moment.space_id], moment)
            for moment in _still_open(person, spaces)
            if moment.pk not in about
        ],
        "came": [came_of_row(viewers[one.space_id], one) for one in _came_of(person, spaces)],
        "answered": [_question(row, viewers) for row in answers.with_moments()[:FEW]],
        "led": [space for space in spaces if may(person, Action.NOTE_ANSWER, space)],
    }
    return render(request, "valuecreation/to_follow_up.html", context)


def _still_open(person, spaces):
    """One's own hopes by their day, then what was taken away and has gone quiet."""
    told = Moment.objects.in_spaces(spaces).told_by(person)
    soon = timezone.localdate() + HOPES_AHEAD
    days = [(space, space.today) for space in spaces if space.is_open_for_work]
    found = set(told.hopes_past(soon).numbers()) | set(told.untold_in(days).numbers())
    lately = timezone.localdate() - dt.timedelta(days=30)
    settled = FollowUp.objects.about_any(found).asked_of(person).settled_since(lately)
    found -= set(settled.moment_ids())
    return Moment.objects.for_user(person).among(found).with_stories().by_day()[:MOST]


def _came_of(person, spaces):
    """What others told lately that came of one's own."""
    theirs = Moment.objects.in_spaces(spaces).that_came_of(person).latest_told()[:FEW]
    return Moment.objects.for_user(person).among(set(theirs.numbers())).with_stories()


def _story(story, viewers):
    """One's own story, and until when its consent is given."""
    viewer = viewers[story.space_id]
    return {"story": story_head(viewer, story), "space": viewer.space, "until": last_day(story)}


def _shown(moment, viewers):
    viewer = viewers[moment.space_id]
    here = moment_on_page(viewer, moment)
    return {"moment": here, "story": here.story, "space": viewer.space}


def _question(follow_up, viewers):
    viewer = viewers[follow_up.moment.space_id]
    asked = present_follow_up(viewer, follow_up)
    row = own_row(viewer, follow_up.moment)
    return {"asked": asked, "pk": follow_up.pk, "row": row, "space": viewer.space}


@require_http_methods(["GET", "POST"])
def ask_what_happened(request, slug, public_id):
    """Ask what happened to an idea; whoever knows best gets the question."""
    space = space_for(request.user, slug, Action.ASK_WHAT_HAPPENED)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, public_id)
    form = AskForm(request.POST or None, initial={"question": _("What happened?")})
    if carried_out(form, lambda data: actions.ask_what_happened(moment, by=member, **data)):
        messages.success(request, _("Asked. A mail says that a question waits, not what about."))
        return _back(slug, moment)
    viewer, stories = Viewer(space, request.user), stories_of(moment)
    asked = whom_to_ask(moment, stories, space.today)
    context = {"tab": "stories", "form": form} | _shown(moment, {space.pk: viewer})
    context["asked"] = Terms(viewer, places_of(moment)).person(asked).label if asked else ""
    reasons = reasons_not_to_ask(space, {moment: stories}, by=request.user)
    context["why_not"] = reasons.get(moment.pk, "")
    return render(request, "valuecreation/ask_what_happened.html", context)


def _back(slug, moment):
    told = story_of(moment)
    if told is None:
        return redirect("valuecreation:note_moment", slug=slug)
    return redirect("valuecreation:story", slug=slug, public_id=told.public_id)


@require_POST
def ask_now(request, slug, public_id):
    """Ask from the list by one tap: by mail next morning, or when people meet."""
    space = space_for(request.user, slug, Action.NOTE_ANSWER)
    moment = moment_for(request.user, space, public_id)
    try:
        actions.ask_what_happened(
            moment,
            by=membership_in(space, request.user),
            in_person=bool(request.POST.get("in_person")),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("before_gathering", slug)


@require_POST
def give_ten_minutes(request, slug, public_id):
    """What came back is taken up: it gets time when people meet."""
    space = space_for(request.user, slug, Action.NOTE_ANSWER)
    moment = moment_for(request.user, space, public_id)
    words = _("Ten minutes when we meet")
    try:
        by = membership_in(space, request.user)
        actions.take_up(moment, by=by, label=words, kind=UptakeKind.AGENDA_ITEM)
        messages.success(request, _("It has its ten minutes. Its teller sees that."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("before_gathering", slug)


@require_POST
def take_back_question(request, pk):
    """One's own question, before its mail goes or after."""
    question = get_object_or_404(FollowUp.objects.asked_by_person(request.user).with_all(), pk=pk)
    try:
        actions.take_back_question(question, by=question.asked_by)
        messages.success(request, _("Taken back."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _to_list(request, question.moment.space)


@require_POST
def ask_when_we_meet(request, pk):
    """A question that waits for its answer is put once more when people meet."""
    readable = FollowUp.objects.waiting().readable_by(request.user).with_all()
    question = get_object_or_404(readable, pk=pk)
    space = space_for(request.user, question.moment.space.slug, Action.NOTE_ANSWER)
    actions.ask_when_we_meet(question)
    return _to_list(request, space)


def _to_list(request, space):
    if may(request.user, Action.NOTE_ANSWER, space):
        return redirect("before_gathering", space.slug)
    return redirect("valuecreation:to_follow_up")


@require_http_methods(["GET", "POST"])
def lay_aside(request, slug, public_id):
    """Note what one heard: it went on, or is blocked, kept for later or let go."""
    space = space_for(request.user, slug, Action.NOTE_ANSWER)
    member = membership_in(space, request.user)
    moment = moment_for(request.user, space, public_id)
    form = LayAsideForm(request.POST or None)
    if carried_out(form, lambda data: _lay_aside(moment, member, data)):
        messages.success(request, _("Noted."))
        if form.outcome:
            return _write_down(moment, form.outcome)
        return _back(slug, moment)
    viewers = {space.pk: Viewer(space, request.user)}
    context = {"tab": "stories", "form": form} | _shown(moment, viewers)
    return render(request, "valuecreation/lay_aside.html", context)


def _write_down(moment, heard):
    """To the composer: what was heard, in a story for whoever said it, who approves the wording."""
    onward = redirect("valuecreation:tell_story", slug=moment.space.slug)
    onward["Location"] += f"?from={moment.public_id}&answer={heard.pk}"
    return onward


def _lay_aside(moment, member, data):
    if data["outcome"] == FollowUpOutcome.HAPPENED:
        return actions.note_heard(moment, by=member, answer=data["answer"])
    words = {"outcome": data["outcome"], "reason": data["reason"], "note": data["answer"]}
    actions.lay_aside(moment, by=member, **words)
    return None


@require_http_methods(["GET", "POST"])
def answer_follow_up(request, pk):
    """Answer a question, whether still in its space or not."""
    follow_up = follow_up_for(request.user, pk)
    if follow_up.answered_on:
        return redirect("valuecreation:answered", signed_question(follow_up))
    look_at(follow_up.moment.space.time_zone, follow_up.moment.space.day_reached)
    form = WhatCameForm(request.POST or None)
    if carried_out(form, lambda data: _answer(follow_up, form)):
        return to_answered(follow_up)
    context = {"asked": mailed_question(follow_up), "form": form}
    return render(request, "valuecreation/answer.html", context)


def _answer(follow_up, form):
    actions.answer_follow_up(follow_up, by=follow_up.asked_of, **form.said())


@require_http_methods(["GET", "POST"])
def say_what_came(request, slug, public_id):
    """Say unasked what came of something one told, in a space one is in or was in."""
    moment, member = own_moment_for(request.user, slug, public_id)
    form = WhatCameForm(request.POST or None)
    if carried_out(form, lambda data: actions.say_what_came(moment, by=member, **form.said())):
        return to_answered(form.outcome)
    own = FollowUp(moment=moment, asked_by=member, asked_of=member)
    context = {"asked": mailed_question(own), "form": form}
    return render(request, "valuecreation/answer.html", context)
