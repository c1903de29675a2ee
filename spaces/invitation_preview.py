"""What is shown before invitations go out, and that nothing else goes out than was shown."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from spaces.address_lists import read_list
from spaces.addresses import Address, AddressRow, Fate, fates

MOST_SHOWN_TO_MEND = 100  # each is a field of its own; the others stay in the list


@dataclass(frozen=True)
class Preview:
    """What becomes of every row of some lists, and which columns of theirs were not read."""

    rows: list[AddressRow]
    left_out: list[str]

    @classmethod
    def of(cls, texts: Iterable[str], *, taken: Iterable[str], invited: Iterable[str]):
        lists = [read_list(text) for text in texts]
        entries = [entry for each in lists for entry in each.entries]
        left_out = dict.fromkeys(heading for each in lists for heading in each.left_out)
        return cls(fates(entries, taken=taken, invited=invited), list(left_out))

    @property
    def addresses(self) -> list[Address]:
        """Whom the button invites."""
        return [row.address for row in self.rows if row.address]

    @property
    def to_mend(self) -> list[AddressRow]:
        """Rows that can be mended, each in a field of its own."""
        return self._with(Fate.TO_MEND)[:MOST_SHOWN_TO_MEND]

    @property
    def settled(self) -> list[AddressRow]:
        """Rows that need nothing: they are invited, or have a reason why not."""
        return [row for row in self.rows if row.fate != Fate.TO_MEND]

    @property
    def seal(self) -> str:
        """Stands for exactly these people; another list has another."""
        said = "\n".join(map(str, self.addresses))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def text(self) -> str:
        """The list as it stays in the form: whom the button invites, and what comes after."""
        return "\n".join([*map(str, self.addresses), self.text_left])

    @property
    def text_left(self) -> str:
        """What is still to be done once these people are invited, but for the rows to mend."""
        mended = self._with(Fate.TO_MEND)[MOST_SHOWN_TO_MEND:]
        return "\n".join(row.typed for row in self._with(Fate.LATER) + mended)

    @property
    def is_done(self) -> bool:
        """True if nothing is left once these people are invited."""
        return not self.to_mend and not self.text_left

    def sent(self) -> "Preview":
        """What is left to show once these people are invited."""
        later = self._with(Fate.LATER) + self._with(Fate.TO_MEND)
        return Preview(later, [])

    def _with(self, fate: Fate) -> list[AddressRow]:
        return [row for row in self.rows if row.fate == fate]
