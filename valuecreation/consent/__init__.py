"""Who may read what: the one policy of consent (docs/readings.md, Audience).

`audiences` holds the table of audiences and whom each reaches, `grant` one consent as a value with
the questions that can be asked of it, `conditions` the same questions as SQL. Field names are known
here, models are not. Nobody else compares a consent's days or audiences.
"""

from valuecreation.consent.audiences import (
    AUDIENCE_FIELDS,
    NAMELESS,
    REACHES,
    TELLER_COLLECTOR,
    Attribution,
    Use,
    at_least_as_open,
    granted_for,
    reached_by,
)
from valuecreation.consent.conditions import (
    given_between,
    given_until,
    goes_to,
    in_force,
    lapses_before,
    last_day,
    lets_somebody_in,
    nameless,
    names_people,
    reaches,
)
from valuecreation.consent.grant import (
    TERMS,
    Grant,
    governing,
    is_withdrawn,
    terms_columns,
)

__all__ = [
    "AUDIENCE_FIELDS",
    "NAMELESS",
    "REACHES",
    "TELLER_COLLECTOR",
    "TERMS",
    "Attribution",
    "Grant",
    "Use",
    "at_least_as_open",
    "given_between",
    "given_until",
    "goes_to",
    "governing",
    "granted_for",
    "in_force",
    "is_withdrawn",
    "lapses_before",
    "last_day",
    "lets_somebody_in",
    "nameless",
    "names_people",
    "reached_by",
    "reaches",
    "terms_columns",
]
