"""What a space holds and a space file cannot carry, named for whoever exports it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from evaluation.models import Coding, ContributionClaim, Indicator, IndicatorState, Release, Report
from framing.models import (
    AssumptionCheck,
    FramingEvent,
    FramingVersion,
    MomentAspiration,
    Risk,
    RiskState,
    SignToWatch,
    SponsorAspiration,
    VersionAnswer,
)
from spaces.models import (
    Absence,
    Draft,
    GroupSizeChange,
    Invitation,
    JoinLink,
    JoinRequest,
    Membership,
    NameClaim,
    RoleAssignment,
    Space,
    Trace,
)
from valuecreation.models import (
    FollowUp,
    HandOver,
    Lead,
    Moment,
    Statement,
    Story,
    StoryState,
    StoryStep,
    StoryVersion,
    Uptake,
    UptakeKind,
    Vignette,
)

Of = Callable[[Space], QuerySet]


@dataclass(frozen=True)
class LeftBehind:
    """So many things of one kind that stay in the program."""

    what: str
    count: int

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


def _where(model, path: str = "space", **found) -> Of:
    """The rows of a kind for which something holds; `path` leads to their space."""
    return lambda space: model.objects.filter(**{path: space}, **found)


def _but(model, path: str = "space", **usual) -> Of:
    """The rows of a kind but those for which something holds, which the file carries."""
    return lambda space: model.objects.filter(**{path: space}).exclude(**usual)


def _who_took_up(space: Space) -> QuerySet:
    rows = Uptake.objects.filter(moment__space=space).exclude(kind=UptakeKind.FRAMING_VERSION)
    return rows.exclude(kind=UptakeKind.WORDS, by=None, taken_up_on=None)


def _told_twice(space: Space) -> QuerySet:
    places = StoryStep.objects.filter(story__space=space).order_by().values("moment")
    twice = places.annotate(times=Count("pk")).filter(times__gt=1).values("moment")
    return Moment.objects.in_space(space).filter(pk__in=twice)


# Each kind of thing with the question that finds it; all are asked at once.
KINDS: list[tuple[str, Of]] = [
    (
        _("accounts of people, with their e-mail addresses"),
        lambda space: Membership.objects.in_space(space).with_account(),
    ),
    (_("days on which people left"), _where(Membership, left_on__isnull=False)),
    (_("who claimed which name"), _where(NameClaim, "membership__space")),
    (_("times people were away before they came back"), _where(Absence, "membership__space")),
    (_("what people said when they came"), _but(Membership, entry_story="", notice="")),
    (_("roles that have ended"), _where(RoleAssignment, "membership__space", until__isnull=False)),
    (_("changes of the smallest group"), _where(GroupSizeChange)),
    (_("lengths of periods that indicators say apart"), _but(Indicator, period_length="")),
    (_("invitations"), _where(Invitation)),
    (_("links to come in by"), _where(JoinLink)),
    (_("requests to join"), _where(JoinRequest)),
    (_("texts not sent yet"), _where(Draft)),
    (_("stories still being written"), _where(Story, state=StoryState.DRAFT)),
    (_("consents of retired stories"), _where(Story, state=StoryState.RETIRED)),
    (_("words of withdrawn stories"), _where(Story, state=StoryState.WITHDRAWN)),
    (_("notes told first, before stories had moments"), _but(Story, raw_text="")),
    (_("reasons given for the strength of stories"), _but(Story, substantiation="")),
    (_("marks that other factors are private"), _where(Story, other_factors_private=True)),
    (_("corrections not shared yet"), _but(Story, corrected__isnull=True)),
    (_("earlier wordings of stories"), _where(StoryVersion, "story__space", number__gt=1)),
    (_("moments in no story"), lambda space: Moment.objects.in_space(space).loose()),
    (_("moments in several stories, written in the first only"), _told_twice),
    (_("who took something up, and when"), _who_took_up),
    (_("stories offered to somebody else"), _where(HandOver, "story__space")),
    (_("questions about what happened"), _where(FollowUp, "moment__space")),
    (
        _("questions to others about stories that wait"),
        _where(Statement, "story__space", said_on__isnull=True),
    ),
    (_("addresses of people outside who were asked"), _but(Statement, "story__space", email="")),
    (_("composite vignettes"), _where(Vignette)),
    (_("sentences marked as worth following"), _where(Lead)),
    (_("framing events"), _where(FramingEvent)),
    (_("drafts of the framing"), lambda space: FramingVersion.objects.in_space(space).drafts()),
    (
        _("agreements and review dates of the framing"),
        lambda space: (
            FramingVersion.objects.in_space(space)
            .agreed()
            .exclude(agreement="", review_on__isnull=True)
        ),
    ),
    (_("what each member said to a framing"), _where(VersionAnswer, "version__space")),
    (_("looks at assumptions"), _where(AssumptionCheck, "assumption__version__space")),
    (
        _("owners and states of risks"),
        _but(Risk, "version__space", owner__isnull=True, state=RiskState.OPEN),
    ),
    (_("signs to watch"), _where(SignToWatch, "version__space")),
    (_("sponsors' hopes in their own words"), _where(SponsorAspiration)),
    (_("ties between moments and hopes"), _where(MomentAspiration, "moment__space")),
    (
        _("questions, methods and states of indicators"),
        _but(Indicator, question="", method="", state=IndicatorState.ACTIVE),
    ),
    (
        _("analysts' readings but the newest, and who read so when"),
        _where(Coding, "moment__space", by__isnull=False),
    ),
    (_("claims"), _where(ContributionClaim)),
    (_("releases"), _where(Release)),
    (_("reports"), _where(Report, "release__space")),
    (_("who fetched what"), _where(Trace)),
]
WORDS = {
    "unsure_of": _("what the space is unsure of"),
    "attention": _("how it pays attention"),
    "legal_basis": _("the legal basis it names"),
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
