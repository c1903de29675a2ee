"""The moments of a story: told, changed, moved, let go, hoped for and confirmed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.models import Membership, Space
from spaces.revisions import claim_revision
from spaces.rules import require_open
from valuecreation.actions.corrections import keep_correction, words_of
from valuecreation.actions.counting import counted, counted_if_read
from valuecreation.actions.flows import join, new_flow
from valuecreation.actions.refs import next_moment_ref, save_with_random_ref
from valuecreation.actions.versions import (
    keep_or_narrow,
    require_changer,
    require_confirmed,
    require_said,
)
from valuecreation.cycles import MomentStatus, Precision
from valuecreation.enclosing import let_go
from valuecreation.models import (
    Flow,
    FlowStatus,
    LooseAudience,
    Moment,
    Story,
    StoryStep,
)
from valuecreation.rights import is_read_by_others, may_change, may_change_moment
from valuecreation.rules.flows import check_flow
from valuecreation.rules.moments import check_moment
from valuecreation.still_notices import settle_still
from valuecreation.wording import FIELDS, fill, proposed_title


@transaction.atomic
def add_moment(
    story: Story,
    *,
    by: Membership,
    fields: dict,
    follows: Moment | None = None,
    flow_kind: str = "",
    keep_sharing: bool = True,
) -> Moment:
    """Tell one moment more, where its day puts it, and say what it grew from.

    A consent covers a wording: where others read the story, what is not to be shared at once
    stands beside it, with its teller alone, and they read on what was agreed to.
    """
    require_changer(story, by)
    require_open(story.space)
    moment = new_moment(story, fields, by=by)
    if not keep_sharing and is_read_by_others(story):
        moment.beside = story
        save_with_random_ref(moment, "M")
        if follows:
            new_flow(follows, moment, by=by, kind=flow_kind, field="follows").save()
            settle_still([follows.pk])
        return moment
    with counted_if_read([story]):
        steps = _path_of(story)
        moment.ref = next_moment_ref(story, steps)
        moment.save()
        _insert(story, moment, steps)
        if follows:
            new_flow(follows, moment, by=by, kind=flow_kind, field="follows").save()
            settle_still([follows.pk])
        keep_or_narrow(story, by=by, keep_sharing=keep_sharing)
    return moment


def new_moment(story: Story, fields: dict, *, by: Membership) -> Moment:
    """A moment for a story, checked but not stored; a new story's is told when the story is."""
    told_on = story.space.today if story.pk else story.told_on
    moment = Moment(space=story.space, told_on=told_on, recorded_by=by)
    fill(moment, fields, teller=story.teller)
    check_moment(moment)
    return moment


def _path_of(story: Story) -> list[StoryStep]:
    return list(story.steps.select_related("moment"))


def _insert(story: Story, moment: Moment, steps: list[StoryStep]) -> StoryStep:
    """Put a moment into the path after those of its day; hopes stand at the end."""
    place = sum(1 for step in steps if rank(step.moment) <= rank(moment))
    make_room(steps[place:])
    order = steps[place - 1].order + 1 if place else 1
    return StoryStep.objects.create(story=story, moment=moment, order=order)


def make_room(steps: list[StoryStep]) -> None:
    """Move the last steps of a path one place on, in two queries: each place is taken once."""
    if steps:
        StoryStep.objects.filter(pk__in=[step.pk for step in steps]).delete()
        for step in steps:
            step.order += 1
        StoryStep.objects.bulk_create(steps)


def rank(moment: Moment) -> dt.date:
    """Where a moment stands on a path: by its day, hopes at the end."""
    return moment.placed_on or dt.date.max


@transaction.atomic
def change_moment(
    moment: Moment, *, by: Membership, seen: int, fields: dict, keep_sharing: bool = True
) -> None:
    """Correct a moment; a hope that changes keeps what was hoped first.

    Where others read it, what is not to be shared is kept beside it: they read on what was agreed.
    """
    stories = _changeable_stories(moment, by)
    read = [story for story in stories if is_read_by_others(story)]
    if read and not keep_sharing:
        claim_revision(moment, seen)
        keep_correction(moment, read[0], by=by, fields=fields)
        return
    with counted_if_read(stories, moments=[moment]):
        claim_revision(moment, seen)
        first, before = _as_hoped(moment), moment.text
        fill(moment, fields, teller=stories[0].teller if stories else by)
        check_moment(moment)
        if moment.status == MomentStatus.HOPED and first and not moment.hope:
            moment.hope = first if first["text"] != moment.text else None
        moment.save(update_fields=[*FIELDS, "hope"])
        _check_flows_around(moment)
        for story in stories:
            _follow(story, before, moment.text)
            keep_or_narrow(story, by=by, keep_sharing=keep_sharing)


def _follow(story: Story, before: str, now: str) -> None:
    """A title that nobody wrote goes with the words it was taken from."""
    if now != before and story.title == proposed_title(before):
        story.title = proposed_title(now)
        story.save(update_fields=["title"])


def _changeable_stories(moment: Moment, by: Membership) -> list[Story]:
    if not may_change_moment(moment, by):
        raise ValidationError(
            _("Only the people who tell the stories this stands in can change it.")
        )
    stories = [step.story for step in moment.steps.select_related("story__space", "story__consent")]
    for story in stories:
        require_confirmed(story)
    return stories


def _as_hoped(moment: Moment) -> dict | None:
    if moment.status != MomentStatus.HOPED or moment.due_on is None:
        return None
    return {"text": moment.text, "due": moment.due_on.isoformat(), "cycle": moment.cycle}


def _check_flows_around(moment: Moment) -> None:
    """A corrected day or place must still agree with every way in and out."""
    flows = Flow.objects.touching(moment).exclude_reframing().select_related("source", "target")
    for flow in flows:
        try:
            check_flow(flow)
        except ValidationError as error:
            said = _("With this change a way between two moments no longer holds: %(why)s")
            raise ValidationError(said % {"why": " ".join(error.messages)}) from error


@transaction.atomic
def delete_moment(story: Story, moment: Moment, *, by: Membership) -> None:
    """Take a moment out of a story that nobody else reads; in no other story, it is gone."""
    require_changer(story, by)
    if is_read_by_others(story):
        said = _("Others read these words. Keep the story to yourself first, then take it out.")
        raise ValidationError(said)
    if story.steps.count() == 1:
        raise ValidationError(_("A story needs one moment. Change it, or let go of the story."))
    with counted_if_read([story], moments=[moment]):
        let_go(story.enclosures.of_moment(moment))
        story.steps.filter(moment=moment).delete()
        first = _path_of(story)[0].moment
        _follow(story, moment.text, first.text)
        if not moment.steps.exists():
            moment.delete()
        keep_or_narrow(story, by=by, keep_sharing=True)


@transaction.atomic
def move_moment(story: Story, moment: Moment, *, by: Membership, earlier: bool) -> None:
    """Say which of two moments of the same day came first."""
    require_changer(story, by)
    steps = _path_of(story)
    place = next((i for i, step in enumerate(steps) if step.moment_id == moment.pk), None)
    other = -1 if place is None else place - 1 if earlier else place + 1
    if place is None or not 0 <= other < len(steps):
        raise ValidationError(_("There is no moment to change places with."))
    one, two = steps[place], steps[other]
    if rank(one.moment) != rank(two.moment):
        raise ValidationError(_("Their days say which came first. Correct a day instead."))
    one.order, two.order = two.order, one.order
    story.steps.filter(pk__in=[one.pk, two.pk]).delete()
    StoryStep.objects.bulk_create([one, two])


@transaction.atomic
def note_moment(space: Space, *, by: Membership, fields: dict, shared: bool = False) -> Moment:
    """Keep a sentence overheard, in no story yet."""
    require_open(space)
    moment = Moment(space=space, told_on=space.today, recorded_by=by)
    fill(moment, fields, teller=by)
    check_moment(moment)
    save_with_random_ref(moment, "M")
    if shared:
        require_said([moment])
        with counted(moments=[moment]):
            moment.loose_audience = LooseAudience.SPACE
            moment.save(update_fields=["loose_audience"])
    return moment


@transaction.atomic
def drop_moment(moment: Moment, *, by: Membership) -> None:
    """Let go of a moment that one noted oneself and that stands in no story."""
    if moment.recorded_by_id != by.pk or moment.steps.exists():
        raise ValidationError(_("Only the person who noted this can let it go."))
    joined = [flow.source for flow in moment.flows_in.all()]
    joined += [flow.target for flow in moment.flows_out.all() if flow.target]
    settle_still([moment.pk])
    with counted_if_read(moments=[moment, *joined]):
        moment.delete()


@transaction.atomic
def adopt_moment(story: Story, moment: Moment, *, by: Membership) -> None:
    """Take a moment noted earlier into a story; where others read that, it stays beside it."""
    require_changer(story, by)
    if moment.space_id != story.space_id or moment.steps.exists():
        raise ValidationError(_("This moment stands in a story already. Lead from it instead."))
    if moment.recorded_by_id != by.pk:
        raise ValidationError(_("Only the person who noted this can take it into a story."))
    if is_read_by_others(story):
        moment.beside = story
        moment.save(update_fields=["beside"])
        return
    _take_in(story, moment, by=by)


@transaction.atomic
def share_moment(moment: Moment, *, by: Membership) -> None:
    """What stood beside a story goes to those who read it: the wording is agreed to anew."""
    story = moment.beside
    if story is None or moment.steps.exists():
        raise ValidationError(_("This moment stands beside no story. Take it into one first."))
    require_changer(story, by)
    corrected, said = moment.corrects, words_of(moment)
    if corrected is None:
        _take_in(story, moment, by=by)
        return
    moment.delete()
    change_moment(corrected, by=by, seen=corrected.revision, fields=said)


def _take_in(story: Story, moment: Moment, *, by: Membership) -> None:
    with counted_if_read([story], moments=[moment]):
        moment.beside = None
        moment.save(update_fields=["beside"])
        _insert(story, moment, _path_of(story))
        keep_or_narrow(story, by=by, keep_sharing=True)


@transaction.atomic
def confirm_hope(
    moment: Moment,
    *,
    by: Membership,
    occurred_on: dt.date | None,
    precision: str = Precision.DAY,
    occurred_until: dt.date | None = None,
    text: str = "",
    polarity: str = "",
) -> None:
    """What was hoped for has happened; the hope is kept beside it, and its ways have happened."""
    stories = _changeable_stories(moment, by)
    if moment.status != MomentStatus.HOPED:
        raise ValidationError(_("This has happened already."))
    with counted_if_read(stories, moments=[moment]):
        moment.hope, before = moment.hope or _as_hoped(moment), moment.text
        moment.was_hoped = True
        fields = {
            "status": MomentStatus.ACTUAL,
            "due_on": None,
            "occurred_on": occurred_on,
            "precision": precision,
            "occurred_until": occurred_until,
            "text": text or moment.text,
            "polarity": polarity or moment.polarity,
        }
        fill(moment, fields, teller=by)
        check_moment(moment)
        moment.save(update_fields=[*FIELDS, "hope", "was_hoped"])
        settle_still([moment.pk])
        _ways_happened(moment)
        for story in stories:
            story.followed_up_on = story.space.today
            story.save(update_fields=["followed_up_on"])
            _follow(story, before, moment.text)
            keep_or_narrow(story, by=by, keep_sharing=True)


def _ways_happened(moment: Moment) -> None:
    """Ways that led to the hope have happened, save those from what is still a hope itself."""
    for flow in Flow.objects.arriving(moment).still_open().select_related("source", "target"):
        if flow.source.status == MomentStatus.ACTUAL:
            flow.target, flow.status, flow.stalled = moment, FlowStatus.HAPPENED, False
            try:
                check_flow(flow)
            except ValidationError as error:
                raise ValidationError({"occurred_on": error.messages}) from error
            flow.save(update_fields=["status", "stalled"])


@transaction.atomic
def let_go_hope(moment: Moment, *, by: Membership, why: str) -> None:
    """Nobody hopes for this any more; the hope stays to be seen, and why it was let go."""
    stories = _changeable_stories(moment, by)
    if moment.status != MomentStatus.HOPED:
        raise ValidationError(_("This has happened already; it cannot be let go."))
    if not why.strip():
        raise ValidationError({"why": _("Say in a few words why; it helps the next ones.")})
    with counted_if_read(stories, moments=[moment]):
        ways = list(Flow.objects.arriving(moment).still_open())
        if not ways:
            ways = [_way_from_the_step_before(moment, by)]
        for flow in ways:
            flow.status, flow.note, flow.stalled = FlowStatus.ABANDONED, why.strip(), False
            flow.save(update_fields=["status", "note", "stalled"])
    settle_still([moment.pk])


def _way_from_the_step_before(moment: Moment, by: Membership) -> Flow:
    for step in moment.steps.select_related("story"):
        earlier = step.story.steps.filter(order__lt=step.order).order_by("-order").first()
        if earlier and may_change(step.story, by):
            return join(earlier.moment, moment, by=by, status=FlowStatus.AWAITED)
    raise ValidationError(
        _("Nothing leads to this hope. Say first what it grew from, or move its day.")
    )
