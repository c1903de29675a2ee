"""Which stories were in what somebody fetched, and who is asked to delete one again."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from spaces import signed_links
from spaces.models import ApiToken, Notice, NoticeKind, Space, Trace, TraceKind
from spaces.traces import leave_trace
from valuecreation.models import DeletionRequest, FetchedStory, Story

LINK = "a story was withdrawn"  # what the signed link is for, and nothing else


def note_fetched(trace: Trace, stories: Iterable[int]) -> None:
    """Write down which stories were in what somebody fetched; anew if they were in it before."""
    now = timezone.now()
    FetchedStory.objects.bulk_create(
        [FetchedStory(trace=trace, story_id=pk, fetched_at=now) for pk in stories],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["trace", "story"],
        update_fields=["fetched_at"],
    )


@transaction.atomic
def note_read(token: ApiToken, space: Space, stories: Iterable[int]) -> None:
    """Write down which stories a program was given with its key."""
    trace = leave_trace(space, kind=TraceKind.API, label="API", person=token.person, token=token)
    note_fetched(trace, sorted(set(stories)))


def ask_back(story: Story) -> list[int]:
    """A request for everybody who fetched a story since they were last asked to delete it."""
    fetched = FetchedStory.objects.of(story).by_somebody_else().not_asked_since()
    people = sorted(set(fetched.values_list("trace__person", flat=True)))
    DeletionRequest.objects.bulk_create(
        [DeletionRequest(story=story, person_id=pk, on=story.space.today) for pk in people],
        ignore_conflicts=True,
    )
    requests = list(DeletionRequest.objects.of(story).unsent().select_related("person"))
    for request in requests:
        address = reverse("valuecreation:deletion_done", args=[signed(request)])
        about = {"space": story.space, "number": request.pk, "address": address}
        Notice.objects.put([request.person], NoticeKind.DELETE, **about)
    return [request.pk for request in requests]


def withdrawn_and_not_asked_for() -> list[Story]:
    """Withdrawn stories that somebody fetched at the very moment, so that nobody asked them."""
    fetched = FetchedStory.objects.of_withdrawn().by_somebody_else().not_asked_since()
    stories = set(fetched.values_list("story", flat=True))
    return list(Story.objects.among(stories).select_related("space"))


def signed(request: DeletionRequest) -> str:
    """What the link in the mail carries: this one request, and that we wrote it."""
    return signed_links.signed(LINK, request.pk)


def request_signed(token: str) -> DeletionRequest | None:
    """The request that a link is for, if we wrote the link and the request is still there."""
    pk = signed_links.number_signed(LINK, token)
    return DeletionRequest.objects.with_all().numbered(pk).first() if pk else None
