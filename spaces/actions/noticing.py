"""Telling people that something concerns them, and that it no longer does."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from spaces.claims import others, second_leaders
from spaces.models import (
    GROUPS,
    UNMAILED,
    JoinRequest,
    Membership,
    NameClaim,
    Notice,
    NoticeGroup,
    NoticeKind,
    Person,
    Space,
)
from spaces.permissions import LEADERS, MEMBERS
from spaces.tasks import mail_notices_about


@transaction.atomic
def notify(
    person: Person | None,
    kind: NoticeKind,
    *,
    space: Space,
    number: int,
    address: str,
    label: str = "",
    due: dt.date | None = None,
    again: bool = False,
) -> None:
    """Tell a person of something: to be answered, or known, by them; nobody without an account.

    It may be said twice and is noted once; what was dealt with comes back only if it happens
    `again`. From `due` on it waits. Whether a mail tells of it is the person's to choose.
    """
    people = [person] if person else []
    about = {"space": space, "number": number, "address": address, "label": label, "due": due}
    notify_each(people, kind, again=again, **about)


@transaction.atomic
def notify_each(
    people: Iterable[Person], kind: NoticeKind, *, again: bool = False, **about
) -> None:
    """The same for several people, for whom it is called alike."""
    label = str(about.pop("label", ""))[:200]
    people = list(people)
    Notice.objects.put(people, kind, again=again, label=label, **about)
    if people and kind not in UNMAILED:
        mail_notices_about.delay_on_commit(str(kind), about["number"])


def done(kind: NoticeKind, number: int, *, person: Person | None = None) -> None:
    """It is dealt with, for one person or for everybody who was told of it."""
    told = Notice.objects.about(kind, number)
    (told.to([person]) if person else told).settle()


def read_notice(notice: Notice, *, by: Person) -> None:
    """What was only to be known is dealt with once it is read; what asks for something is not."""
    if notice.is_to_know and notice.person_id == by.pk:
        Notice.objects.among([notice.pk]).settle()


def settle_leading(person: Person | None, space: Space) -> None:
    """Whoever leads a space no more is not waited for by those who ask its leaders."""
    if person:
        kinds = [kind for kind, group in GROUPS.items() if group == NoticeGroup.LEADING]
        Notice.objects.to([person]).in_space(space).of_kinds(kinds).settle()


def tell_leaders(request: JoinRequest) -> None:
    """Those who lead a space learn that somebody asks to join."""
    space = request.space
    leaders = Membership.objects.current().in_space(space).holding_any(LEADERS)
    notify_each(
        [leader.person for leader in leaders.with_account().select_related("person")],
        NoticeKind.REQUEST,
        space=space,
        number=request.pk,
        address=reverse("spaces:invitations", args=[space.slug]),
        label=request.person.name,
    )


def tell_who_may_confirm(claim: NameClaim) -> None:
    """Whoever may say that a name was claimed by the right person learns of it."""
    space, ref = claim.membership.space, claim.membership.ref
    may = second_leaders(claim) if second_leaders(claim).exists() else others(claim)
    may = may.holding_any(MEMBERS | LEADERS).with_account()
    notify_each(
        [member.person for member in may.select_related("person")],
        NoticeKind.NAME_CLAIM,
        space=space,
        number=claim.pk,
        address=reverse("spaces:confirm_claim", args=[space.slug, ref]),
        label=claim.membership.name,
    )
