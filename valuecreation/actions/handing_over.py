"""Handing a story over to another member, who looks after it if they say yes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from spaces.actions import done
from spaces.models import Membership, NoticeKind
from valuecreation.actions.counting import counted
from valuecreation.actions.noticing import tell_of_offer
from valuecreation.actions.versions import add_act, hold, require_confirmed, require_told, terms_of
from valuecreation.consent import Attribution
from valuecreation.leaving import may_stay
from valuecreation.models import HandOver, Story


@transaction.atomic
def offer_story(story: Story, *, by: Membership, to: Membership) -> HandOver:
    """Ask somebody who reads a story to look after it, and whoever was asked before no more."""
    require_told(story, by)
    require_confirmed(story)
    _require_reader(story, to)
    waiting = HandOver.objects.of_story(story).waiting()
    if asked := waiting.to_member(to).first():
        return asked
    waiting.drop()
    offer = HandOver.objects.create(story=story, to=to)
    tell_of_offer(offer)
    return offer


@transaction.atomic
def take_back_offer(story: Story, *, by: Membership) -> None:
    """Nobody is asked any more to look after a story."""
    require_told(story, by)
    HandOver.objects.of_story(story).waiting().drop()


@transaction.atomic
def answer_offer(offer: HandOver, *, by: Membership, accepted: bool) -> None:
    """Look after a story from now on, or leave it with its teller."""
    story = offer.story
    hold(story)
    offer.refresh_from_db(fields=["answered_at"])
    if offer.to_id != by.pk or offer.answered_at:
        raise ValidationError(_("This was answered already, or asked of somebody else."))
    if accepted:
        _require_reader(story, by)
        with counted([story]):
            _take_over(story, by)
    offer.answered_at, offer.accepted = timezone.now(), accepted
    offer.save(update_fields=["answered_at", "accepted"])
    done(NoticeKind.OFFER, offer.pk)


def _take_over(story: Story, by: Membership) -> None:
    """What others read goes on as it was, told without the former teller's name; what only its
    former teller could read is nowhere any more.
    """
    consent = story.consent
    assert consent, "what others read has an act of consent"
    forget_private(story)
    if consent.version_id:
        story.versions.exclude(pk=consent.version_id).delete()
    story.kept_beside.all().delete()
    story.teller = by
    if story.collector_id == by.pk:
        story.collector = None
    story.save(update_fields=["teller", "collector"])
    terms = terms_of(consent) | {"note": ""}
    if consent.attribution == Attribution.NAMED:
        terms["attribution"] = Attribution.ROLE
    add_act(story, by=by, version=consent.version, **terms)


def forget_private(story: Story) -> None:
    """Leave of a story what its readers read, and nothing that was its teller's alone."""
    story.consents.update(note="")
    story.raw_text, story.corrected = "", None
    if story.other_factors_private:
        story.other_factors = ""
    story.save(update_fields=["raw_text", "corrected", "other_factors"])


def _require_reader(story: Story, to: Membership) -> None:
    today = story.space.today
    if not may_stay(story, today):
        raise ValidationError(_("Nobody else reads this story now, so nobody can take it over."))
    here = to.space_id == story.space_id and to.person_id and to.is_current(today)
    if not here or to.person_id == story.teller.person_id:
        raise ValidationError({"to": _("Choose somebody else who takes part here now.")})
    if not Story.objects.for_user(to.person).among([story.pk]).exists():
        raise ValidationError({"to": _("They do not read this story. Choose one of its readers.")})
