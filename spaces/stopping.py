"""Links in mails that switch mails of one kind off, by one click and without signing in."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from spaces.models import Person

LINK = "mails of one kind are switched off"  # what the signed link is for, and nothing else
MONTHLY, ONLY_QUESTIONS, SUMMARY, NOTHING = "monthly", "only_questions", "summary", "nothing"


def stop_address(person: Person, what: str) -> str:
    """The full address that switches something off, or over, for a person."""
    token = signing.Signer(salt=LINK).sign_object([person.pk, str(what)])
    return urljoin(settings.SITE_URL, reverse("spaces:stop_mail", args=[token]))


def what_is_stopped(token: str) -> tuple[Person, str] | None:
    """Whose mails, and which, a link is about; nothing unless we wrote it and they are there."""
    try:
        pk, what = signing.Signer(salt=LINK).unsign_object(token)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return (person, what) if person else None
