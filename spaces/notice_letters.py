"""The mail that tells somebody of a notice at once, written as they have chosen, and once."""

from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from spaces import letters, mailing
from spaces.models import GROUPS, Mail, Notice, NoticeGroup, NoticeKind
from spaces.presentation.notices import present_notice


def letter_about(notice: Notice, wishes: mailing.MailWishes) -> Mail:
    """One sentence and one button; what it is about stands behind the link."""
    group = GROUPS[NoticeKind(notice.kind)]
    with translation.override(notice.person.language):
        said = present_notice(notice)
        once = _("You are told once, and not reminded.")
        return letters.Letter(
            to=notice.person,
            subject=_("%(space)s: something for you") % {"space": said.space},
            from_name=said.space,
            stops="" if group == NoticeGroup.CONSENT else group,
            parts=[
                letters.words(letters.greeting(notice.person)),
                letters.words(said.sentence),
                letters.button(said.answer, urljoin(settings.SITE_URL, said.href)),
                letters.rule(),
                letters.small(once),
            ],
        ).post()


def carry_letter(notice_id: int) -> Mail | None:
    """Put the mail about a notice into the outbox, if it is to go now and nobody else does."""
    with transaction.atomic():
        rows = Notice.objects.to_mail().among([notice_id]).with_spaces().select_related("person")
        notice = rows.first()
        return mailing.carry(notice, letter_about) if notice else None
