import datetime as dt
import secrets

from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.public_ids import PublicIdField
from spaces.models.membership import Membership

LEFT_BEHIND = dt.timedelta(hours=1)


class UploadKind(models.TextChoices):
    """What somebody brought, by its content."""

    PICTURE = "picture", _("picture")
    SOUND = "sound", _("recording")
    DOCUMENT = "document", _("document")


class UploadState(models.TextChoices):
    """Whether a file can be handed out: a picture is drawn anew first, without its place."""

    WAITING = "waiting", _("being made ready")
    READY = "ready", _("ready")
    REFUSED = "refused", _("could not be read")


def upload_storage():
    """The folder or the bucket in which files are kept."""
    return storages["uploads"]


def new_place(_upload, _name: str) -> str:
    """Where a file is kept: a place that nobody can guess and that tells nothing."""
    word = secrets.token_hex(20)
    return f"{word[:2]}/{word[2:]}"


class UploadQuerySet(models.QuerySet):
    def for_user(self, person):
        """Whoever brought a file; what shows it to others says to whom."""
        return self.filter(brought_by__person=person)

    def among(self, keys):
        return self.filter(pk__in=list(keys))

    def waiting(self):
        return self.filter(state=UploadState.WAITING)

    def left_behind(self, now=None):
        """Those whose making ready was lost on the way."""
        return self.waiting().filter(created_at__lt=(now or timezone.now()) - LEFT_BEHIND)

    def places(self) -> set[str]:
        """Where the files of all rows are kept."""
        return set(self.values_list("file", flat=True)) - {""}


class Upload(models.Model):
    """A file that somebody brought: a picture, a recording or a document."""

    public_id = PublicIdField(unique=True)
    brought_by = models.ForeignKey(Membership, models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=10, choices=UploadKind)
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    file = models.FileField(storage=upload_storage, upload_to=new_place, max_length=100)
    state = models.CharField(max_length=10, choices=UploadState, default=UploadState.READY)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.kind} {self.public_id}"

    @property
    def is_ready(self) -> bool:
        return self.state == UploadState.READY
