"""Removing the words of a story for good, and asking for what was fetched of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spaces.actions import done
from spaces.models import Draft, IdempotencyKey, Membership, NoticeKind
from valuecreation import fetching
from valuecreation.actions.counting import counted
from valuecreation.actions.versions import (
    drop_unreadable_questions,
    require_confirmed,
    require_teller,
)
from valuecreation.enclosing import let_go
from valuecreation.models import (
    Erasure,
    Flow,
    FollowUp,
    Lead,
    LeadKind,
    Story,
    StoryState,
    Vignette,
    Withdrawal,
)
from valuecreation.still_notices import settle_still
from valuecreation.tasks import ask_to_delete

WORDS = ("raw_text", "substantiation", "other_factors", "did_not_work")


def take_from_everybody(story: Story) -> None:
    """Withdraw a story within a decision that counts what changes; whoever fetched it is asked."""
    today = story.space.today
    story.consents.take_back(today)
    story.state = StoryState.WITHDRAWN
    story.withdrawn_on = today
    story.save(update_fields=["state", "withdrawn_on"])
    drop_unreadable_questions(story)
    done(NoticeKind.STORY, story.pk)
    for asked in story.statements.waiting():
        done(NoticeKind.NAMED, asked.pk)
    settle_still(step.moment_id for step in story.steps.all())
    Withdrawal.objects.create(story=story)
    for request in fetching.ask_back(story):
        ask_to_delete.delay_on_commit(request)


@transaction.atomic
def erase_story(story: Story, *, by: Membership) -> Erasure:
    """Leave no word of a story, only that there was one; one that is shared is withdrawn first."""
    require_teller(story, by)
    require_confirmed(story)
    story.refresh_from_db(fields=["withdrawn_on"])  # by another window, a moment ago
    with counted([story]):
        if story.state != StoryState.WITHDRAWN:
            take_from_everybody(story)
        _leave_no_word(story)
    erasure, _new = Erasure.objects.get_or_create(
        space=story.space,
        public_id=story.public_id,
        defaults={"story": story, "ref": story.ref},
    )
    return erasure


@transaction.atomic
def erase_line(story: Story, *, by: Membership) -> None:
    """Remove what is left of a story whose words are erased; its receipt goes with it."""
    require_teller(story, by)
    if story.state != StoryState.WITHDRAWN or story.steps.exists():
        raise ValidationError(_("Its words are still there. Erase them first."))
    story.delete()


def _leave_no_word(story: Story) -> None:
    _forget_answers(story)
    let_go(story.enclosures.all())
    for step in story.steps.select_related("moment"):
        if not step.moment.steps.exclude(pk=step.pk).exists():
            Draft.objects.to_change(step.moment).delete()
            Lead.objects.about(LeadKind.MOMENT, [step.moment_id]).delete()
            step.moment.delete()
    story.steps.all().delete()
    for kept in story.kept_beside.all():
        Draft.objects.to_change(kept).delete()
        kept.delete()
    story.versions.all().delete()
    Vignette.objects.drawn_from(story).delete()
    story.statements.all().delete()
    Draft.objects.about(story).delete()
    for writer in filter(None, (story.teller, story.collector)):
        IdempotencyKey.objects.with_words_of(writer.person).delete()
    story.consents.update(note="", extra={})
    story.title = _("A withdrawn story")
    for name in WORDS:
        setattr(story, name, "")
    story.third_parties = None
    story.corrected = None
    story.extra = {}
    story.save()


def _forget_answers(story: Story) -> None:
    """The words of an answer became those of a moment; its question keeps that there was one."""
    moments = [step.moment for step in story.steps.select_related("moment")]
    texts = {moment.text for moment in moments}
    for version in story.versions.all():
        texts |= {moment["text"] for moment in version.content["moments"]}
    writers = filter(None, (story.teller, story.collector))
    people = [writer.person_id for writer in writers if writer.person_id]
    sources = Flow.objects.in_space(story.space).leading_to_any(moments).values("source")
    asked = FollowUp.objects.in_space(story.space)
    asked.holding_words(people, texts - {""}, sources).update(answer="")
