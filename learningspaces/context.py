"""What every template knows."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from spaces.models import Notice


def site(request):
    """Whether this is a demo, what is switched off, and what waits, counted when it is shown."""
    person = getattr(request, "user", None)  # refused before it was known who asks
    known = person is not None and person.is_authenticated
    waiting = SimpleLazyObject(lambda: Notice.objects.count_asking(person)) if known else 0
    return {
        "demo": settings.DEMO,
        "sign_up_is_open": settings.SIGN_UP == "open",
        "founding_is_open": settings.FOUNDING,
        "follow_up_count": waiting,
    }
