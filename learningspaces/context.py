"""What every template knows."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from valuecreation.shortcuts import waiting_count


def site(request):
    """Whether this is a demo, for sign-in page and footer; what waits, counted when it is shown."""
    person = request.user
    waiting = SimpleLazyObject(lambda: waiting_count(person)) if person.is_authenticated else 0
    return {"demo": settings.DEMO, "follow_up_count": waiting}
