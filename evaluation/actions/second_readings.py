"""Somebody who does not freeze a release reads it for names first."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from evaluation.models import Release, SecondReading
from evaluation.releases.terms import check_terms
from spaces.models import Membership, Space
from spaces.presentation.names import Names, replace_names

ASKED = ("period_start", "period_end", "audience", "purpose")


@transaction.atomic
def ask_second_reader(space: Space, *, by: Membership, **terms) -> SecondReading:
    """Ask the others of a space to read what is to be frozen; asked twice, it is asked once."""
    asked = (terms["period_start"], terms["period_end"], terms["audience"], terms["purpose"])
    check_terms(space, *asked)
    alike = Release(space=space, **dict(zip(ASKED, asked, strict=True)))
    if waiting := SecondReading.objects.asked_for(alike).waiting().first():
        return waiting
    return SecondReading.objects.create(space=space, asked_by=by, **terms)


@transaction.atomic
def settle_words(
    reading: SecondReading, *, by: Membership, settled: Mapping[str, str]
) -> SecondReading:
    """Say of each word that still stands what to put in its place, or that it may stay."""
    if by.pk == reading.asked_by_id:
        raise ValidationError(_("Somebody other than who asked reads it. Ask one of the others."))
    names = Names(Membership.objects.in_space(reading.space))
    for instead in settled.values():
        if replace_names(instead, names, lambda _member: "…")[1]:
            said = _("“%(words)s” holds the name of somebody here. Write what they do instead.")
            raise ValidationError(said % {"words": instead[:80]})
    reading.settled = {word: instead.strip() for word, instead in settled.items()}
    reading.read_by, reading.read_on = by, reading.space.today
    reading.save(update_fields=["settled", "read_by", "read_on"])
    return reading


def hold_second_reading(release: Release) -> None:
    """Tie what a second reader settled to the release that is frozen now."""
    done = SecondReading.objects.done_before(release).filter(release__isnull=True).first()
    if done:
        done.release = release
        done.save(update_fields=["release"])
