"""Agreeing on a draft: each member for themselves, dissent kept, until the frame stands."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from framing.actions.drafts import require_draft, set_in_force
from framing.agreement import standing_of
from framing.drafts import wording_of
from framing.models import Answer, FramingVersion, VersionAnswer
from spaces.actions import done, notify_each
from spaces.models import Membership, NoticeKind
from spaces.stated_days import require_come
from spaces.todays import last_today

YES = (Answer.AGREE, Answer.LIVE_WITH)


@transaction.atomic
def answer_version(
    version: FramingVersion, *, by: Membership, answer: str, words: str = ""
) -> VersionAnswer:
    """Say for oneself what one thinks of a draft; it may be changed until the frame stands."""
    draft = require_draft(version)
    if answer == Answer.NOT_YET and not words.strip():
        said = _("Something must change first, you say. Write what.")
        raise ValidationError({"words": said})
    given = VersionAnswer(
        version=draft, by=by, answer=answer, words=words.strip(), wording=wording_of(draft)
    )
    given.clean_fields(exclude=["version", "by"])
    stored, _fresh = VersionAnswer.objects.update_or_create(
        version=draft,
        by=by,
        defaults={
            "answer": given.answer,
            "words": given.words,
            "wording": given.wording,
            "answered_at": timezone.now(),
        },
    )
    done(NoticeKind.FRAMING, draft.pk, person=by.person)
    return stored


def ask_for_answers(draft: FramingVersion) -> None:
    """Those who have not answered the draft as it is learn that it waits for them."""
    waiting = [member.person for member in standing_of(draft).waiting if member.person]
    address = reverse("framing:framing", args=[draft.space.slug])
    about = {"space": draft.space, "number": draft.pk, "address": address}
    notify_each(waiting, NoticeKind.FRAMING, again=True, **about)


@transaction.atomic
def set_closing_day(version: FramingVersion, *, by: Membership, day: dt.date | None) -> None:
    """Name the day on which the draft stands, whoever has answered by then."""
    draft = require_draft(version)
    if day and day <= draft.space.today:
        said = _("Choose a day that is still to come, so that everybody can answer before it.")
        raise ValidationError({"answers_until": said})
    draft.answers_until = day
    draft.save(update_fields=["answers_until"])
    if day:
        ask_for_answers(draft)


@transaction.atomic
def let_stand(
    version: FramingVersion, *, by: Membership, agreed_on: dt.date | None = None
) -> FramingVersion:
    """From now on the words stand: everybody has answered, or the closing day has come.

    They may have been agreed on an earlier day, before anybody answered here.
    """
    draft = require_draft(version)
    require_come("agreed_on", agreed_on, today=last_today(draft.space, by))
    standing = standing_of(draft)
    if standing.reason:
        raise ValidationError(standing.reason, code="not_yet")
    VersionAnswer.objects.bulk_create(
        VersionAnswer(version=draft, by=member, answer=Answer.SILENT)
        for member in standing.waiting
        if not draft.answers.filter(by=member).exists()
    )
    done(NoticeKind.FRAMING, draft.pk)
    agreeing = Membership.objects.filter(pk__in=draft.answers.filter(answer__in=YES).values("by"))
    day = agreed_on or draft.space.today
    return set_in_force(draft, by=by, agreed_by=agreeing, agreed_on=day)
