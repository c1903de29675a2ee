"""What others say to stories, and how well these are borne out by it."""

from django.db.models import QuerySet

from spacefile.columns import Columns, Links, grouped, in_bulk
from spacefile.schema import StatementRecord, StoryRecord
from spaces.models import Membership
from valuecreation.models import Statement, Story
from valuecreation.rules.statements import ORDER, strength_of
from valuecreation.wording import fingerprint_of

STATEMENT = Columns(StatementRecord, Statement, by="member", apart=["earlier_wording"])
EARLIER = "earlier"  # what stands for a wording that is in the file no more


def store_statements(links: Links, told: list[tuple[Story, StoryRecord]]) -> None:
    """What was said to each story, and what its strength is without it."""
    spoken_to = [(story, entry) for story, entry in told if entry.statements]
    now = {story.pk: fingerprint_of(story) for story, _entry in spoken_to}
    rows = in_bulk(
        STATEMENT.to_row(
            links,
            said,
            story=story,
            asked_by_id=story.teller_id,
            about=EARLIER if said.earlier_wording else now[story.pk],
        )
        for story, entry in spoken_to
        for said in entry.statements
    )
    by_story = grouped((row.story_id, row) for row in rows)
    for story, _entry in told:
        others = strength_of("", by_story.get(story.pk, ()), now.get(story.pk, ""))
        over = ORDER.index(story.strength) > ORDER.index(others)
        story.told_strength = story.strength if over or not others else ORDER[1]
        story.strength = max(story.strength, others, key=ORDER.index)
    Story.objects.bulk_update([story for story, _e in told], ["strength", "told_strength"])


def statements_of(rows: QuerySet) -> dict[int, list[Statement]]:
    """What was said to some stories, by story, oldest first."""
    said = Statement.objects.filter(story__in=rows, said_on__isnull=False)
    return grouped((row.story_id, row) for row in said.order_by("said_on", "pk"))


def statement_records(links: Links, story: Story, rows) -> tuple[StatementRecord, ...]:
    """What was said to a story; of a member who is not in the file it stays behind."""
    known = [row for row in rows if row.member_id is None or row.member_id in links[Membership]]
    now = fingerprint_of(story) if known else ""
    return tuple(STATEMENT.to_record(links, row, earlier_wording=row.about != now) for row in known)
