"""What a moment is told with is let go of together with its file."""

from spaces.models import Upload
from spaces.uploads import drop_files
from valuecreation.models.enclosure import EnclosureQuerySet


def let_go(enclosures: EnclosureQuerySet) -> None:
    """Remove enclosures, their uploads and, once that holds, the files."""
    rows = list(enclosures.values_list("upload", "upload__file"))
    Upload.objects.among(upload for upload, _place in rows).delete()
    drop_files([place for _upload, place in rows])
