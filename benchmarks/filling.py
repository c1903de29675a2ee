"""What lies in the databases: the measured space, a small one, and many others beside them."""

import sys

from django.core.management import call_command
from django.db import transaction

from benchmarks.app import Membership, Person, Role, RoleAssignment, Space, wrong_totals
from benchmarks.databases import Sizes
from benchmarks.multiplying import at_full_speed, highest_numbers, multiply
from benchmarks.seed import Seed, in_bulk

LARGE, SMALL, OTHER = "bench-large", "bench-small", "bench-other"
EVERYWHERE = "everywhere@example.org"
SMALL_STORIES = 40  # stories of the small space: as many kinds of them as in the large one
SHARES = (0.2, 0.4, 0.6, 1.3, 2.5)  # the sizes of other spaces, as shares of the mean
FEWEST = 10  # stories of any other space
SPACES_OF_ONE = 200


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def fill_measured(sizes: Sizes) -> None:
    """The tables, the space that is measured and a small one beside it."""
    call_command("migrate", verbosity=0)
    say(f"Making a space with {sizes.stories} stories …")
    with transaction.atomic():
        Seed(LARGE, sizes.stories).fill()
        Seed(SMALL, SMALL_STORIES).fill()


def fill_others(sizes: Sizes) -> None:
    """Many other spaces: a few of different sizes, each copied many times."""
    if not sizes.others:
        return
    say(f"Making {sizes.others} other spaces with {sizes.other_stories} stories …")
    for kind, share in enumerate(SHARES):
        number = len(range(kind, sizes.others, len(SHARES)))
        if number:
            stories = max(FEWEST, round(share * sizes.other_stories / sizes.others))
            fill_kind(f"{OTHER}-{kind}", stories, number)
    enter_everywhere()


def fill_kind(slug: str, stories: int, number: int) -> None:
    """So many spaces of so many stories, alike but for their numbers."""
    with transaction.atomic():
        before = highest_numbers()
        Seed(slug, stories).fill()
        with at_full_speed():
            multiply(before, number - 1)
    last = Space.objects.order_by("-pk").first()
    if wrong := wrong_totals(last):
        raise AssertionError(f"The totals of the copied space {last.slug} are wrong: {wrong}")


def enter_everywhere() -> None:
    """Somebody who takes part in many of the other spaces."""
    person = Person.objects.create(email=EVERYWHERE, name="Somebody everywhere")
    others = list(Space.objects.filter(slug__startswith=OTHER).order_by("pk"))
    spaces = others[:: max(1, len(others) // SPACES_OF_ONE)][:SPACES_OF_ONE]
    rows = [
        Membership(space=one, person=person, ref="X1", name=person.name, joined_on=one.founded_on)
        for one in spaces
    ]
    in_bulk(
        RoleAssignment,
        [
            RoleAssignment(membership=row, role=Role.PARTICIPANT, since=row.joined_on)
            for row in in_bulk(Membership, rows)
        ],
    )
