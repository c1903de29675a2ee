"""What every template knows."""

from django.conf import settings


def site(request):
    """Whether this is a demo, for the sign-in page and the footer."""
    return {"demo": settings.DEMO}
