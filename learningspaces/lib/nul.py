"""The one character that no database takes, where no form looks for it."""

NUL, STRANGE = "\0", "\N{REPLACEMENT CHARACTER}"


class WithoutNul:
    """An address or a cookie that holds a NUL leads nowhere, as any other that is wrong."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.path = request.path.replace(NUL, STRANGE)
        request.path_info = request.path_info.replace(NUL, STRANGE)
        request.COOKIES = {
            name: value.replace(NUL, STRANGE) for name, value in request.COOKIES.items()
        }
        return self.get_response(request)
