"""Starting points for a space: wording and periods that a founder may change."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spaces.models import QUIET_AFTER, Boundary, Governance, StructureKind

Words = str | Promise
GAP = "…"  # where a proposed sentence waits for a founder's own words
USUAL_CONFIDENTIALITY = _("What was learnt may leave the room; who said it may not.")


@dataclass(frozen=True)
class SpaceTemplate:
    """What founding a space of one kind proposes."""

    code: str
    name: Words
    about: Words
    structure: tuple[str, ...] = ()
    governance: str = Governance.DECENTRALIZED
    boundary: str = Boundary.BY_INVITATION
    purpose: Words = ""
    unsure_of: Words = ""
    attention: Words = ""
    rhythm: Words = ""
    confidentiality: Words = USUAL_CONFIDENTIALITY
    min_group_size: int = 5
    quiet: dict[str, int] = field(default_factory=lambda: dict(QUIET_AFTER))


TEMPLATES = {
    template.code: template
    for template in (
        SpaceTemplate(
            "community_of_practice",
            _("Community of practice"),
            _("Practitioners with a shared craft and a history of learning together."),
            (StructureKind.COMMUNITY_OF_PRACTICE,),
            boundary=Boundary.BY_REQUEST,
            purpose=_("In our practice, … will be better for …"),
            unsure_of=_("Which of the things we each do make the difference, and when?"),
            attention=_("At each meeting somebody says what happened when they tried something."),
            rhythm=_("once a month, 75 minutes"),
        ),
        SpaceTemplate(
            "network",
            _("Network"),
            _("Links between people: reach and variety, without a shared commitment."),
            (StructureKind.NETWORK,),
            boundary=Boundary.BY_REQUEST,
            purpose=_("People who work on … find each other when it matters."),
            unsure_of=_("Who already knows what we are looking for?"),
            attention=_("Whoever was helped tells what came of it."),
            rhythm=_("every two months, and whenever somebody asks"),
            quiet=QUIET_AFTER | {"potential": 150, "applied": 180},
        ),
        SpaceTemplate(
            "team",
            _("Team"),
            _("People with something to deliver together, who also want to learn from it."),
            (StructureKind.TEAM,),
            governance=Governance.CENTRALIZED,
            purpose=_("What we deliver makes … better for …"),
            unsure_of=_("What do we do out of habit, without knowing whether it helps?"),
            attention=_("Every second week we look at what happened, before we plan."),
            rhythm=_("every second week, 45 minutes"),
            quiet={"potential": 45, "applied": 60, "realized": 60, "strategic": 45},
        ),
        SpaceTemplate(
            "pair",
            _("Pair"),
            _("Two people; one helps the other reach further, in turns."),
            (StructureKind.PAIR,),
            purpose=_("Each of us gets better at …"),
            unsure_of=_("What is just beyond what I can do alone?"),
            attention=_("We begin with what each of us tried since last time."),
            rhythm=_("every two weeks, an hour"),
            confidentiality=_("What we tell each other stays between us."),
            min_group_size=3,
            quiet={"potential": 30, "applied": 45, "realized": 60, "strategic": 60},
        ),
        SpaceTemplate(
            "event",
            _("Event or conversation"),
            _("One occasion. A space can last an hour."),
            (StructureKind.EVENT,),
            purpose=_("After this, people who came can …"),
            unsure_of=_("What did each of us come with that nobody has an answer to?"),
            attention=_("Three months later we ask everybody what came of it."),
            rhythm=_("once; a look back after three months"),
            quiet={"potential": 60, "applied": 90, "realized": 120, "strategic": 60},
        ),
        SpaceTemplate(
            "open_source_community",
            _("Open-source community"),
            _("A clear common goal, work reviewed by peers, commitments made in the open."),
            (StructureKind.OPEN_SOURCE_COMMUNITY,),
            boundary=Boundary.OPEN,
            purpose=_("Anybody can … without asking leave."),
            unsure_of=_("Does this bring us nearer to solving it?"),
            attention=_("We read what users did with the last release before planning the next."),
            rhythm=_("a call every four weeks; the rest in writing"),
            confidentiality=_("What is said here is public, unless somebody asks otherwise first."),
        ),
        SpaceTemplate(
            "collaboratory",
            _("Collaboratory"),
            _("Researchers at a distance who share data, instruments and results."),
            (StructureKind.COLLABORATORY,),
            purpose=_("Together we can find out … that none of us could alone."),
            unsure_of=_("Which of our results hold in the others' settings?"),
            attention=_("Each site reports what the shared protocol did there, null results too."),
            rhythm=_("monthly call, yearly meeting"),
            confidentiality=_(
                "Data and drafts stay among us until everybody who gave them agrees."
            ),
            quiet={"potential": 120, "applied": 180, "realized": 180, "strategic": 90},
        ),
        SpaceTemplate("scratch", _("From scratch"), _("An empty page, in your own words.")),
    )
}
