"""How a program signs in to the API: with a personal key, or as the person in the browser."""

import zoneinfo

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from spaces.models import ApiToken, TokenScope

SAFE = ("GET", "HEAD", "OPTIONS")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer ls_…`, a personal key with a scope and an end."""

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("Send the key as “Authorization: Bearer KEY”."))
        secret = words[1].decode("latin-1")
        token = ApiToken.objects.usable().with_secret(secret).select_related("person").first()
        if token is None:
            raise AuthenticationFailed(_("This key is unknown, revoked, or its day has passed."))
        if request.method not in SAFE and token.scope != TokenScope.WRITE:
            raise PermissionDenied(_("This key may only read. Make one that may write."))
        today = timezone.now().date()
        if token.last_used_on != today:
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        timezone.activate(zoneinfo.ZoneInfo(token.person.time_zone))
        return token.person, token

    def authenticate_header(self, request):
        return "Bearer"


class SignedInPerson(SessionAuthentication):
    """The person signed in in the browser; posts need the CSRF token."""

    def authenticate_header(self, request):
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes personal keys."""

    target_class = TokenAuthentication
    name = "personalKey"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "A personal key, ls_…"}


class SessionScheme(OpenApiAuthenticationExtension):
    """How the schema describes the browser's session."""

    target_class = SignedInPerson
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
