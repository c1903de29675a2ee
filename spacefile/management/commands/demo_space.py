"""Brings the worked example to life: the space, six people who can sign in, work in progress."""

import datetime as dt
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from evaluation import actions, tasks
from evaluation.models import Confidence, ContributionClaim, Indicator, Release
from framing import actions as framing
from framing.models import Aspiration
from spacefile.reading import read
from spacefile.shifting import shift
from spacefile.store import store
from spaces.models import Membership, Person, Space
from valuecreation import actions as telling
from valuecreation import still_notices
from valuecreation.cycles import Audience
from valuecreation.models import Moment, Story

WORKED_EXAMPLE = Path(__file__).parents[2] / "fixtures" / "lower_leg_circle.yaml"
PEOPLE = ("P01", "P02", "P04", "P10", "X1", "X2")
AGENDA = [
    {"title": "What has changed since we last agreed", "minutes": 15},
    {"title": "Hopes, cycle by cycle", "minutes": 30, "prompt": "What would you love to see?"},
    {"title": "Doubts", "minutes": 20, "prompt": "What are you unsure of?"},
    {"title": "With Denise: her hopes beside ours", "minutes": 20, "with_sponsor": True},
]


class Command(BaseCommand):
    help = "Imports the worked example, moved to the present, unless it is there already."

    def handle(self, *args, **options):
        document, _faults = read(WORKED_EXAMPLE.read_bytes(), name=WORKED_EXAMPLE.name)
        if Space.objects.with_slug(document.space.slug).exists():
            self.stderr.write("The worked example is there already.")
            return
        with transaction.atomic():
            space = store(shift(document, timezone.now().date()))
            people = {ref: sign_up(space, ref) for ref in PEOPLE}
            plan_event(space, people)
            ask(space, people)
            still_notices.note_still(space)
            claim(space, people)
            contents = freeze(space, people)
        tasks.build_release(contents.pk)
        self.stderr.write(f"{space.name} is at /spaces/{space.slug}/")


def sign_up(space: Space, ref: str) -> Membership:
    """Let one of the file's people sign in; addresses under .invalid reach nobody."""
    member = Membership.objects.get(space=space, ref=ref)
    email = f"{member.first_name.lower()}@demo.invalid"
    person = Person.objects.create_user(email, name=member.name, time_zone=space.time_zone)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    member.person = person
    member.save(update_fields=["person"])
    return member


def plan_event(space: Space, people: dict[str, Membership]) -> None:
    """A framing event next week: it is time to look again."""
    at = dt.datetime.combine(space.today + dt.timedelta(days=7), dt.time(14), dt.UTC)
    framing.plan_event(
        space,
        by=people["P01"],
        title="Do our hopes still fit?",
        starts_at=at,
        place="online",
        steps=AGENDA,
        facilitator=people["P02"],
        people=list(people.values()),
    )


def ask(space: Space, people: dict[str, Membership]) -> None:
    """A question that waits for its answer."""
    telling.ask_what_happened(
        Moment.objects.get(space=space, ref="S6.6"),
        by=people["P02"],
        question="What became of the warning-sign card? Who uses it by now?",
    )


def claim(space: Space, people: dict[str, Membership]) -> None:
    """What the space thinks it contributed to, with what speaks for and against it."""
    row = ContributionClaim.objects.create(
        space=space,
        aspiration=Aspiration.objects.get(version__space=space, key="A-APP"),
        statement=(
            "The Circle contributed to earlier Doppler assessments through trust in one's own "
            "readings and having the kit at hand."
        ),
        other_influences=(
            "South bought two new machines in July, not through the Circle; the county's "
            "wound-care week in March."
        ),
        counter_evidence="The assumption that nurses lacked time proved false.",
        confidence=Confidence.PLAUSIBLE,
        agreed_in_session=space.file_as_of or space.today,
        written_by=people["X2"],
    )
    row.stories.set([Story.objects.get(space=space, ref=ref) for ref in ("S1", "S10")])
    row.observations.set(Indicator.objects.get(space=space, ref="I3").observations.all())


def freeze(space: Space, people: dict[str, Membership]) -> Release:
    """A first release for the sponsor, to look at and to print."""
    return actions.freeze_release(
        space,
        by=people["X2"],
        period_start=space.founded_on,
        period_end=space.file_as_of,
        audience=Audience.ORGANISATION,
        title="The first year",
        asks="Ask the devices group for a way to sign off loans between organisations.",
    )
