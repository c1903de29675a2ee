"""Asking somebody else what they say to a story; their word, which they can take back."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces.actions import done
from spaces.models import Membership, NoticeKind, Person
from spaces.rules import require_open
from valuecreation import tasks
from valuecreation.actions.noticing import tell_of_asking
from valuecreation.actions.versions import (
    hold,
    require_confirmed,
    require_teller,
    require_told,
    weigh,
)
from valuecreation.models import (
    Statement,
    StatementKind,
    StatementReach,
    Story,
    StoryState,
)
from valuecreation.rights import same_person
from valuecreation.statements import stands_apart
from valuecreation.wording import fingerprint_of

OPEN = dt.timedelta(days=30)
A_DAY = dt.timedelta(days=1)
MOST_A_STORY, MOST_A_DAY = 12, 20  # people asked about one story, and by one teller


@transaction.atomic
def ask_for_statement(
    story: Story,
    *,
    by: Membership,
    member: Membership | None = None,
    name: str = "",
    email: str = "",
) -> Statement:
    """The teller asks somebody who was there; a mail leads them to the story, and nobody else."""
    require_told(story, by)
    require_confirmed(story)
    require_open(story.space)
    if story.state not in (StoryState.WITH_TELLER, StoryState.APPROVED):
        raise ValidationError(_("Say first that the story is told; then others can be asked."))
    if member:
        name = email = ""
    _check_who(story, member=member, name=name, email=email)
    _check_how_often(story, by, member=member, email=email)
    today = story.space.today
    asked = Statement(
        story=story,
        asked_by=story.teller,
        member=member,
        name=name.strip(),
        email=email.strip(),
        open_until=today + OPEN,
    )
    check_fields(asked, exclude=["story", "asked_by", "member"])
    asked.save()
    tell_of_asking(asked)
    if asked.email:
        tasks.send_statement_request.delay_on_commit(asked.pk)
    return asked


def _check_who(story: Story, *, member: Membership | None, name: str, email: str) -> None:
    if member is None:
        if not name.strip() or not email.strip():
            said = _("Choose somebody from the list, or give the name and address of one outside.")
            raise ValidationError({"member": said})
        here = Membership.objects.current().in_space(story.space)
        if here.of_people(Person.objects.filter(email__iexact=email.strip())).exists():
            said = _("This is the address of somebody here. Choose them from the list.")
            raise ValidationError({"email": said})
        return
    if member.space_id != story.space_id or member.left_on:
        said = _("This person was not found among this space's. Choose somebody from the list.")
        raise ValidationError({"member": said})
    if same_person(member, story.teller) or same_person(member, story.collector):
        said = _("Your own word is in the story already. Ask somebody else who was there.")
        raise ValidationError({"member": said})
    if member.person_id is None:
        said = _("%(name)s has no address here yet. Ask in person, or invite them.")
        raise ValidationError({"member": said % {"name": member.name}})


def _check_how_often(story: Story, by: Membership, *, member, email: str) -> None:
    asked = Statement.objects.of(story)
    if asked.asked_of(member=member, email=email.strip()).waiting().exists():
        raise ValidationError(_("They are asked already, and have not answered yet."))
    if asked.count() >= MOST_A_STORY:
        raise ValidationError(_("Twelve people were asked about this story. Let that be enough."))
    lately = Statement.objects.asked_since(timezone.now() - A_DAY)
    if lately.asked_by_person(by.person).count() >= MOST_A_DAY:
        raise ValidationError(_("You have asked twenty people today. Go on tomorrow."))


@transaction.atomic
def no_longer_ask(asked: Statement, *, by: Membership) -> None:
    """The teller does not want to know any more; the link leads nowhere from now on."""
    require_teller(asked.story, by)
    if Statement.objects.numbered(asked.pk).waiting().delete()[0] == 0:
        raise ValidationError(_("They have answered meanwhile. What they said stays theirs."))
    done(NoticeKind.NAMED, asked.pk)


@transaction.atomic
def make_statement(
    asked: Statement,
    *,
    kind: str,
    words: str = "",
    label: str = "",
    named: bool = False,
    independent: bool = False,
    reach: str = StatementReach.TELLER,
) -> None:
    """What somebody who was asked says; it goes as far as they let it, and never over the story.

    It is said by whoever holds the link that was mailed to them alone, so there is no `by`.
    """
    story = asked.story
    hold(story)
    now = Statement.objects.numbered(asked.pk).first()
    if now is None or story.state == StoryState.WITHDRAWN:
        raise ValidationError(_("This is not asked any more."))
    if now.said_on:
        raise ValidationError(_("You have answered this already. Take it back to say it anew."))
    if now.open_until and now.open_until < story.space.today:
        raise ValidationError(_("This link has ended. Let the one who asked know, if you like."))
    if kind in (StatementKind.ADDS, StatementKind.DIFFERS) and not words.strip():
        raise ValidationError({"words": _("Write in a few words what you would say.")})
    asked.kind, asked.words, asked.label = kind, words.strip(), label.strip()
    asked.named, asked.reach = named, reach
    asked.independent = independent and stands_apart(asked)
    if kind == StatementKind.DECLINES:
        asked.words, asked.reach, asked.independent = "", StatementReach.TELLER, False
    asked.email = ""  # nobody writes to it again
    asked.about, asked.said_on = fingerprint_of(story), story.space.today
    check_fields(asked, exclude=["story", "asked_by", "member"])
    asked.save()
    done(NoticeKind.NAMED, asked.pk)
    weigh(story)


@transaction.atomic
def take_back_statement(asked: Statement) -> None:
    """Whoever said something leaves no word of it; they can say it anew while the link works."""
    hold(asked.story)
    asked.refresh_from_db()
    asked.kind, asked.words, asked.label, asked.about = "", "", "", ""
    asked.named = asked.independent = False
    asked.reach, asked.said_on = StatementReach.TELLER, None
    asked.save()
    weigh(asked.story)


@transaction.atomic
def forget_statements(person) -> None:
    """No word that a person said to others' stories is left; what they bore out is not any more."""
    for said in Statement.objects.said_by(person).with_all():
        story = said.story
        hold(story)
        said.delete()
        weigh(story)
