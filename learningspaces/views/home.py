from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningspaces.my_spaces import my_spaces
from spaces.models import Space


@login_not_required
@require_safe
def home(request):
    """The spaces a person is in; for a stranger, what this is."""
    if not request.user.is_authenticated:
        return render(request, "welcome.html")
    person = request.user
    context = {"mine": my_spaces(person), "others": Space.objects.open_to(person).exists()}
    return render(request, "home.html", context)


@login_not_required
@require_safe
def healthz(request):
    """The web server answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """The web server answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")
