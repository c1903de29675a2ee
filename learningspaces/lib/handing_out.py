"""A stored file as an answer: nothing in it runs, and a player can ask for a part of it."""

import re

from django.http import FileResponse, HttpResponse, HttpResponseBase

RANGE = re.compile(r"bytes=(\d*)-(\d*)")
PIECE = 2_000_000
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def handed_out(
    request, file, *, size: int, content_type: str, name: str, inline: bool
) -> HttpResponseBase:
    """The whole file, or the part that the request names (206), or 416 where there is no such."""
    wanted = RANGE.fullmatch(request.headers.get("Range", "")) if inline else None
    answer: HttpResponseBase
    if wanted and any(wanted.groups()):
        answer = _part(file, size, content_type, *wanted.groups())
    else:
        answer = FileResponse(file, content_type=content_type)
        answer["Content-Length"] = str(size)
    how = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    answer["Content-Security-Policy"] = NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    if inline:
        answer["Accept-Ranges"] = "bytes"
    return answer


def _part(file, size: int, content_type: str, first: str, last: str) -> HttpResponse:
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    end = min(end, begin + PIECE - 1)
    with file:
        if begin >= size or begin > end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(begin)
        content = file.read(end - begin + 1)
    headers = {"Content-Range": f"bytes {begin}-{end}/{size}"}
    return HttpResponse(content, status=206, content_type=content_type, headers=headers)
