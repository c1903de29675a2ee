"""Files that people bring: taken by their content, kept without the place they were made at.

Every file anybody brings to be shown to others goes this way, whatever it hangs on.
"""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningspaces.lib import media
from spaces.models import Membership, Upload, UploadKind, UploadState
from spaces.models.upload import LEFT_BEHIND

LARGEST = {
    UploadKind.PICTURE: 20_000_000,
    UploadKind.SOUND: 40_000_000,
    UploadKind.DOCUMENT: 20_000_000,
}


def _storage():
    return Upload._meta.get_field("file").storage


def looked_at(file: UploadedFile) -> media.Media:
    """What a file is, or a fault that says what is wrong with it and how to mend it."""
    file.seek(0)
    begins = file.read(media.LOOKED_AT)
    file.seek(0)
    if not begins:
        raise ValidationError(_("This file is empty. Choose another."))
    try:
        found = media.media_of(begins, file.name or "")
    except media.NotTaken as error:
        raise ValidationError(str(error)) from error
    most = LARGEST[UploadKind(found.kind)]
    if (file.size or 0) > most:
        said = _("This file is larger than %(most)d MB. Make it smaller, or bring a part of it.")
        raise ValidationError(said % {"most": most // 1_000_000})
    if found.kind == UploadKind.SOUND and _says_where(file):
        raise ValidationError(
            _("This recording says where it was made. Save it without the place, or record anew.")
        )
    return found


def _says_where(file: UploadedFile) -> bool:
    content = file.read()
    file.seek(0)
    return media.says_where(content)


def keep(file: UploadedFile, *, by: Membership) -> Upload:
    """Store a file; a picture waits until it is drawn anew and is shown to nobody before."""
    found = looked_at(file)
    upload = Upload(
        brought_by=by,
        kind=found.kind,
        content_type=found.content_type,
        name=_plain_name(file.name or ""),
        size=file.size,
        state=UploadState.WAITING if found.kind == UploadKind.PICTURE else UploadState.READY,
    )
    upload.file.save("", file, save=False)
    upload.save()
    return upload


def _plain_name(name: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(plain.split())[-200:] or _("A file")


def make_ready(upload_id: int) -> None:
    """Draw a picture anew, without where, when and with what it was taken; once, however often."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().waiting().filter(pk=upload_id).first()
        if upload is None:
            return
        before = upload.file.name
        with upload.file.open("rb") as file:
            content = file.read()
        try:
            drawn, upload.content_type = media.drawn_anew(content)
        except media.NotTaken:
            upload.state = UploadState.REFUSED
            upload.file = ""
        else:
            upload.state, upload.size = UploadState.READY, len(drawn)
            upload.file.save("", ContentFile(drawn), save=False)
        upload.save()
        drop_files([before])


def drop_files(places: list[str]) -> None:
    """Remove files once what is being decided holds."""
    transaction.on_commit(lambda: [_storage().delete(place) for place in places if place])


def forget_lost_files() -> int:
    """Remove files that no row names: what brought or held them was undone or removed."""
    storage, kept, gone = _storage(), Upload.objects.places(), 0
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return 0
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            place = f"{folder}/{name}"
            if place not in kept and _is_old(storage, place):
                storage.delete(place)
                gone += 1
    return gone


def _is_old(storage, place: str) -> bool:
    return storage.get_modified_time(place) < timezone.now() - LEFT_BEHIND
