"""Answering what came of something: by a page, by the link in a mail, about one's own.

What each answer stores stands in docs/readings.md (Questions).
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.models import Membership
from valuecreation.actions.counting import counted_if_read
from valuecreation.actions.flows import expect, hold_moment, new_flow, stories_around
from valuecreation.actions.follow_ups import LAID_ASIDE, lay_aside
from valuecreation.actions.moments import add_moment, change_moment, new_moment
from valuecreation.actions.noticing import answer_taken_back, tell_of_answer
from valuecreation.actions.refs import save_with_random_ref
from valuecreation.actions.stories import discard_story
from valuecreation.actions.telling import tell_story
from valuecreation.cycles import Cycle, MomentStatus, Polarity, Unplaced
from valuecreation.models import Flow, FollowUp, FollowUpOutcome, Moment, Story, StoryState
from valuecreation.rights import is_teller, may_change
from valuecreation.still_notices import settle_still

# That something stands in the way is said by whoever has asked (`lay_aside`).
ANSWERS = [code for code in FollowUpOutcome.values if code != FollowUpOutcome.STALLED]
MONTH = dt.timedelta(days=30)
WAY = ("status", "due_on", "reason", "note", "stalled", "asked_on", "asked_by_id")


@transaction.atomic
def answer_follow_up(
    follow_up: FollowUp, *, by: Membership, outcome: str, answer: str = ""
) -> None:
    """Say what came of it. Words are a moment, told by whoever was asked, and read by nobody else
    but the one who asked until they share it; every other answer says how its way stands.
    """
    _hold(follow_up, by)
    if follow_up.taken_back_on:
        raise ValidationError(_("No answer is needed any more."))
    if follow_up.answered_on:
        raise ValidationError(_("This question was answered already."))
    _answer(follow_up, by, outcome, answer)


def _answer(follow_up: FollowUp, by: Membership, outcome: str, answer: str) -> None:
    if outcome not in ANSWERS:
        raise ValidationError({"outcome": _("Choose what came of it.")})
    answer = answer.strip()
    if outcome == FollowUpOutcome.HAPPENED and not answer:
        raise ValidationError({"answer": _("Write a few words first.")})
    if outcome == FollowUpOutcome.ABANDONED:
        answer = answer or _("Nothing came of it.")
    follow_up.outcome, follow_up.answer = outcome, answer
    check_fields(follow_up, exclude=["moment", "asked_by", "asked_of", "told", "before"])
    stood = _ways_around(follow_up.moment)
    _store(follow_up, by)
    made = [pk for pk in _ways_around(follow_up.moment) if pk not in stood]
    follow_up.before = {"ways": stood, "made": made}
    follow_up.answered_at = timezone.now()
    follow_up.answered_on = follow_up.moment.space.today
    follow_up.save()
    settle_still([follow_up.moment_id])
    tell_of_answer(follow_up)


def _hold(follow_up: FollowUp, by: Membership) -> None:
    """Whoever else answers, or takes the question back, at this moment waits."""
    if follow_up.asked_of_id != by.pk:
        raise ValidationError(_("Only the person who was asked can answer."))
    hold_moment(follow_up.moment)
    follow_up.refresh_from_db(fields=["answered_on", "answered_at", "taken_back_on", "before"])


def _ways_around(moment: Moment) -> dict[str, dict]:
    """How the ways into and out of a moment stand."""
    return {
        str(flow.pk): {name: getattr(flow, name) for name in WAY}
        for flow in Flow.objects.touching(moment)
    }


def _store(follow_up: FollowUp, by: Membership) -> None:
    """Tell the words, or say how the way stands; what nobody wants to say stores nothing."""
    moment, outcome, today = follow_up.moment, follow_up.outcome, follow_up.moment.space.today
    if outcome == FollowUpOutcome.HAPPENED:
        follow_up.told = _tell(moment, follow_up.answer, by=by)
        if follow_up.told is None or not _is_in_story_of(moment, follow_up.told):
            expect(moment, by=by, due_on=today + MONTH)
    elif outcome == FollowUpOutcome.NOTHING_YET:
        expect(moment, by=by, due_on=today + MONTH)
        follow_up.again_on = today + MONTH if follow_up.asked_by_id != by.pk else None
    elif outcome in LAID_ASIDE:
        lay_aside(moment, by=by, outcome=outcome, note=follow_up.answer)


def _is_in_story_of(moment: Moment, told: Moment) -> bool:
    """True if whoever reads a moment reads what was told next, too."""
    return Story.objects.holding(moment).among(Story.objects.holding(told)).exists()


def _tell(moment: Moment, words: str, *, by: Membership) -> Moment | None:
    """The words as a moment, neither placed nor judged: in the story that they go on, beside it
    where its wording was agreed to, or in a story of their own. A closed space takes none.
    """
    space = moment.space
    if not space.is_open_for_work:
        return None
    fields = {
        "cycle": Unplaced.OPEN,
        "polarity": Polarity.OPEN,
        "text": words,
        "occurred_on": space.today,
    }
    follows = _what_happened_before(moment)
    story = next((one for one in stories_around(moment) if is_teller(one, by)), None)
    if story is None or not may_change(story, by):
        alone = tell_story(space, by=by, moments=[fields | {"follows": follows}])
        return alone.steps.get().moment
    if story.state != StoryState.APPROVED:
        return add_moment(story, by=story.teller, fields=fields, follows=follows)
    told = new_moment(story, fields, by=story.teller)
    told.beside = story
    save_with_random_ref(told, "M")
    if follows:
        new_flow(follows, told, by=story.teller, kind="", field="answer").save()
    return told


def _what_happened_before(moment: Moment) -> Moment | None:
    """The moment itself or, of a hope, what it grew from."""
    if moment.status == MomentStatus.ACTUAL:
        return moment
    ways = Flow.objects.arriving(moment).select_related("source").in_steady_order()
    sources = (way.source for way in ways)
    return next((one for one in sources if one.status == MomentStatus.ACTUAL), None)


@transaction.atomic
def take_back_answer(follow_up: FollowUp, *, by: Membership) -> None:
    """Nothing of the answer is kept: its words are gone, the ways stand as before, and the question
    is open again.
    """
    _hold(follow_up, by)
    _require_changeable(follow_up)
    _untell(follow_up)
    moment, before = follow_up.moment, follow_up.before
    with counted_if_read(stories_around(moment), moments=[moment]):
        Flow.objects.numbered(before.get("made", [])).delete()
        for pk, stood in before.get("ways", {}).items():
            Flow.objects.numbered([pk]).update(**stood)
    answer_taken_back(follow_up)
    if follow_up.asked_by_id == follow_up.asked_of_id:
        follow_up.delete()  # nobody had asked
        return
    follow_up.outcome = follow_up.answer = ""
    follow_up.before, follow_up.told = {}, None
    follow_up.answered_on = follow_up.answered_at = follow_up.again_on = None
    follow_up.save()


def _require_changeable(follow_up: FollowUp) -> None:
    if not follow_up.answered_on:
        raise ValidationError(_("There is no answer any more."))
    if not follow_up.is_changeable:
        said = _("Half an hour has passed. Sign in to change what you told, or to withdraw it.")
        raise ValidationError(said)


def _untell(follow_up: FollowUp) -> None:
    """Let go of the moment that the words had become, while nobody else reads it."""
    told = follow_up.told
    if told is None:
        return
    stories = stories_around(told)
    if any(story.state == StoryState.APPROVED for story in stories):
        raise ValidationError(_("You have shared it meanwhile. Withdraw it from My stories."))
    for story in stories:
        if story.steps.count() == 1:
            discard_story(story, by=story.teller)
        else:
            story.steps.of_moments([told]).delete()
    Moment.objects.among([told.pk]).delete()


@transaction.atomic
def change_answer(follow_up: FollowUp, *, by: Membership, outcome: str, answer: str = "") -> None:
    """Answer in other words, or otherwise; what was said of the words before stays with them."""
    _hold(follow_up, by)
    _require_changeable(follow_up)
    first, pk = follow_up.answered_at, follow_up.pk
    if follow_up.told and outcome == FollowUpOutcome.HAPPENED:
        _change_told(follow_up, by, text=answer)
        follow_up.answer = answer.strip()
        follow_up.save(update_fields=["answer"])
        return
    take_back_answer(follow_up, by=by)
    follow_up.pk = pk
    _answer(follow_up, by, outcome, answer)
    follow_up.answered_at = first
    follow_up.save(update_fields=["answered_at"])


@transaction.atomic
def say_of_answer(
    follow_up: FollowUp, *, by: Membership, turned_out: str = "", kind: str = ""
) -> None:
    """Say how what one told turned out, or what kind of thing it was; nobody says it for them."""
    _hold(follow_up, by)
    _require_changeable(follow_up)
    if follow_up.told is None:
        raise ValidationError(_("There is nothing to say this of."))
    if turned_out in Polarity.values:
        _change_told(follow_up, by, polarity=turned_out)
    if kind in (*Cycle.values, Unplaced.NOT_SURE):
        _change_told(follow_up, by, cycle=kind)


def _change_told(follow_up: FollowUp, by: Membership, **fields) -> None:
    told = Moment.objects.with_stories().get(pk=follow_up.told_id)
    try:
        change_moment(told, by=by, seen=told.revision, fields=fields, keep_sharing=False)
    except ValidationError as error:
        if hasattr(error, "error_dict") and "text" in error.error_dict:
            raise ValidationError({"answer": error.error_dict["text"]}) from error
        raise


@transaction.atomic
def say_what_came(moment: Moment, *, by: Membership, outcome: str, answer: str = "") -> FollowUp:
    """What one says by oneself came of something one took away: a question to oneself, answered."""
    hold_moment(moment)
    waiting = FollowUp.objects.about(moment).waiting().first()
    if waiting and waiting.asked_of_id == by.pk:
        answer_follow_up(waiting, by=by, outcome=outcome, answer=answer)
        return waiting
    said = FollowUp.objects.about(moment).to_oneself(by).same_words(answer.strip()).first()
    if said and said.outcome == outcome:
        return said
    own = FollowUp(
        moment=moment,
        asked_by=by,
        asked_of=by,
        asked_on=moment.space.today,
        question=_("What came of it?"),
    )
    _answer(own, by, outcome, answer)
    return own
