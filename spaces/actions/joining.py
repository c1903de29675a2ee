"""How people come in: invitations, joining an open space, asking to join."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningspaces.lib.text import in_words
from spaces import notifications, tasks
from spaces.actions.claims import require_address
from spaces.actions.entering import enter, one_at_a_time
from spaces.actions.noticing import done, tell_leaders
from spaces.addresses import Address
from spaces.models import (
    INVITATION_LASTS,
    Boundary,
    Invitation,
    JoinRequest,
    Mail,
    MailState,
    Membership,
    NoticeKind,
    Person,
    RequestState,
    Space,
    new_token,
)
from spaces.permissions import Role
from spaces.rules import require_open, require_still_to_give, require_to_give

MOST_TO_ONE = 3


@transaction.atomic
def invite(
    *,
    by: Membership,
    addresses: Iterable[Address],
    role: Role = Role.PARTICIPANT,
    message: str = "",
    claims: Membership | None = None,
) -> list[Invitation]:
    """Invite people by e-mail in one role; the mails go out once this is stored."""
    require_to_give(by, {role} | (claims.access_roles if claims else set()))
    one_at_a_time(by.space)
    addresses = list(addresses)
    require_few_today(by, addresses)
    invited = set(
        Invitation.objects.in_space(by.space).unanswered().values_list("email", flat=True)
    )
    made = [
        Invitation.objects.create(
            space=by.space,
            email=address.email,
            name=address.name,
            role=role,
            message=message,
            claims=claims,
            invited_by=by,
            expires_at=timezone.now() + INVITATION_LASTS,
        )
        for address in addresses
        if address.email not in invited  # by somebody else, a moment ago
    ]
    for invitation in made:
        tasks.send_invitation.delay_on_commit(invitation.pk)
    return made


def require_few_today(by: Membership, addresses: list[Address]) -> None:
    """Nobody floods the mail of many, or of one, in the name of the site."""
    since = timezone.now() - dt.timedelta(days=1)
    made = Invitation.objects.since(since).by_person(by.person).count()
    if made + len(addresses) > settings.INVITATIONS_A_DAY:
        said = _(
            "One person invites %(most)d people within a day here, and you have invited %(made)d. "
            "Invite the others tomorrow, or hand over a link."
        )
        params = {"most": settings.INVITATIONS_A_DAY, "made": made}
        raise ValidationError(said, code="too_many", params=params)
    asked = Invitation.objects.in_space(by.space).since(since).asked_often(MOST_TO_ONE)
    if often := asked.intersection(address.email for address in addresses):
        said = _(
            "Invited three times within a day: %(people)s. Take them out of the list, or hand "
            "over a link."
        )
        raise ValidationError(said, code="too_many", params={"people": in_words(sorted(often))})


def roles_of(invitation: Invitation) -> set[Role]:
    """The roles that whoever accepts an invitation holds: its own, and those of the name."""
    of_name = invitation.claims.access_roles if invitation.claims else set()
    return {Role(invitation.role)} | of_name


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Membership) -> None:
    """Send an invitation again with a new link; the old link ends."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if invitation.redeemed_at or invitation.revoked_at:
        raise ValidationError(_("This invitation is used or revoked. Invite the person anew."))
    require_to_give(by, roles_of(invitation))
    if invitation.was_sent_lately:
        raise ValidationError(
            _("The mail went out within the hour. Wait a little, or hand over the link.")
        )
    call_mail_back(invitation)
    invitation.token, invitation.handed_token = new_token(), new_token()
    invitation.expires_at = timezone.now() + INVITATION_LASTS
    invitation.sent_at = None
    invitation.mail_state, invitation.mail_state_at = MailState.WAITING, timezone.now()
    invitation.save(
        update_fields=[
            "token", "handed_token", "expires_at", "sent_at", "mail_state", "mail_state_at"
        ]
    )  # fmt: skip
    tasks.send_invitation.delay_on_commit(invitation.pk)


def call_mail_back(invitation: Invitation) -> None:
    """Take a mail that still waits out of the outbox: its link ends, or nobody needs it now."""
    Mail.objects.among([invitation.mail_id] if invitation.mail_id else []).delete()
    invitation.mail = None


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Membership) -> None:
    """End an invitation that nobody has used."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    if invitation.redeemed_at:
        raise ValidationError(_("This invitation was used already; the person is in the space."))
    call_mail_back(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])


@transaction.atomic
def redeem_invitation(invitation: Invitation, *, by: Person, **words) -> Membership:
    """Take part in a space one was invited to."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state != "open":
        raise ValidationError(
            _("This invitation can no longer be used. Ask the person who sent it for a new one.")
        )
    require_open(invitation.space)
    require_still_to_give(invitation.invited_by, roles_of(invitation))
    if invitation.claims:
        require_address(invitation, by)
    membership = enter(
        space=invitation.space,
        person=by,
        roles=[Role(invitation.role)],
        claims=invitation.claims,
        invited_by=invitation.invited_by,
        **words,
    )
    call_mail_back(invitation)
    invitation.redeemed_at = timezone.now()
    invitation.redeemed_by = by
    invitation.save(update_fields=["redeemed_at", "redeemed_by"])
    return membership


@transaction.atomic
def join_space(space: Space, *, by: Person, **words) -> Membership:
    """Take part in a space whose boundary is open."""
    if space.boundary_policy != Boundary.OPEN or not space.is_open_for_work:
        raise ValidationError(_("This space is not open to join. You can ask the people in it."))
    return enter(space=space, person=by, roles=[Role.PARTICIPANT], **words)


@transaction.atomic
def ask_to_join(space: Space, *, by: Person, **words) -> JoinRequest:
    """Ask the people of a space to be let in."""
    if space.boundary_policy != Boundary.BY_REQUEST or not space.is_open_for_work:
        raise ValidationError(_("This space does not take requests."))
    one_at_a_time(space)
    if JoinRequest.objects.in_space(space).of_person(by).waiting().exists():
        raise ValidationError(_("You have asked already; somebody will answer."))
    request = JoinRequest.objects.create(space=space, person=by, **words)
    tell_leaders(request)
    return request


@transaction.atomic
def answer_request(
    request: JoinRequest, *, by: Membership, welcome: bool, answer: str = ""
) -> None:
    """Welcome somebody who asked, or decline with a word of explanation."""
    request = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != RequestState.WAITING:
        raise ValidationError(_("Somebody else has answered this request already."))
    if welcome:
        require_open(request.space)
        enter(
            space=request.space,
            person=request.person,
            roles=[Role.PARTICIPANT],
            cares=request.cares,
            unsure=request.unsure,
            entry_story=request.entry_story,
            notice=request.notice,
            practice=request.practice,
        )
    request.state = RequestState.WELCOMED if welcome else RequestState.DECLINED
    request.answered_at = timezone.now()
    request.answered_by = by
    request.answer = answer
    request.save(update_fields=["state", "answered_at", "answered_by", "answer"])
    done(NoticeKind.REQUEST, request.pk)
    mail = notifications.request_answered(request)
    tasks.send_mail.delay_on_commit(mail.pk)


@transaction.atomic
def withdraw_requests(*, by: Person) -> None:
    """Ask nowhere any more to be let in."""
    asked = JoinRequest.objects.of_person(by).waiting()
    for request in asked:
        done(NoticeKind.REQUEST, request.pk)
    asked.delete()
