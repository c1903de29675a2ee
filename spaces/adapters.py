"""Where allauth meets this site: how it writes to people, and what it takes over of them."""

import datetime as dt

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError

from learningspaces.lib.text import mended
from spaces import actions, outbox, tasks
from spaces.doorway import is_proven, was_invited
from spaces.models import OF_USE, Person

A_DAY = dt.timedelta(days=1)  # a code has ended long before


class PostingAdapter(DefaultAccountAdapter):
    """Puts codes and notices into the outbox, so that no page waits for the mail server.

    Whoever follows the link of an invitation that was mailed to them needs no code.
    """

    def is_open_for_signup(self, request):
        if settings.SIGN_UP == "invited":
            return was_invited(request)
        return settings.SIGN_UP == "open"

    def is_email_verified(self, request, email):
        return is_proven(request, email) or super().is_email_verified(request, email)

    def send_mail(self, template_prefix, email, context):
        known = {"request": self.request, "email": email}
        known["current_site"] = get_current_site(self.request)
        written = self.render_mail(template_prefix, email, known | context)
        of_use = A_DAY if "code" in context else OF_USE
        mail = outbox.post(to=email, subject=written.subject, text=written.body, of_use=of_use)
        tasks.send_mail.delay_on_commit(mail.pk)

    def set_password(self, user, password):
        """A new password ends the person's keys: whoever had the old one may have made them."""
        super().set_password(user, password)
        actions.revoke_all_tokens(by=user)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords count for an account from one place, so that nobody locks it for all."""
        said = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{said}:{get_ip(request)}"


class NamingAdapter(DefaultSocialAccountAdapter):
    """Takes over the name that the server knows; without a usable one the person is asked."""

    def populate_user(self, request, sociallogin, data):
        person = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name") or "", data.get("last_name") or "")
        person.name = usable(data.get("name") or " ".join(parts))
        return person

    def is_open_for_signup(self, request, sociallogin):
        """The server says who its people are, whoever else may make an account."""
        return True

    def is_auto_signup_allowed(self, request, sociallogin):
        return bool(sociallogin.user.name) and super().is_auto_signup_allowed(request, sociallogin)

    def get_signup_form_initial_data(self, sociallogin):
        known = super().get_signup_form_initial_data(sociallogin)
        return known | {"name": sociallogin.user.name}


def usable(name: str) -> str:
    """The name without needless blanks, or nothing if it could not be stored."""
    name = " ".join(str(name).split())
    try:
        return mended(Person._meta.get_field("name").clean(name, None))
    except ValidationError:
        return ""
