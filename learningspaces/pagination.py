"""Pages of the API."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Fifty rows a page; the cursor stays true while rows come.

    They come in the order they were stored, or in the one that a view says in `listed_by`.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_ordering(self, request, queryset, view):
        return getattr(view, "listed_by", ("pk",))
