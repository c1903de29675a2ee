"""What somebody says who was asked to delete a withdrawn story."""

from django.utils import timezone

from spaces.actions import done
from spaces.models import NoticeKind
from valuecreation.models import DeletionRequest


def confirm_deleted(request: DeletionRequest) -> None:
    """Whoever was asked says that it is done; said again, the first day stands.

    It is said by whoever holds the link that was mailed to them alone, so there is no `by`.
    """
    waiting = DeletionRequest.objects.numbered(request.pk).open()
    waiting.update(done_at=timezone.now())
    done(NoticeKind.DELETE, request.pk)
    request.refresh_from_db(fields=["done_at"])
