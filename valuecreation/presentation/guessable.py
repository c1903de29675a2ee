"""What could tell who somebody is although no name stands there: in a small group, who is alone
in what they do, where they go, and on which day."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spaces.models import Membership, SpaceLink
from valuecreation.cycles import MomentStatus, Precision
from valuecreation.models import Story


@dataclass(frozen=True)
class Guessable:
    """One thing that singles somebody out, and what would mend it."""

    what: str
    mend: str


def guessable_in(story: Story, mentioned: list[Membership]) -> list[Guessable]:
    """What singles somebody out in a story (with its steps), beside what its teller does."""
    return [*_roles(story, mentioned), *_places(story), *_days(story)]


def _roles(story: Story, mentioned: list[Membership]):
    here = Membership.objects.current().in_space(story.space).values_list("practice", flat=True)
    times = Counter(practice.strip().casefold() for practice in here) if mentioned else {}
    for member in mentioned:
        practice = member.practice.strip()
        if practice and times.get(practice.casefold(), 0) <= 1:
            said = _("%(name)s is the only “%(practice)s” here: without the name they are known.")
            mend = _("Ask them, or write what was done without saying by whom.")
            yield Guessable(said % {"name": member.name, "practice": practice}, mend)


def _places(story: Story):
    elsewhere = {step.moment.other_space_id: step.moment for step in story.steps.all()}
    elsewhere.pop(None, None)
    links = SpaceLink.objects.of_space(story.space).prefetch_related("via") if elsewhere else ()
    for link in links:
        people = list(link.via.all())
        if link.pk in elsewhere and len(people) == 1:
            said = _("Only %(name)s goes between here and %(space)s: the place tells who it was.")
            mend = _("Correct where it happened, or leave the place open.")
            yield Guessable(said % {"name": people[0].name, "space": link.name}, mend)


def _days(story: Story):
    exact = [
        step
        for step in story.steps.all()
        if step.moment.status == MomentStatus.ACTUAL and step.moment.precision == Precision.DAY
    ]
    if exact:
        said = ngettext(
            "One moment says the exact day: whoever was there that day knows who it was.",
            "%(n)d moments say the exact day: whoever was there on those days knows who it was.",
            len(exact),
        )
        mend = _("Correct the moment and say the month, the quarter or the year.")
        yield Guessable(said % {"n": len(exact)}, mend)
