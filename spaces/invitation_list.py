"""The invitations of a space as those who lead it see them: what became of each and its mail."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from spaces.models import Invitation, MailState
from spaces.notifications import address
from spaces.permissions import Role

MOST_LISTED = 200


@dataclass(frozen=True)
class InvitationLine:
    """One invitation: what became of it and of its mail, and a link to hand over."""

    invitation: Invitation
    link: str
    may_give: bool  # what the invitation gives

    @property
    def state(self) -> str:
        """What became of the invitation, in words."""
        if self.invitation.state == "redeemed":
            return _("accepted")
        if self.invitation.state == "revoked":
            return _("revoked")
        if self.invitation.state == "expired":
            return _("its day has passed")
        return _("open until %(day)s") % {"day": day(self.invitation.expires_at)}

    @property
    def mail(self) -> str:
        """What became of the mail, in a sentence; empty when nobody waits for it any more."""
        if not self.is_unanswered:
            return ""
        sentence = SENTENCES[MailState(self.invitation.mail_state)]
        waits = self.invitation.mail
        if waits and waits.tries:
            said = _(
                "The mail server has not taken the mail since %(since)s. It is tried again until "
                "%(until)s; you can hand over the link meanwhile."
            )
            return said % {"since": day(waits.created_at), "until": day(waits.of_use_until)}
        return sentence() % {"day": day(self.invitation.mail_state_at)}

    @property
    def is_unanswered(self) -> bool:
        return self.invitation.state in ("open", "expired")

    @property
    def can_be_sent_again(self) -> bool:
        return self.is_unanswered and self.may_give and not self.invitation.was_sent_lately

    @property
    def is_undelivered(self) -> bool:
        """True if somebody should see to it."""
        return self.is_unanswered and self.invitation.mail_is_in_trouble


SENTENCES = {
    MailState.WAITING: lambda: _("The mail is on its way."),
    MailState.SENT: lambda: _("The mail server took the mail on %(day)s."),
    MailState.REFUSED: lambda: _(
        "The mail server refused the address on %(day)s. See whether it is written rightly, and "
        "invite the right one."
    ),
    MailState.UNCONFIRMED: lambda: _(
        "Whether the mail of %(day)s arrived cannot be confirmed. Ask the person, or send it again."
    ),
    MailState.GIVEN_UP: lambda: _(
        "The mail was not delivered; it was tried until %(day)s. Send it again, or hand over the "
        "link."
    ),
}


def day(moment) -> str:
    """A moment's day, in words."""
    return date_format(moment, "j F Y")


def invitation_lines(space, person, *, may_give: set[Role]) -> list[InvitationLine]:
    """The invitations of a space, those whose mail is in trouble first.

    A link is there to hand over where the reader could have sent the invitation themselves: it
    lets in whoever holds it. It proves no address, so it is another than the one that was mailed.
    """
    rows = Invitation.objects.for_user(person).in_space(space).trouble_first()
    rows = rows.select_related("mail")[:MOST_LISTED]
    return [line_of(row, may_give=Role(row.role) in may_give) for row in rows]


def line_of(row: Invitation, *, may_give: bool) -> InvitationLine:
    """One line; a name that waits is taken over by the mailed link alone."""
    return InvitationLine(row, link_of(row) if may_give and not row.claims_id else "", may_give)


def link_of(invitation: Invitation) -> str:
    """The link that is handed over; empty when it would lead to a door that is shut."""
    if invitation.state != "open":
        return ""
    return address("spaces:redeem_invitation", invitation.handed_token)
