from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningspaces.my_stories import my_stories as told_by
from learningspaces.my_stories import receipt_for


@require_safe
def my_stories(request):
    """Everything a person told, in every space, also in those they left."""
    mine = told_by(request.user, request.GET.get("page", "1"))
    return render(request, "my_stories.html", {"mine": mine})


@require_safe
def receipt(request, number):
    """The receipt of a withdrawal, to be printed; it holds no word of the story."""
    gone = receipt_for(request.user, number)
    if gone is None:
        raise Http404
    return render(request, "receipt.html", {"gone": gone.left, "fetched": gone.fetched})
