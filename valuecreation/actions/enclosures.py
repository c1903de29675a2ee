"""Pictures, recordings and documents that a moment is told with."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from learningspaces.lib.violations import check_fields
from spaces import uploads
from spaces.models import Membership, UploadKind
from spaces.rules import require_open
from spaces.tasks import make_upload_ready
from valuecreation.actions.versions import require_changer
from valuecreation.enclosing import let_go
from valuecreation.models import Enclosure, Moment, Story
from valuecreation.models.enclosure import MOST_FOR_A_MOMENT


@transaction.atomic
def enclose(
    story: Story,
    moment: Moment,
    *,
    by: Membership,
    file: UploadedFile,
    description: str = "",
    transcript: str = "",
) -> Enclosure:
    """Put a file beside the words of a moment; it is with its teller until they say otherwise."""
    require_open(story.space)
    require_changer(story, by)
    if story.enclosures.of_moment(moment).count() >= MOST_FOR_A_MOMENT:
        said = _("A moment takes %(most)d files. Remove one first.")
        raise ValidationError({"file": said % {"most": MOST_FOR_A_MOMENT}})
    try:
        upload = uploads.keep(file, by=by)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    enclosure = Enclosure(story=story, moment=moment, upload=upload)
    _describe(enclosure, description, transcript)
    enclosure.save()
    if upload.kind == UploadKind.PICTURE:
        make_upload_ready.delay_on_commit(upload.pk)
    return enclosure


@transaction.atomic
def describe_enclosure(
    enclosure: Enclosure, *, by: Membership, description: str, transcript: str
) -> None:
    """Say what can be seen or is said in it; what is changed is with the teller first."""
    require_changer(enclosure.story, by)
    before = enclosure.description, enclosure.transcript
    _describe(enclosure, description, transcript)
    if (enclosure.description, enclosure.transcript) != before:
        enclosure.agreed_under = None
    enclosure.save(update_fields=["description", "transcript", "agreed_under"])


@transaction.atomic
def remove_enclosure(enclosure: Enclosure, *, by: Membership) -> None:
    """Take a file out of a story, for everybody and for good."""
    require_changer(enclosure.story, by)
    let_go(Enclosure.objects.numbered(enclosure.pk))


def _describe(enclosure: Enclosure, description: str, transcript: str) -> None:
    enclosure.description, enclosure.transcript = description.strip(), transcript.strip()
    check_fields(enclosure, exclude=["story", "moment", "upload", "agreed_under"])
