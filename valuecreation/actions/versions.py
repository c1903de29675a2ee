"""Who may decide about a story, and what a change of an approved one entails."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields, refuse_if_broken
from spaces.models import Membership
from valuecreation.claimed_names import NOT_CONFIRMED, is_held_back
from valuecreation.models import (
    Consent,
    FollowUp,
    HandOver,
    Moment,
    Statement,
    Story,
    StoryState,
    StoryVersion,
)
from valuecreation.rights import is_teller, may_change
from valuecreation.rules.statements import strength_of
from valuecreation.rules.stories import sharing_violations
from valuecreation.wording import fingerprint_of, snapshot


def hold(story: Story) -> None:
    """Whoever else decides about this story waits, and what was decided meanwhile counts."""
    held = Story.objects.select_for_update(no_key=True).numbered(story.pk)
    story.state = held.values_list("state", flat=True).first() or StoryState.WITHDRAWN


def require_teller(story: Story, by: Membership) -> None:
    """Only the person whose story it is decides this, whatever they are in its space by now."""
    hold(story)
    if not is_teller(story, by):
        raise ValidationError(_("Only the person who tells this story can decide this."))


def require_told(story: Story, by: Membership) -> None:
    """The same, and only while the story is not withdrawn."""
    require_teller(story, by)
    if story.state == StoryState.WITHDRAWN:
        raise ValidationError(_("This story was withdrawn. Say first who may read it again."))


def require_changer(story: Story, by: Membership) -> None:
    """The teller, or while it is being written whoever writes it down for them."""
    hold(story)
    if not may_change(story, by):
        raise ValidationError(_("Only the person who tells this story can change it now."))
    require_confirmed(story)


def require_confirmed(story: Story) -> None:
    """Whoever claimed the teller's name narrows and withdraws only, until that is confirmed."""
    if is_held_back(story):
        raise ValidationError(NOT_CONFIRMED)


def weigh(story: Story) -> None:
    """Work out anew how well a story is borne out, from what others say to it as it stands."""
    said = Statement.objects.of(story).standing()
    strength = strength_of(story.told_strength, said, fingerprint_of(story))
    if strength != story.strength:
        story.strength = strength
        story.save(update_fields=["strength"])


def keep_version(story: Story, *, by: Membership) -> StoryVersion:
    """Keep the wording as it stands as the next version."""
    weigh(story)
    return StoryVersion.objects.create(
        story=story,
        number=_number_of_next_version(story),
        content=snapshot(story),
        approved_on=story.space.today,
        approved_by=by,
    )


def _number_of_next_version(story: Story) -> int:
    last = story.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def require_said(moments: Iterable[Moment]) -> None:
    """Before others read them, it is said of moments what kind they are and how they turned out."""
    said = ((row.status, row.cycle, row.polarity, row.text) for row in moments)
    refuse_if_broken(sharing_violations(said))


def keep_or_narrow(story: Story, *, by: Membership, keep_sharing: bool) -> None:
    """After a change of an approved story: a new version shared as before, or with me alone.

    The latter where nobody else reads it; what others read, they go on reading.
    """
    if story.state != StoryState.APPROVED:
        return
    if keep_sharing:
        version = keep_version(story, by=by)
        if story.consent and story.consent.grant.in_force(story.space.today):
            if story.consent.grant.audience:
                require_said(step.moment for step in story.steps.select_related("moment"))
            add_act(story, by=by, version=version, **terms_of(story.consent))
        return
    story.state = StoryState.WITH_TELLER
    story.save(update_fields=["state"])
    if story.consent:
        alone = story.consent.grant.with_nobody().open_ended(story.space.today)
        terms = terms_of(story.consent) | alone.columns() | {"named_people": []}
        add_act(story, by=by, version=story.consent.version, **terms)


def terms_of(consent: Consent) -> dict:
    """What an act of consent says, for a later act that says the same."""
    return {
        **consent.grant.columns(),
        "named_people": list(consent.named_people.all()),
        "note": consent.note,
        "extra": consent.extra,
    }


def add_act(story: Story, *, by: Membership, version, named_people=(), **terms) -> Consent:
    """Add an act of consent, which governs from now on; earlier ones stay as they are."""
    before, consent = story.consent, Consent.new(story, version=version, given_by=by, **terms)
    check_fields(consent, exclude=["story", "version", "given_by", "extra"])
    consent.save()
    if named_people:
        consent.named_people.set(named_people)
    if before:  # what went along goes on; what was put in since stays with the teller
        story.enclosures.agreed_under_act(before).agreed_by(consent)
    story.consent = consent
    story.save(update_fields=["consent"])
    Story.objects.among([story.pk]).list_anew()
    drop_unreadable_questions(story)
    return consent


def drop_unreadable_questions(story: Story) -> None:
    """What nobody has answered ends when the one who was asked may not read what it is about."""
    for offer in HandOver.objects.of_story(story).waiting().with_stories():
        if not Story.objects.for_user(offer.to.person).among([story.pk]).exists():
            HandOver.objects.numbered(offer.pk).drop()
    moments = [step.moment_id for step in story.steps.all()]
    waiting = FollowUp.objects.waiting().about_any(moments).select_related("asked_of__person")
    for question in waiting:
        readable = Moment.objects.for_user(question.asked_of.person)
        if not readable.among([question.moment_id]).exists():
            FollowUp.objects.numbered(question.pk).drop()
