"""The parts of a draft: hopes, uncertainties, assumptions, risks and signs to watch.

Hopes stand on from version to version. A draft words an inherited hope anew under its key, or
drops it; the earlier version keeps it as it was.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from framing.actions.drafts import require_draft
from framing.keys import aspiration_key, uncertainty_key
from framing.models import (
    Aspiration,
    Assumption,
    FramingVersion,
    Risk,
    SignToWatch,
    Uncertainty,
    Whose,
)
from framing.rules import same_cycle_violations
from spaces.models import Membership
from spaces.revisions import claim_revision

Part = Aspiration | Uncertainty | Assumption | Risk | SignToWatch
NOT_CLEANED = ("version", "aspiration", "owner", "raised_by", "stated_by", "recorded_by", "key")
CHANGEABLE: dict[type, tuple[str, ...]] = {
    Uncertainty: ("text", "state"),
    Aspiration: ("cycle", "whose", "text", "polarity_guard"),
    Assumption: ("aspiration", "text"),
    Risk: ("aspiration", "text", "mitigation", "owner"),
    SignToWatch: ("aspiration", "text", "warns"),
}


@transaction.atomic
def add_part(version: FramingVersion, *, by: Membership, part: Part) -> Part:
    """Add an unsaved uncertainty, aspiration, assumption, risk or sign to a draft."""
    part.version = require_draft(version)
    if isinstance(part, Uncertainty):
        part.key, part.raised_by = uncertainty_key(version.space), part.raised_by or by
    if isinstance(part, Aspiration):
        _require_no_sponsors_words(part.whose)
        part.key = aspiration_key(version.space, part.cycle, part.whose)
        part.stated_by = part.stated_by or (by if part.whose == Whose.MEMBER else None)
    _check(part)
    part.save()
    return part


@transaction.atomic
def change_part(part: Part, *, by: Membership, seen: int, **words) -> None:
    """Change a part of a draft, unless somebody else has changed it meanwhile."""
    require_draft(part.version)
    claim_revision(part, seen)
    names = [name for name in CHANGEABLE[type(part)] if name in words]
    if isinstance(part, Aspiration):
        _keep_sponsors_apart(part, words)
    for name in names:
        setattr(part, name, words[name])
    _check(part)
    part.save(update_fields=names)


def _require_no_sponsors_words(whose: str) -> None:
    if whose == Whose.SPONSOR:
        raise ValidationError(
            {"whose": _("A sponsor's hope is stated by the sponsor, or recorded for them.")}
        )


def _keep_sponsors_apart(aspiration: Aspiration, words: dict) -> None:
    if aspiration.whose == Whose.SPONSOR:
        raise ValidationError(
            _("These are the sponsor's words. They stand as they were said, beside the members'.")
        )
    _require_no_sponsors_words(words.get("whose", ""))


def _check(part: Part) -> None:
    faults: dict[str, list] = {}
    try:
        part.clean_fields(exclude=NOT_CLEANED)
    except ValidationError as error:
        faults = error.update_error_dict(faults)
    if isinstance(part, Aspiration):
        for broken in same_cycle_violations(_cycle_before(part), part.cycle):
            faults[broken.field] = [ValidationError(broken.sentence)]
    about = getattr(part, "aspiration", None)
    standing = Aspiration.objects.in_version(part.version)
    if about and not standing.filter(pk=about.pk).exists():
        said = _("This hope does not stand in this version. Choose one from the list.")
        faults["aspiration"] = [ValidationError(said)]
    owner = getattr(part, "owner", None)
    if owner and owner.space_id != part.version.space_id:
        faults["owner"] = [ValidationError(_("Choose somebody who takes part in this space."))]
    if faults:
        raise ValidationError(faults)


def _cycle_before(part: Aspiration) -> str | None:
    """The cycle in which an earlier version has an aspiration of the same key."""
    earlier = Aspiration.objects.filter(
        version__space=part.version.space_id, version__number__lt=part.version.number, key=part.key
    )
    return earlier.order_by("-version__number").values_list("cycle", flat=True).first()


@transaction.atomic
def remove_part(part: Part, *, by: Membership) -> None:
    """Take a part out of the draft it was added in; what is about a removed hope goes with it."""
    require_draft(part.version)
    if isinstance(part, Aspiration) and part.whose == Whose.SPONSOR:
        raise ValidationError(
            _("These are the sponsor's words. Only whoever said them takes them back.")
        )
    try:
        part.delete()
    except ProtectedError as error:
        raise ValidationError(
            _("An indicator or a claim rests on this hope. Take it away there first.")
        ) from error


@transaction.atomic
def drop_aspiration(version: FramingVersion, aspiration: Aspiration, *, by: Membership) -> None:
    """Let an inherited hope end with this draft; earlier versions keep it."""
    draft = require_draft(version)
    inherited = Aspiration.objects.in_version(draft).filter(version__number__lt=draft.number)
    if not inherited.filter(pk=aspiration.pk).exists():
        raise ValidationError(_("Only a hope that an earlier version holds can be let go."))
    aspiration.dropped_in = draft
    aspiration.save(update_fields=["dropped_in"])


@transaction.atomic
def keep_aspiration(version: FramingVersion, aspiration: Aspiration, *, by: Membership) -> None:
    """Take back that a hope ends with this draft."""
    draft = require_draft(version)
    if aspiration.dropped_in_id == draft.pk:
        aspiration.dropped_in = None
        aspiration.save(update_fields=["dropped_in"])


@transaction.atomic
def reword_aspiration(
    version: FramingVersion, aspiration: Aspiration, *, by: Membership, text: str, **words
) -> Aspiration:
    """Say an inherited hope differently, under the same key, so that its stories keep meaning."""
    draft = require_draft(version)
    if not Aspiration.objects.in_version(draft).filter(pk=aspiration.pk).exists():
        raise ValidationError(_("This hope does not stand in this version any more."))
    _keep_sponsors_apart(aspiration, words)
    again = Aspiration(
        version=draft,
        key=aspiration.key,
        cycle=aspiration.cycle,
        whose=words.get("whose", aspiration.whose),
        text=text,
        polarity_guard=words.get("polarity_guard", aspiration.polarity_guard),
        stated_by=aspiration.stated_by,
    )
    _check(again)
    again.save()
    _carry_over(aspiration, again)
    return again


def _carry_over(aspiration: Aspiration, again: Aspiration) -> None:
    """What was said about the hope is said about it in its new words, too."""
    for parts in (aspiration.assumptions, aspiration.risks, aspiration.signs):
        for part in parts.all():
            _copy(part, again)


def _copy(part: Assumption | Risk | SignToWatch, again: Aspiration) -> None:
    part.pk, part.version, part.aspiration, part.revision = None, again.version, again, 0
    part._state.adding = True
    part.save()
