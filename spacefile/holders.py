"""The kinds of values that hold others: lists, maps by period, records within records."""

from django.utils.translation import gettext as _

from spacefile.entries import Entry, read_entry, shifted_entry, to_plain
from spacefile.faults import shown
from spacefile.kinds import INVALID, Day, Kind, Period, Text, Value, refuse
from spacefile.values import EXTRA, Unreadable


class ListOf(Kind):
    """A list of values of one kind, none of them twice."""

    def __init__(self, kind: Kind, unique: bool = True):
        self.kind = kind
        self.unique = unique

    def take(self, value, place):
        if not isinstance(value, list):
            mend = _("Write a list in square brackets, as in [%(value)s].")
            said = mend % {"value": shown(value, 40)}
            return refuse(place, value, _("This is not a list."), said)
        items = []
        for number, item in enumerate(value, start=1):
            spot = place.at(f"{place.field}, {number}")
            got = self.kind.read(item, spot)
            if got is not INVALID and self.unique and got in items:
                spot.fault(item, _("This stands in the list twice."), _("Delete one of the two."))
            elif got is not INVALID:
                items.append(got)
        return tuple(items)

    def plain(self, value):
        return [self.kind.plain(item) for item in value]


class Uptakes(ListOf):
    """Who took something up, in words; a single text counts as a list of one, blanks as none."""

    def __init__(self):
        super().__init__(Text(4000), unique=False)

    def take(self, value, place):
        got = super().take([value] if isinstance(value, str) else value, place)
        return got if got is INVALID else tuple(words for words in got if words.strip())


class Dated(Kind):
    """A list of [day, word], such as the levels at which somebody took part."""

    def __init__(self, kind: Kind):
        self.day = Day()
        self.kind = kind

    def take(self, value, place):
        if not isinstance(value, list):
            return refuse(place, value, _("This is not a list."), self._mend())
        pairs = []
        for number, item in enumerate(value, start=1):
            spot = place.at(f"{place.field}, {number}")
            if not isinstance(item, list) or len(item) != 2:
                spot.fault(item, _("This is not a day and a word."), self._mend())
                continue
            pair = self.day.read(item[0], spot), self.kind.read(item[1], spot)
            if INVALID not in pair:
                pairs.append(pair)
        return tuple(pairs)

    def _mend(self) -> str:
        return _("Write a list of pairs, as in [[2025-01-21, core]].")

    def plain(self, value):
        return [list(pair) for pair in value]

    def shifted(self, value, quarters):
        return tuple((self.day.shifted(day, quarters), word) for day, word in value)


class MapOf(Kind):
    """A record whose keys are free within a kind, such as values by period."""

    free_keys = True

    def __init__(self, keys: Kind, values: Kind, nullable: bool = False):
        self.keys = keys
        self.values = values
        self.nullable = nullable

    def take(self, value, place):
        if not isinstance(value, dict):
            mend = _("Write one line for each, a key, a colon and a value.")
            return refuse(place, value, _("This is not a record."), mend)
        pairs = []
        for key, item in value.items():
            if key.startswith(EXTRA):
                continue
            spot = self.spot(place, key)
            name = self.keys.read(key, spot)
            got = None if item is None and self.nullable else self.values.read(item, spot)
            if name is not INVALID and got is not INVALID:
                pairs.append((name, got))
        return tuple(pairs)

    def spot(self, place, key):
        """Where one of the pairs stands."""
        return place.at(f"{place.field}, {shown(key, 30)}")

    def plain(self, value):
        return {key: self.values.plain(item) for key, item in value}


class Observations(MapOf):
    """Values by period; each is a record of its own: indicator I2, 2025-Q1."""

    def __init__(self):
        super().__init__(Period(), Value(), nullable=True)

    def spot(self, place, key):
        return observation_place(place, key)

    def shifted(self, value, quarters):
        return tuple((self.keys.shifted(period, quarters), item) for period, item in value)


def observation_place(place, period):
    """The place of one observation of the indicator that `place` is in."""
    return place.of(f"{place.record}, {shown(period, 30)}").at("obs")


class Wordings(Kind):
    """The wording of a rubric's levels: a list from the lowest up, or a record by number."""

    free_keys = True

    def __init__(self):
        self.text = Text(4000, blank=False)

    def take(self, value, place):
        if isinstance(value, list):
            return ListOf(self.text).take(value, place)
        if not isinstance(value, dict):
            mend = _("Write a list of wordings, the lowest level first.")
            return refuse(place, value, _("These are not the levels of a rubric."), mend)
        pairs = []
        for key, item in value.items():
            spot = place.at(f"{place.field}, {shown(key, 30)}")
            if key.startswith(EXTRA):
                continue
            if not key.lstrip("-").isdecimal() or len(key) > 6:
                spot.fault(key, _("This is not the number of a level."), _("Write 0, 1, 2 …"))
                continue
            got = self.text.read(item, spot)
            if got is not INVALID:
                pairs.append((int(key), got))
        return tuple(pairs)

    def plain(self, value):
        if value and isinstance(value[0], str):
            return list(value)
        return {str(number): wording for number, wording in value}


class One(Kind):
    """A record of its own under a key."""

    def __init__(self, entry: type[Entry]):
        self.entry = entry

    def take(self, value, place):
        spot = place.of(self.entry.label(value, 0, place.record))
        got = read_entry(self.entry, value, spot)
        return INVALID if got is None else got

    def plain(self, value):
        return to_plain(value)

    def shifted(self, value, quarters):
        return value and shifted_entry(value, quarters)


class Entries(Kind):
    """A list of records."""

    def __init__(self, entry: type[Entry]):
        self.entry = entry

    def take(self, value, place):
        if not isinstance(value, list):
            mend = _("Write each record after a dash on a line of its own.")
            return refuse(place, value, _("This is not a list of records."), mend)
        found = []
        for number, item in enumerate(value, start=1):
            if isinstance(item, Unreadable):
                place.at(f"{place.field}, {number}").fault(item, item.problem, item.mend)
                continue
            spot = place.of(self.entry.label(item, number, place.record))
            found.append(read_entry(self.entry, item, spot))
        return tuple(entry for entry in found if entry is not None)

    def plain(self, value):
        return [to_plain(entry) for entry in value]

    def shifted(self, value, quarters):
        return tuple(shifted_entry(entry, quarters) for entry in value)


class TextOrEntries(Kind):
    """A text, or the same thing said as records."""

    def __init__(self, entry: type[Entry]):
        self.text = Text()
        self.entries = Entries(entry)

    def take(self, value, place):
        return (self.entries if isinstance(value, list) else self.text).read(value, place)

    def plain(self, value):
        return value if isinstance(value, str) else self.entries.plain(value)

    def shifted(self, value, quarters):
        return value if isinstance(value, str) else self.entries.shifted(value, quarters)
