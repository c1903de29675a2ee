"""Keeps up to date what stories are found by: changes are noted, and written by a worker."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction

from learningspaces.lib.many import any_of
from spaces.models import Membership, OtherName, RoleAssignment, Space
from valuecreation.models import SearchDue, SearchedNames, SearchedStory, Story
from valuecreation.searching.texts import StoryTexts

AT_ONCE = 100  # stories written in one transaction
BATCH = 500


def note_stories(stories: Iterable[Story]) -> set[int]:
    """Note that stories must be written anew; the spaces that they are in.

    Rows are only added, so that nobody waits for anybody.
    """
    here = {story.pk: story.space_id for story in stories if story.pk}
    SearchDue.objects.bulk_create(SearchDue(story_id=pk) for pk in here)
    return set(here.values())


def note_space(space: Space) -> None:
    """Note that every story of a space must be written anew."""
    stories = Story.objects.in_space(space).order_by().values_list("pk", flat=True)
    rows = [SearchDue(story_id=pk) for pk in stories]
    SearchDue.objects.bulk_create(rows, batch_size=BATCH)


def write_due(space: Space | None = None) -> int:
    """Write what is due, of a space or of all; how many rows have changed.

    Safe twice and at once: what is written is made from the rows as they are.
    """
    changed = 0
    while due := SearchDue.objects.first_of(space, AT_ONCE):
        with transaction.atomic():
            changed += write({story for _pk, story in due})
            SearchDue.objects.numbered([pk for pk, _story in due]).delete()
    return changed


@transaction.atomic
def write(stories: Collection[int]) -> int:
    """Write some stories anew for all their readers; how many rows have changed."""
    rows = hold(stories)
    found = Space.objects.filter(pk__in={row.space_id for row in rows})
    spaces = {space.pk: StoryTexts(space) for space in found}
    wanted = {
        (row.story_id, row.reader): row
        for story in rows
        for row in spaces[story.space_id].rows_of(story)
    }
    kept = {
        (row.story_id, row.reader): row
        for row in SearchedStory.objects.of_stories(any_of(stories)).defer("content")
    }
    same = {key for key, row in wanted.items() if key in kept and row.same_as(kept[key])}
    gone = [row.pk for key, row in kept.items() if key not in same]
    SearchedStory.objects.filter(pk__in=gone).delete()
    fresh = [row for key, row in wanted.items() if key not in same]
    SearchedStory.objects.bulk_create(fresh, batch_size=BATCH)
    return len(gone) + len(fresh)


def hold(stories: Collection[int]) -> list[Story]:
    """Some stories as they are, while no other worker writes them."""
    held = Story.objects.among(sorted(stories)).order_by("pk")
    list(held.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    return list(held.with_moments())


# --- names -----------------------------------------------------------------------------------


def note_renamed() -> list[Space]:
    """Note the stories of spaces whose people are called otherwise than when they were written."""
    now = names_by_space()
    before = dict(SearchedNames.objects.values_list("space", "fingerprint"))
    changed = [space for space, said in now.items() if before.get(space) != said]
    spaces = list(Space.objects.filter(pk__in=changed))
    for space in spaces:
        with transaction.atomic():
            said = {"fingerprint": now[space.pk]}
            SearchedNames.objects.update_or_create(space=space, defaults=said)
            note_space(space)
    return spaces


def names_by_space() -> dict[int, str]:
    """For each space a fingerprint of all that decides how its people are called."""
    called = ("pk", "ref", "name", "practice", "outside", "person", "person__email")
    said = defaultdict(hashlib.sha256)
    for rows in (
        Membership.objects.order_by("space", "pk").values_list("space", *called),
        OtherName.objects.order_by("pk").values_list("membership__space", "membership", "name"),
        RoleAssignment.objects.filter(membership__outside=True)
        .order_by("pk")
        .values_list("membership__space", "membership", "role"),
    ):
        for space, *words in rows.iterator(chunk_size=2000):
            said[space].update(repr(words).encode())
    return {space: name.hexdigest() for space, name in said.items()}


def note_missed() -> None:
    """Note the stories that no reader can find and that nobody has noted."""
    rows = [SearchDue(story_id=pk) for pk in Story.objects.never_searched()]
    SearchDue.objects.bulk_create(rows, batch_size=BATCH)
