"""Personal keys to the API."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from spaces.models import ApiToken, Person, TokenScope, fingerprint, new_secret


@transaction.atomic
def create_token(*, by: Person, name: str, scope: TokenScope, days: int) -> tuple[ApiToken, str]:
    """Make a key; its secret is given back once and never stored."""
    secret = new_secret()
    token = ApiToken.objects.create(
        person=by,
        name=name,
        scope=scope,
        fingerprint=fingerprint(secret),
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person) -> None:
    """End a key at once."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])


@transaction.atomic
def revoke_all_tokens(*, by: Person) -> None:
    """End all of a person's keys at once."""
    ApiToken.objects.for_user(by).revoke()
