"""What a row keeps of its record beside its own fields: `x-` keys, and unusual spellings."""

SPELLED = "as_written"


def kept(entry, **spelled) -> dict:
    """What goes into `extra`: a record's keys of its own, and what it writes in an unusual way."""
    return entry.extras | ({SPELLED: spelled} if spelled else {})


def extras_of(row) -> dict:
    """The record's keys of its own, as the row kept them."""
    return {name: value for name, value in row.extra.items() if name != SPELLED}


def spelled_in(row) -> dict:
    """What the record wrote in an unusual way."""
    return row.extra.get(SPELLED, {})
