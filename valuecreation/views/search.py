"""Finding a story again, in everything one may read."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from valuecreation.forms.search import SearchForm
from valuecreation.models.searched import Reach
from valuecreation.presentation.found import found_stories

A_PAGE = 20


@require_safe
def search(request):
    """Stories in all spaces of a person: those that fit best come first."""
    form = SearchForm(request.GET or None)
    reach = Reach(request.user)
    page = Paginator(form.best(reach), A_PAGE).get_page(request.GET.get("page"))
    found = found_stories(page.object_list, reach, form.asked) if page.object_list else []
    context = {"form": form, "found": found, "page": page}
    return render(request, "valuecreation/search.html", context)
