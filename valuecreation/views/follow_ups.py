import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learningspaces.lib.dates import look_at
from learningspaces.lib.violations import carried_out
from spaces.models import Space
from spaces.permissions import Action, may
from spaces.presentation.viewer import Viewer
from spaces.shortcuts import membership_in, space_for
from valuecreation import actions
from valuecreation.asking import reasons_not_to_ask, stories_of, whom_to_ask
from valuecreation.forms.follow_ups import AskForm, FollowUpAnswerForm, LayAsideForm
from valuecreation.models import FollowUp, FollowUpOutcome, Moment, Story
from valuecreation.presentation.consent_words import last_day
from valuecreation.presentation.moments import moment_on_page
from valuecreation.presentation.records import present_follow_up
from valuecreation.presentation.stories import story_head
from valuecreation.presentation.terms import Terms, places_of
from valuecreation.rights import is_teller
from valuecreation.shortcuts import follow_up_for, moment_for, story_of

FEW = 10


@require_safe
def to_follow_up(request):
    """Everything in any space that waits for this person; a page of invitations, not of duties."""
    person = request.user
    spaces = list(Space.objects.for_user(person))
    ever = list(Space.objects.ever_of(person))
    viewers = {space.pk: Viewer(space, person) for space in [*ever, *spaces]}
    asked = FollowUp.objects.waiting().asked_of(person).readable_by(person).in_spaces(ever)
    told = Moment.objects.in_spaces(spaces).told_by(person).hopes_past(timezone.localdate())
    past = list(told.values_list("pk", flat=True))
    hopes = Moment.objects.for_user(person).among(past).with_stories()
    soon = timezone.localdate() + dt.timedelta(days=30)
    answers = FollowUp.objects.answers_for(person).in_spaces(spaces)
    begun = Story.objects.unfinished_by(person).in_spaces(spaces).with_tellers()
    to_approve = Story.objects.in_spaces(ever).collected().waiting_for(person).with_tellers()
    lapsing = Story.objects.in_spaces(ever).to_ask_again(person, soon).with_tellers()
    context = {
        "waiting": [_story(row, viewers) for row in to_approve],
        "begun": [
            _story(row, viewers) for row in begun.except_waiting_for(person).newest_first()[:FEW]
        ],
        "lapsing": [_story(row, viewers) for row in lapsing[:FEW]],
        "questions": [_question(row, viewers) for row in asked.with_moments()],
        "hopes": [_shown(moment, viewers) for moment in hopes.order_by("due_on")[:FEW]],
        "quiet": [_shown(moment, viewers) for moment in _quiet(spaces, person)],
        "answered": [_question(row, viewers) for row in answers.with_moments()[:FEW]],
    }
    return render(request, "valuecreation/to_follow_up.html", context)


def _quiet(spaces, person):
    found = []
    for space in (space for space in spaces if space.is_open_for_work):
        own = Moment.objects.for_reader(space, person).told_by(person)
        found += own.untold_since(space, space.today).with_stories().newest_first()[:FEW]
    return found[:FEW]


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
    return _shown(follow_up.moment, viewers) | {"asked": asked, "pk": follow_up.pk}


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
    """Answer a question, whether still in its space or not; what happened goes on to be told."""
    follow_up = follow_up_for(request.user, pk)
    space, member = follow_up.moment.space, follow_up.asked_of
    look_at(space.time_zone)
    form = FollowUpAnswerForm(request.POST or None)
    if carried_out(form, lambda data: actions.answer_follow_up(follow_up, by=member, **data)):
        messages.success(request, _("Thank you. Your answer went to the one who asked."))
        happened = form.cleaned_data["outcome"] == FollowUpOutcome.HAPPENED
        if happened and space.is_open_for_work and may(request.user, Action.COLLECT_STORY, space):
            return _tell_it(follow_up, member)
        return redirect("valuecreation:to_follow_up")
    viewers = {space.pk: Viewer(space, request.user)}
    context = {"form": form} | _question(follow_up, viewers)
    return render(request, "valuecreation/answer_follow_up.html", context)


def _tell_it(follow_up, member):
    """To the composer with their words: in their own story if they tell it, else in a new one."""
    moment = follow_up.moment
    slug, told = moment.space.slug, story_of(moment)
    if told and is_teller(told, member):
        onward = redirect("valuecreation:and_then", slug=slug, public_id=told.public_id)
    else:
        onward = redirect("valuecreation:tell_story", slug=slug)
    onward["Location"] += f"?from={moment.public_id}&answer={follow_up.pk}"
    return onward
