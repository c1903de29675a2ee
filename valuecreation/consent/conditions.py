"""The policy as SQL; `prefix` leads from the table asked to the consent ("story__consent__")."""

import datetime as dt

from django.db.models import F, Q

from valuecreation.consent.audiences import AUDIENCE_FIELDS, NAMELESS, granted_for


def reaches(audience: str, *, prefix: str = "") -> Q:
    """The condition that a consent lets an audience in, on the days on which it is in force."""
    condition = Q()
    for code in granted_for(audience):
        condition |= Q(**{f"{prefix}{AUDIENCE_FIELDS[code]}": True})
    return condition


def names_people(*, prefix: str = "") -> Q:
    """The condition that a consent lets in people whom the teller chose."""
    return Q(**{f"{prefix}{AUDIENCE_FIELDS['named_people']}": True})


def lets_somebody_in(*, prefix: str = "") -> Q:
    """The condition that a consent names anybody beyond teller and collector."""
    condition = Q()
    for column in AUDIENCE_FIELDS.values():
        condition |= Q(**{f"{prefix}{column}": True})
    return condition


def in_force(on: dt.date, *, prefix: str = "") -> Q:
    """The condition that a consent is given, not withdrawn and not lapsed on a day."""
    return (
        Q(**{f"{prefix}given_on__lte": on})
        & (Q(**{f"{prefix}withdrawn_on__isnull": True}) | Q(**{f"{prefix}withdrawn_on__gt": on}))
        & (Q(**{f"{prefix}expires_on__isnull": True}) | Q(**{f"{prefix}expires_on__gte": on}))
    )


def lapses_before(day: dt.date, *, prefix: str = "") -> Q:
    """The condition that a consent's last day lies before a day."""
    return Q(**{f"{prefix}expires_on__lt": day})


def given_between(first: dt.date, before: dt.date, *, prefix: str = "") -> Q:
    """The condition that an act of consent was given on one of some days."""
    return Q(**{f"{prefix}given_on__gte": first, f"{prefix}given_on__lt": before})


def given_until(before: dt.date, *, prefix: str = "") -> Q:
    """The condition that an act of consent was given before a day."""
    return Q(**{f"{prefix}given_on__lt": before})


def last_day(*, prefix: str = "") -> F:
    """The last day on which a consent holds, to put those first that end soonest."""
    return F(f"{prefix}expires_on")


def goes_to(audience: str, on: dt.date, *, prefix: str = "") -> Q:
    """The condition that a consent lets an audience read on a day."""
    return in_force(on, prefix=prefix) & reaches(audience, prefix=prefix)


def nameless(*, prefix: str = "") -> Q:
    """The condition that a teller is shown without name, place or exact day."""
    return Q(**{f"{prefix}attribution__in": sorted(NAMELESS)})
