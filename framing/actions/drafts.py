"""A framing version from its first draft to its agreement. What is agreed stands for good.

The words of an agreed version are never changed: every action here and in `parts` asks
`require_draft` first. What people observe about it later (an assumption checked, an uncertainty
explored, a risk that happened) is an observation with its own day, not a change of words.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from framing.actions.aspirations import take_in_waiting_aspirations
from framing.models import FramingVersion, Reframing, Uncertainty, VersionState
from framing.rules import cause_violations, order_violations
from spaces.models import Membership, Space
from spaces.revisions import claim_revision
from valuecreation import tasks
from valuecreation.actions import require_no_nameless
from valuecreation.models import Flow, FlowKind, FlowStatus, Moment, Story, Uptake, UptakeKind
from valuecreation.summaries.tallies import counted

WORDS = ("difference", "reason", "agreement", "review_on")


def require_draft(version: FramingVersion) -> FramingVersion:
    """The version as it is stored now, held until the transaction ends; refused once agreed."""
    stored = FramingVersion.objects.select_for_update().get(pk=version.pk)
    if stored.is_agreed:
        assert stored.agreed_on, "an agreed version has its day"
        said = {"number": stored.number, "day": date_format(stored.agreed_on, "j F Y")}
        raise ValidationError(
            _(
                "Version %(number)s was agreed on %(day)s and its words stand. "
                "Begin a new version to say it differently."
            )
            % said,
            code="agreed",
        )
    return stored


@transaction.atomic
def begin_draft(
    space: Space,
    *,
    by: Membership,
    difference: str = "",
    reason: str = "",
    causes: Iterable[Moment] = (),
) -> FramingVersion:
    """Start the next version: it takes over the hopes and open uncertainties of the last one."""
    Space.objects.select_for_update().get(pk=space.pk)
    if FramingVersion.objects.in_space(space).drafts().exists():
        raise ValidationError(_("There is a draft already. Work on it together."))
    last = FramingVersion.objects.in_space(space).agreed().newest_first().first()
    draft = FramingVersion(
        space=space,
        number=last.number + 1 if last else 1,
        difference=difference.strip() or (last.difference if last else space.purpose),
        reason=reason,
        agreement=last.agreement if last else "",
        supersedes=last,
    )
    draft.clean_fields(exclude=["space", "supersedes"])
    draft.save()
    if last:
        _go_on_asking(draft, last)
    else:
        _begin_asking(draft)
    for moment in causes:
        add_cause(draft, moment, by=by)
    take_in_waiting_aspirations(draft)
    return draft


def _go_on_asking(draft: FramingVersion, last: FramingVersion) -> None:
    """Copies of what is still uncertain, and of what is about no single hope."""
    asked = list(Uncertainty.objects.in_version(last).still_asked())
    for row in asked:
        row.pk, row.version, row.revision = None, draft, 0
        row._state.adding = True
        row.save()
    for parts in (last.assumptions, last.risks, last.signs):
        for row in parts.filter(aspiration__isnull=True):
            row.pk, row.version, row.revision = None, draft, 0
            row._state.adding = True
            row.save()


def _begin_asking(draft: FramingVersion) -> None:
    """The first version begins with what the space said it is unsure of, a line each."""
    lines = [line.strip() for line in draft.space.unsure_of.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        Uncertainty.objects.create(version=draft, key=f"U{number}", text=line)


@transaction.atomic
def edit_draft(version: FramingVersion, *, by: Membership, seen: int, **words) -> None:
    """Change what a draft says besides its parts."""
    require_draft(version)
    claim_revision(version, seen)
    for name in WORDS:
        if name in words:
            setattr(version, name, words[name])
    version.clean_fields(exclude=["space", "supersedes"])
    version.save(update_fields=[*WORDS])


@transaction.atomic
def add_cause(
    version: FramingVersion, moment: Moment, *, by: Membership, led_here: bool = True
) -> Reframing:
    """Say that a moment brought this draft about."""
    require_draft(version)
    here = Moment.objects.in_space(version.space)
    readable = here.for_reader(version.space, by.person) if by.person else here
    if not readable.actual().among([moment.pk]).exists():
        said = _("This was not found among what has happened here. Choose one from the list.")
        raise ValidationError({"moment": said})
    require_no_nameless(by, moment, field="moment")
    cause, _fresh = Reframing.objects.update_or_create(
        version=version, moment=moment, defaults={"led_here": led_here}
    )
    return cause


@transaction.atomic
def remove_cause(cause: Reframing, *, by: Membership) -> None:
    """Take back that a moment brought a draft about."""
    require_draft(cause.version)
    cause.delete()


def set_in_force(
    draft: FramingVersion, *, by: Membership, agreed_by: Iterable[Membership], agreed_on: dt.date
) -> FramingVersion:
    """The draft is agreed: from now on its words stand, and what caused it is taken up."""
    _require_ready(draft, agreed_on)
    causes = list(draft.reframings.select_related("moment"))
    moments = [cause.moment for cause in causes]
    with counted(_stories_of(moments), moments=moments):
        draft.state, draft.agreed_on = VersionState.AGREED, agreed_on
        draft.save(update_fields=["state", "agreed_on"])
        draft.agreed_by.set(agreed_by)
        for cause in causes:
            _take_up(cause, draft, by)
    tasks.read_loops.delay_on_commit(draft.space_id)
    return draft


def _require_ready(version: FramingVersion, agreed_on: dt.date) -> None:
    faults = {}
    if not version.difference.strip():
        faults["difference"] = _(
            "The difference is missing. Say in a sentence what you care about."
        )
    if version.supersedes_id and not version.reason.strip():
        faults["reason"] = _("Say why you reframe, so that later readers understand the change.")
    last = version.supersedes
    for broken in order_violations(agreed_on, last.agreed_on if last else None):
        faults["agreed_on"] = broken.sentence
    for cause in version.reframings.select_related("moment"):
        moment = cause.moment
        for broken in cause_violations(moment.status, moment.occurred_on, agreed_on):
            faults["moment"] = broken.sentence
    if faults:
        raise ValidationError(faults)


def _take_up(cause: Reframing, version: FramingVersion, by: Membership) -> None:
    moment, label = cause.moment, _("framing, version %(number)s") % {"number": version.number}
    if cause.led_here:
        Flow.objects.create(
            space=version.space,
            source=moment,
            kind=FlowKind.REFRAMING,
            status=FlowStatus.HAPPENED,
            framing_number=version.number,
            claimed_by=by,
        )
    Uptake.objects.create(
        moment=moment,
        kind=UptakeKind.FRAMING_VERSION,
        label=label,
        by=by,
        taken_up_on=version.agreed_on,
        framing_number=version.number,
    )


def _stories_of(moments: list[Moment]) -> list[Story]:
    found = {story for moment in moments for story in Story.objects.holding(moment)}
    return sorted(found, key=lambda story: story.pk)


@transaction.atomic
def discard_draft(version: FramingVersion, *, by: Membership) -> None:
    """Let go of a draft: the agreed version stays as it is, sponsors' hopes wait for the next."""
    stored = require_draft(version)
    try:
        stored.delete()
    except ProtectedError as error:
        raise ValidationError(
            _(
                "An indicator or a claim rests on a hope of this draft. "
                "Take it away there first, then discard the draft."
            )
        ) from error
