"""Who is asked for the password again before something is done."""

from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication


def password_again(view):
    """Carry a POST out only for somebody who gave their password lately; ask first, then go on.

    Who has neither password nor second step signs in by another way, and is not asked.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        lately = request.method != "POST" or not reauthentication.is_reauthentication_required(
            request, app="spaces"
        )
        if lately:
            return view(request, *args, **kwargs)
        first, *_others = get_adapter().get_reauthentication_methods(request.user)
        return reauthentication.suspend_request(request, first["url"])

    return asked
