"""Indicators: derived, tended, defined anew, and moved from state to state."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.models import (
    Indicator,
    IndicatorKind,
    IndicatorState,
    MomentIndicator,
    PeriodLength,
    TargetKind,
)
from evaluation.period_lengths import length_of, length_violation
from evaluation.rules import cleaned, cleaned_target, facts_of, indicator_violations
from framing.models import Aspiration, SignToWatch
from learningspaces.lib.folding import folded
from learningspaces.lib.numbers import number_in
from learningspaces.lib.periods import grain
from spaces.models import Membership, Space
from spaces.revisions import claim_revision
from valuecreation.models import Moment

TENDED = (
    "steward",
    "frequency",
    "source",
    "note",
    "lag_note",
    "proxy_note",
    "burden_minutes",
    "target",
    "target_on",
    "target_kind",
)


def next_ref(space: Space) -> str:
    """The next free id of an indicator: I1, I2, … as in the space file."""
    refs = Indicator.objects.in_space(space).values_list("ref", flat=True)
    numbers = [number_in(ref[1:], digits=9) or 0 for ref in refs if ref[:1] == "I"]
    return f"I{max(numbers, default=0) + 1}"


@transaction.atomic
def derive_indicator(
    *,
    space: Space,
    by: Membership,
    aspiration: Aspiration | None = None,
    sign_to_watch: SignToWatch | None = None,
    **fields,
) -> Indicator:
    """Agree a sign of one hope to be watched over time, in the hope's cycle."""
    if sign_to_watch and not aspiration:
        aspiration = sign_to_watch.aspiration
    if aspiration:
        fields["cycle"] = aspiration.cycle
    Space.objects.select_for_update().get(pk=space.pk)
    indicator = Indicator(
        space=space,
        ref=next_ref(space),
        aspiration=aspiration,
        sign_to_watch=sign_to_watch,
        proposed_by=by,
        **fields,
    )
    return _checked_and_saved(indicator)


@transaction.atomic
def tend_indicator(indicator: Indicator, *, by: Membership, seen: int, **fields) -> None:
    """Change who looks after an indicator, its notes or its target; never what it means."""
    unknown = fields.keys() - set(TENDED)
    if unknown:
        raise ValidationError(
            _("A changed definition starts a new indicator. Define it anew instead.")
        )
    claim_revision(indicator, seen)
    for name, value in fields.items():
        setattr(indicator, name, value)
    _checked_and_saved(indicator)


@transaction.atomic
def redefine_indicator(indicator: Indicator, *, by: Membership, seen: int, **fields) -> Indicator:
    """Begin a new indicator in place of one whose definition changes; the old one is kept."""
    claim_revision(indicator, seen)
    _settle(indicator, IndicatorState.RETIRED)
    return derive_indicator(
        space=indicator.space,
        by=by,
        aspiration=indicator.aspiration,
        sign_to_watch=indicator.sign_to_watch,
        succeeds=indicator,
        **{"cycle": indicator.cycle} | fields,
    )


@transaction.atomic
def set_indicator_state(indicator: Indicator, *, by: Membership, state: str) -> None:
    """Propose, use, pause or retire an indicator."""
    if state == indicator.state:
        raise ValidationError(_("It is so already."))
    if indicator.state == IndicatorState.RETIRED and indicator.successors.exists():
        raise ValidationError(_("A newer indicator stands in its place. Use that one."))
    _settle(indicator, state)


@transaction.atomic
def link_moment(moment: Moment, indicator: Indicator, *, by: Membership) -> MomentIndicator:
    """Say that a moment speaks to an indicator."""
    if moment.space_id != indicator.space_id:
        raise ValidationError(_("The moment and the indicator belong to different spaces."))
    link, _fresh = MomentIndicator.objects.get_or_create(
        moment=moment, indicator=indicator, defaults={"linked_by": by}
    )
    return link


@transaction.atomic
def unlink_moment(moment: Moment, indicator: Indicator, *, by: Membership) -> None:
    """Take back that a moment speaks to an indicator."""
    MomentIndicator.objects.of_moment(moment).of_indicator(indicator).delete()


def _settle(indicator: Indicator, state: str) -> None:
    if state not in IndicatorState.values:
        raise ValidationError(_("Choose one of the four states."))
    indicator.state = state
    indicator.save(update_fields=["state"])


def _checked_and_saved(indicator: Indicator) -> Indicator:
    """Every rule that one indicator can break, each said beside its field."""
    faults = dict(_faults(indicator))
    if faults:
        raise ValidationError(faults)
    if indicator.target is None:
        indicator.target_kind, indicator.target_on = TargetKind.NONE, None
    indicator.full_clean(exclude=["extra"], validate_unique=False, validate_constraints=False)
    indicator.save()
    return indicator


def _other_length(indicator: Indicator) -> str | None:
    """That the figures recorded cover periods of another length than the indicator now says."""
    first = indicator.observations.order_by("pk").values_list("period", flat=True).first()
    if first is None or not length_violation(first, length_of(indicator, [first])):
        return None
    said = _(
        "Its figures cover %(length)s each. Figures of another length are another indicator: "
        "define it anew."
    )
    return said % {"length": PeriodLength(grain(first)).label}


def _counting_the_same(indicator: Indicator) -> Indicator | None:
    """Another indicator in use that says, in the same words, that it counts the same people."""
    if not (indicator.counts_people and indicator.unit.strip() and indicator.source.strip()):
        return None
    others = Indicator.objects.in_space(indicator.space).in_use().counting_people()
    said = _measure(indicator)
    return next((other for other in others.order_by("pk") if _measure(other) == said), None)


def _measure(indicator: Indicator) -> list[str]:
    """What an indicator counts and where its figures come from, in folded words."""
    words = ("unit", "numerator_def", "denominator_def", "source")
    return [" ".join(folded(getattr(indicator, name)).split()) for name in words]


def _faults(indicator: Indicator):
    steward, space = indicator.steward, indicator.space_id
    if indicator.aspiration and indicator.aspiration.version.space_id != space:
        yield "aspiration", _("This hope belongs to another space.")
    if steward and steward.space_id != space:
        yield "steward", _("This person is not in your space.")
    if indicator.pk and (wrong := _other_length(indicator)):
        yield "frequency", wrong
    if indicator.pk is None and (twin := _counting_the_same(indicator)):
        said = _(
            "“%(name)s” counts the same people from the same source. Put the figures there: what "
            "is hidden in one of two would follow from the other."
        )
        yield "unit", said % {"name": twin.name}
    if indicator.kind not in IndicatorKind.values:
        yield "kind", _("Choose one of the six kinds.")
        return
    for broken in indicator_violations(facts_of(indicator)):
        yield broken.field, broken.sentence
    for name, clean in (("baseline", cleaned), ("target", cleaned_target)):
        try:
            setattr(indicator, name, clean(indicator, getattr(indicator, name)))
        except ValidationError as fault:
            yield name, fault.messages
