"""What a space holds and a space file cannot carry, named for whoever exports it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from evaluation.models import ContributionClaim, Indicator, IndicatorState, Release, Report
from framing.models import (
    AssumptionCheck,
    FramingEvent,
    FramingVersion,
    MomentAspiration,
    Risk,
    RiskState,
    SignToWatch,
    SponsorAspiration,
)
from spaces.models import Invitation, JoinRequest, Membership, RoleAssignment, Space
from valuecreation.models import (
    Draft,
    FollowUp,
    Moment,
    Story,
    StoryState,
    StoryStep,
    StoryVersion,
    Uptake,
    UptakeKind,
)

Of = Callable[[Space], QuerySet]


@dataclass(frozen=True)
class LeftBehind:
    """So many things of one kind that stay in the program."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


# Each kind of thing with the question that finds it; all are asked at once.
KINDS: list[tuple[str, Of]] = [
    (_("accounts of people, with their e-mail addresses"), lambda s: _members(s).with_account()),
    (_("days on which people left"), lambda s: _members(s).filter(left_on__isnull=False)),
    (
        _("what people said when they came"),
        lambda s: _members(s).exclude(entry_story="", notice=""),
    ),
    (
        _("roles that have ended"),
        lambda s: RoleAssignment.objects.of_space(s).filter(until__isnull=False),
    ),
    (_("invitations"), lambda s: Invitation.objects.in_space(s)),
    (_("requests to join"), lambda s: JoinRequest.objects.in_space(s)),
    (_("texts not sent yet"), lambda s: Draft.objects.in_space(s)),
    (_("stories still being written"), lambda s: _stories(s).in_state(StoryState.DRAFT)),
    (_("consents of retired stories"), lambda s: _stories(s).in_state(StoryState.RETIRED)),
    (_("words of withdrawn stories"), lambda s: _stories(s).withdrawn()),
    (_("notes told first, before stories had moments"), lambda s: _stories(s).exclude(raw_text="")),
    (
        _("reasons given for the strength of stories"),
        lambda s: _stories(s).exclude(substantiation=""),
    ),
    (
        _("marks that other factors are private"),
        lambda s: _stories(s).filter(other_factors_private=True),
    ),
    (
        _("earlier wordings of stories"),
        lambda s: StoryVersion.objects.filter(story__space=s, number__gt=1),
    ),
    (_("moments in no story"), lambda s: Moment.objects.in_space(s).loose()),
    (
        _("moments in several stories, written in the first only"),
        lambda s: Moment.objects.in_space(s).filter(pk__in=_told_twice(s)),
    ),
    (
        _("who took something up, and when"),
        lambda s: (
            Uptake.objects.filter(moment__space=s)
            .exclude(kind=UptakeKind.FRAMING_VERSION)
            .exclude(kind=UptakeKind.WORDS, by=None, taken_up_on=None)
        ),
    ),
    (_("questions about what happened"), lambda s: FollowUp.objects.in_space(s)),
    (_("framing events"), lambda s: FramingEvent.objects.in_space(s)),
    (_("drafts of the framing"), lambda s: FramingVersion.objects.in_space(s).drafts()),
    (
        _("agreements and review dates of the framing"),
        lambda s: (
            FramingVersion.objects.in_space(s)
            .agreed()
            .exclude(agreement="", review_on__isnull=True)
        ),
    ),
    (
        _("looks at assumptions"),
        lambda s: AssumptionCheck.objects.filter(assumption__version__space=s),
    ),
    (
        _("owners and states of risks"),
        lambda s: Risk.objects.filter(version__space=s).exclude(
            owner__isnull=True, state=RiskState.OPEN
        ),
    ),
    (_("signs to watch"), lambda s: SignToWatch.objects.filter(version__space=s)),
    (_("sponsors' hopes in their own words"), lambda s: SponsorAspiration.objects.in_space(s)),
    (
        _("ties between moments and hopes"),
        lambda s: MomentAspiration.objects.filter(moment__space=s),
    ),
    (
        _("questions, methods and states of indicators"),
        lambda s: Indicator.objects.in_space(s).exclude(
            question="", method="", state=IndicatorState.ACTIVE
        ),
    ),
    (_("claims"), lambda s: ContributionClaim.objects.in_space(s)),
    (_("releases"), lambda s: Release.objects.in_space(s)),
    (_("reports"), lambda s: Report.objects.filter(release__space=s)),
]
WORDS = {
    "unsure_of": _("what the space is unsure of"),
    "attention": _("how it pays attention"),
    "closing_reflection": _("its closing reflection"),
}


def left_behind(space: Space) -> list[LeftBehind]:
    """Everything that the file of this space does not carry, found with one query."""
    return [*_found(space), *_words(space)]


def _found(space: Space) -> Iterator[LeftBehind]:
    first, *others = [_counted(number, of(space)) for number, (_what, of) in enumerate(KINDS)]
    counts = dict(first.union(*others, all=True))
    for number, (what, _of) in enumerate(KINDS):
        if counts.get(number):
            yield LeftBehind(str(what), counts[number])


def _counted(number: int, rows: QuerySet) -> QuerySet:
    """One row: which kind of thing, and how many there are."""
    numbered = rows.order_by().annotate(asked_as=Value(number)).values("asked_as")
    return numbered.annotate(many=Count("pk")).values_list("asked_as", "many")


def _words(space: Space) -> Iterator[LeftBehind]:
    for name, what in WORDS.items():
        if getattr(space, name):
            yield LeftBehind(str(what), 1)
    if space.time_zone != "UTC":
        yield LeftBehind(str(_("its time zone")), 1)


def _told_twice(space: Space):
    places = StoryStep.objects.filter(story__space=space).order_by().values("moment")
    return places.annotate(times=Count("pk")).filter(times__gt=1).values("moment")


def _members(space: Space):
    return Membership.objects.in_space(space)


def _stories(space: Space):
    return Story.objects.in_space(space)
