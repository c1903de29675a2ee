"""What stories are found by, for each kind of reader, and which of them must be written anew."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.full_text import AskedWords, FoldedTextField, FullTextIndex
from learningspaces.lib.many import any_of
from spaces.models import Membership, RoleAssignment, Space
from spaces.permissions import Role
from valuecreation.consent import Attribution
from valuecreation.cycles import Audience
from valuecreation.models.reading import readable_anywhere
from valuecreation.models.story import Story

BEST = 300  # found texts that are ranked, the latest of them
LATEST = 2_000  # texts looked at one by one before an index is asked
AT_LEAST = 10  # of these, in each of many spaces
RANK = "ts_rank('{0, 0.2, 0.5, 1}', content, %s::tsquery)"


class ReaderKind(models.TextChoices):
    """For whom words are kept as they read them: an audience, or whoever told or wrote them."""

    SPACE = Audience.SPACE.value, _("the space")
    ORGANISATION = Audience.ORGANISATION.value, _("the organisation")
    PARTNER_SPACES = Audience.PARTNER_SPACES.value, _("partner spaces")
    PUBLIC = Audience.PUBLIC.value, _("everybody")
    TELLER = "teller", _("teller and collector")


def mark_of_space(space: int, reader: str) -> str:
    """The mark of what one kind of reader may find in a space."""
    return f"s{space}{reader.replace('_', '')}"


def mark_of_member(membership: int) -> str:
    """The mark of what a member told or wrote down."""
    return f"m{membership}"


def mark_of_cycle(cycle: str) -> str:
    """The mark of what holds a moment of a cycle."""
    return f"c{cycle.replace('_', '')}"


class Reach:
    """What a person looks through: for each of their spaces as what they read there, and their own.

    With a space only what is in it.
    """

    def __init__(self, person, space: Space | None = None):
        mine = Membership.objects.filter(person=person)
        held: dict[int, set[str]] = {}
        for where, role in RoleAssignment.objects.giving_access().of_person(person):
            held.setdefault(where, set()).add(role)
        if space:
            mine = mine.in_space(space)
        self.person = person
        self.members = dict(mine.order_by().values_list("pk", "space"))
        self.spaces: dict[str, list[int]] = {Audience.SPACE: [], Audience.ORGANISATION: []}
        for where in sorted(set(self.members.values())):
            sponsors = held.get(where) == {Role.SPONSOR}
            self.spaces[Audience.ORGANISATION if sponsors else Audience.SPACE].append(where)

    def reads_as(self, space: int) -> str:
        """What they read in a space as."""
        sponsors = space in self.spaces[Audience.ORGANISATION]
        return Audience.ORGANISATION.value if sponsors else Audience.SPACE.value

    @property
    def own(self) -> list[str]:
        """The marks of what they told or wrote down."""
        return [mark_of_member(member) for member in self.members]

    @property
    def others(self) -> list[str]:
        """The marks of what they may find as one of their spaces' readers."""
        return [mark_of_space(one, reader) for reader, some in self.spaces.items() for one in some]


class SearchedStoryQuerySet(models.QuerySet):
    def for_user(self, person):
        """What a person may find: as one of an audience, or as who told it."""
        own = Q(story__teller__person=person) | Q(story__collector__person=person)
        as_named = Q(attribution=F("story__consent__attribution")) & ~own
        theirs = Q(own, reader=ReaderKind.TELLER) | Q(as_named, ~Q(reader=ReaderKind.TELLER))
        return self.filter(readable_anywhere(person, prefix="story__"), theirs)

    def of_stories(self, stories):
        return self.filter(story__in=stories)

    def best(
        self,
        asked: AskedWords,
        reach: Reach,
        *,
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> list[int]:
        """The stories that fit best among the latest, told from one day to another.

        What fits is looked up in an index; whether it may be read is the consent policy's to say.
        """
        if not asked or not reach.members:
            return []
        look = _in_vectors if connection.vendor == "postgresql" else _in_fts
        ranks = look(asked, reach, (first or dt.date.min, last or dt.date.max))
        rows = self.for_user(reach.person).filter(pk__in=any_of(list(ranks)))
        kept = rows.values_list("pk", "listed_on", "story__public_id", "story")
        found = sorted(((ranks[pk], *row) for pk, *row in kept), reverse=True)
        return list(dict.fromkeys(story for *_order, story in found))


class SearchedStory(models.Model):
    """A story as one kind of reader finds it: the words, names and days that they may read.

    What gave way to other words for a reader does not stand in theirs. Written by the worker.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="searched", db_index=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="searched")
    reader = models.CharField(max_length=15, choices=ReaderKind)
    attribution = models.CharField(max_length=10, choices=Attribution, blank=True, default="")
    listed_on = models.DateField()
    listed_until = models.DateField()
    fingerprint = models.CharField(max_length=64)
    content = FoldedTextField()

    objects = SearchedStoryQuerySet.as_manager()

    class Meta:
        indexes = [
            FullTextIndex(fields=["content"], name="searched_words"),
            models.Index(fields=["space", "reader", "-listed_on"], name="searched_latest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["story", "reader"], name="searched_once"),
        ]

    def __str__(self):
        return f"{self.story_id} {self.reader}"

    def same_as(self, other: "SearchedStory") -> bool:
        """Whether two rows hold the same."""
        return self.fingerprint == other.fingerprint


class SearchDueQuerySet(models.QuerySet):
    def for_user(self, person):
        """Nobody reads these rows; they are the worker's own."""
        return self.none()

    def numbered(self, pks):
        return self.filter(pk__in=pks)

    def first_of(self, space, most) -> list[tuple[int, int]]:
        """(number, story) of those that wait longest, of a space or of all."""
        rows = self.filter(story__space=space) if space else self
        return list(rows.order_by("pk").values_list("pk", "story")[:most])


class SearchDue(models.Model):
    """Says that the words of a story, or their readers, have changed since they were searched.

    Rows are added with a change and taken away by the worker that has written them anew.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="search_due")
    created_at = models.DateTimeField(default=timezone.now)

    objects = SearchDueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.story_id)


class SearchedNamesQuerySet(models.QuerySet):
    def for_user(self, person):
        """Nobody reads these rows; they are the worker's own."""
        return self.none()


class SearchedNames(models.Model):
    """How the people of a space were called when its stories were last written to be searched."""

    space = models.OneToOneField(Space, models.CASCADE, related_name="searched_names")
    fingerprint = models.CharField(max_length=64)

    objects = SearchedNamesQuerySet.as_manager()

    def __str__(self):
        return str(self.space_id)


# --- how the two databases are asked ---------------------------------------------------------


def _in_vectors(asked: AskedWords, reach: Reach, days: Sequence[dt.date]) -> dict[int, float]:
    """Found rows with their ranks: first among the latest, one by one, then by the index.

    Of a common word the latest are enough; a rare one the index finds quickly.
    """
    query = asked.as_vector_query()
    found = _among_latest(query, reach, days)
    marks = reach.own if len(found) >= BEST else reach.own + reach.others
    return found | _by_index(query, marks, days)


def _among_latest(query: str, reach: Reach, days: Sequence[dt.date]) -> dict[int, float]:
    spaces = [(one, reader) for reader, some in reach.spaces.items() for one in some]
    each = max(AT_LEAST, LATEST // max(1, len(spaces)))
    latest = (
        "SELECT id, listed_on, content FROM valuecreation_searchedstory"
        " WHERE space_id = here.space AND reader = here.reader"
        " AND listed_on <= %s AND listed_until >= %s ORDER BY listed_on DESC LIMIT %s"
    )
    sql = (
        f"SELECT id, {RANK} FROM unnest(%s::bigint[], %s::text[]) AS here (space, reader)"
        f" CROSS JOIN LATERAL ({latest}) AS latest WHERE content @@ %s::tsquery"
        " ORDER BY listed_on DESC LIMIT %s"
    )
    kinds = [str(reader) for _one, reader in spaces]
    given = [query, [one for one, _reader in spaces], kinds, days[1], days[0], each, query, BEST]
    return _asked(sql, given)


def _by_index(query: str, marks: Collection[str], days: Sequence[dt.date]) -> dict[int, float]:
    marked = " | ".join(f"'/{mark}'" for mark in marks)
    sql = (
        "WITH found AS MATERIALIZED (SELECT id, listed_on, content"
        " FROM valuecreation_searchedstory WHERE content @@ %s::tsquery"
        " AND listed_on <= %s AND listed_until >= %s),"
        " latest AS MATERIALIZED (SELECT id, content FROM found ORDER BY listed_on DESC LIMIT %s)"
        f" SELECT id, {RANK} FROM latest"
    )
    return _asked(sql, [f"({marked}) & {query}", days[1], days[0], BEST, query])


def _in_fts(asked: AskedWords, reach: Reach, days: Sequence[dt.date]) -> dict[int, float]:
    """Found rows with their ranks, those that were written last."""
    marked = " OR ".join(f'"{mark}"' for mark in reach.own + reach.others)
    sql = (
        "SELECT searched.id, -bm25(searched_words, 0, 10, 4, 1)"
        " FROM searched_words CROSS JOIN valuecreation_searchedstory searched"
        " ON searched.id = searched_words.rowid WHERE searched_words MATCH %s"
        " AND searched.listed_on <= %s AND searched.listed_until >= %s"
        " ORDER BY searched_words.rowid DESC LIMIT %s"
    )
    match = f"marks : ({marked}) AND {asked.as_match()}"
    return _asked(sql, [match, days[1], days[0], BEST * 2])


def _asked(sql: str, given: list) -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return dict(cursor.fetchall())
