"""The second line of a view: which indicator, observation or claim; else 404."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from evaluation.models import ContributionClaim, Indicator, Observation
from evaluation.rights import may_record
from framing.models import Aspiration, FramingVersion, SignToWatch
from learningspaces.lib.numbers import number_in
from spaces.models import Space


def indicator_for(person, space: Space, ref: str) -> Indicator:
    """The indicator with what its page names."""
    readable = Indicator.objects.for_user(person).in_space(space)
    indicator = get_object_or_404(readable.with_all(), ref=ref)
    indicator.space = space
    return indicator


def recorded_indicator_for(person, space: Space, ref: str) -> Indicator:
    """An indicator the person may record (else 403)."""
    indicator = indicator_for(person, space, ref)
    if not may_record(person, indicator):
        raise PermissionDenied
    return indicator


def observation_of(indicator: Indicator, pk: int) -> Observation:
    """One observation of the indicator, current or corrected since."""
    observation = get_object_or_404(indicator.observations.all(), pk=pk)
    observation.indicator = indicator
    return observation


def claim_for(person, space: Space, pk: int) -> ContributionClaim:
    """The claim with the hope it is about."""
    readable = ContributionClaim.objects.for_user(person).in_space(space)
    return get_object_or_404(readable.with_aspirations(), pk=pk)


def aspiration_for(person, space: Space, pk: str) -> Aspiration:
    """The aspiration an address names; whatever is no number names none."""
    aspirations = Aspiration.objects.for_user(person).in_space(space)
    return get_object_or_404(aspirations, pk=number_of(pk))


def framing_now(space: Space) -> FramingVersion | None:
    """The framing version in force today."""
    return FramingVersion.objects.in_space(space).current_on(space.today)


@dataclass(frozen=True)
class Start:
    """What a new indicator is derived from."""

    aspiration: Aspiration | None = None
    sign_to_watch: SignToWatch | None = None
    initial: dict = field(default_factory=dict)


def start_of(person, space: Space, given) -> Start:
    """The hope or the sign an address names; a foreign one is not there."""
    if given.get("sign"):
        signs = SignToWatch.objects.for_user(person).of_space(space)
        sign_to_watch = get_object_or_404(signs, pk=number_of(given["sign"]))
        initial = {"aspiration": sign_to_watch.aspiration_id, "question": sign_to_watch.text[:300]}
        return Start(
            sign_to_watch.aspiration,
            sign_to_watch,
            initial | {"warns_of_harm": sign_to_watch.warns},
        )
    if given.get("aspiration"):
        aspiration = aspiration_for(person, space, given["aspiration"])
        return Start(aspiration, initial={"aspiration": aspiration.pk})
    return Start(initial={"cycle": given.get("cycle", "")})


def seen_in(request) -> int:
    """The revision of a row that the form in a browser began with, or one that no row has."""
    number = number_in(request.POST.get("revision", ""), digits=9)
    return -1 if number is None else number


def number_of(text: str) -> int:
    """The number in an address, or one that nothing has."""
    return number_in(text) or 0
