"""What a space says about itself, as one of its members reads it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learningspaces.lib.dates import today_in
from spaces.models import Boundary, Governance, GroupSizeChange, RoleAssignment, SpaceLink
from spaces.permissions import Role
from spaces.presentation.days import text_words
from spaces.presentation.people import ROLE_WORDS
from spaces.presentation.viewer import Viewer

MOST_CHANGES = 10  # of the smallest group

WHO_BELONGS = {
    Boundary.OPEN: _("Anybody who is signed in may join."),
    Boundary.BY_REQUEST: _("Whoever wants to take part asks, and somebody here answers."),
    Boundary.BY_INVITATION: _("People come in by invitation."),
}
HOW_WE_DECIDE = {
    Governance.DECENTRALIZED: _("It is our own space; nobody owns it."),
    Governance.CENTRALIZED: _("The space lives inside one organisation, which answers for it."),
}


@dataclass(frozen=True, kw_only=True)
class AboutLine:
    """One thing that a space says about itself; `field` names where it is changed."""

    label: str | Promise
    words: str | Promise
    field: str
    prominent: bool = False  # in large letters: what the space is for


@dataclass(frozen=True, kw_only=True)
class LookedAfter:
    """A role, and who holds it today."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class KnownSpace:
    """Another space that this one knows, and through whom."""

    name: str
    through: tuple[str, ...]


OWN_WORDS = [  # field, what it is called, whether it stands in large letters
    ("purpose", _("The difference we care about"), True),
    ("unsure_of", _("What we are unsure of"), True),
    ("attention", _("How we pay attention"), True),
    ("confidentiality_note", _("What stays here"), False),
    ("legal_basis", _("Legal basis"), False),
    ("rhythm", _("Rhythm"), False),
]


def about_lines(viewer: Viewer) -> list[AboutLine]:
    """The space in its own words, then its rules; what nobody has said yet is left out."""
    space = viewer.space
    said = [
        AboutLine(
            label=label, words=viewer.typed(getattr(space, field)), field=field, prominent=prominent
        )
        for field, label, prominent in OWN_WORDS
    ]
    rules = [
        (_("Who belongs here"), WHO_BELONGS[Boundary(space.boundary_policy)], "boundary_policy"),
        (_("How we decide"), HOW_WE_DECIDE[Governance(space.governance)], "governance"),
        (
            _("Smallest group shown"),
            smallest_group(viewer),
            "min_group_size",
        ),
    ]
    return [
        *(line for line in said if line.words),
        *(AboutLine(label=label, words=words, field=field) for label, words, field in rules),
    ]


def smallest_group(viewer: Viewer) -> str:
    """How few people a figure may be about, and who changed that when, the latest first."""
    said = [
        _("Figures about fewer than %(people)s people are not shown.")
        % {"people": viewer.space.min_group_size}
    ]
    changes = GroupSizeChange.objects.of_space(viewer.space).newest_first()
    for change in changes.select_related("by")[:MOST_CHANGES]:
        words = {
            "before": change.before,
            "after": change.after,
            "day": text_words(today_in(viewer.space.time_zone, change.changed_at).isoformat()),
            "who": viewer.member(change.by).label if change.by else "",
        }
        sentence = (
            _("%(who)s changed it from %(before)s to %(after)s, %(day)s.")
            if words["who"]
            else _("It was changed from %(before)s to %(after)s, %(day)s.")
        )
        said.append(sentence % words)
    return " ".join(said)


def looked_after(viewer: Viewer) -> list[LookedAfter]:
    """Who looks after what today: convener and facilitator first, then the leadership roles."""
    held: dict[str, list[str]] = {
        code: [] for code in ROLE_WORDS if code not in (Role.PARTICIPANT, Role.SPONSOR)
    }
    rows = RoleAssignment.objects.of_space(viewer.space).in_force(viewer.space.today)
    for row in rows.select_related("membership").order_by("since", "pk"):
        if row.role in held:
            held[row.role].append(viewer.member(row.membership).label)
    order = sorted(held, key=lambda code: code != Role.CONVENER)
    return [
        LookedAfter(role=str(ROLE_WORDS[code]), names=tuple(held[code]))
        for code in order
        if held[code]
    ]


def known_spaces(viewer: Viewer) -> list[KnownSpace]:
    """The other spaces that this one is linked with."""
    links = SpaceLink.objects.of_space(viewer.space).prefetch_related("via")
    return [
        KnownSpace(
            name=link.name,
            through=tuple(viewer.member(member).label for member in link.via.all()),
        )
        for link in links.order_by("name", "pk")
    ]
