"""Pages of the API."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Fifty rows a page, in the order they were stored; the cursor stays true while rows come."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "pk"
