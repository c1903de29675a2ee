"""Uploads stop at a limit while they stream, before anything large is kept."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LARGEST = 64_000_000


class LargestUpload(FileUploadHandler):
    """Lets a file through to the next in line until it is too large, and then says so."""

    request: Any  # an HttpRequest that is told when the file was too large

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= LARGEST:
            return raw_data
        self.request.upload_is_too_large = True
        raise StopUpload(connection_reset=False)

    def file_complete(self, file_size):
        return None


def is_too_large(request) -> bool:
    """True if a file of this request was larger than may be sent; the file was not kept."""
    return getattr(request, "upload_is_too_large", False)
