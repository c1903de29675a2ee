"""The two ways in for what is typed, a form and a program's JSON: mended before anybody reads it.

Lengths are therefore counted as browsers count them, where a line ends with one character.
"""

from typing import Any

from django.http import QueryDict
from rest_framework.parsers import JSONParser

from learningspaces.lib.text import mended

SECRET = "password"  # part of the name of a field whose every character counts


class MendForms:
    """Mends every field of a form that was sent, but secrets."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, _args, _kwargs):
        """Once the check against foreign forms has let it in; what a program sends is no form."""
        if request.method == "POST" and not hasattr(view, "cls"):
            request.POST = _mended_form(request.POST)


def _mended_form(sent: QueryDict) -> QueryDict:
    form = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        form.setlist(name, values if SECRET in name else list(map(mended, values)))
    form._mutable = False
    return form


class MendedJSON(JSONParser):
    """Reads JSON with every text in it mended."""

    def parse(self, stream, media_type=None, parser_context=None):
        return _mended_data(super().parse(stream, media_type, parser_context))


def _mended_data(data: Any) -> Any:
    if isinstance(data, str):
        return mended(data)
    if isinstance(data, list):
        return [_mended_data(item) for item in data]
    if isinstance(data, dict):
        return {key: _mended_data(value) for key, value in data.items()}
    return data
