"""What a figure about moments counts, and how it is said: the same wherever one stands.

Counted are moments that happened. Those in stories are given with the stories in which they
happened; those hoped for and those told outside a story are named apart.
"""

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Population(NamedTuple):
    """The moments that happened, the stories in which any did, and what is named apart.

    `alone` are those of the moments that stand in no story; `hoped` are none of them.
    """

    happened: int = 0
    stories: int = 0
    hoped: int = 0
    alone: int = 0

    @property
    def in_stories(self) -> int:
        """Moments that happened in the stories."""
        return self.happened - self.alone


def told_words(told: Population) -> str:
    """7 moments in 6 stories, 2 hoped for, 1 told on its own; empty where nothing was told."""
    said = [_in_stories(told)] if told.in_stories else []
    if told.hoped:
        said.append(_hoped(told.hoped, first=not said))
    if told.alone:
        said.append(_alone(told.alone, first=not said))
    whole = said[0] if said else ""
    for further in said[1:]:
        whole = _("%(told)s, %(further)s") % {"told": whole, "further": further}
    return whole


def _in_stories(told: Population) -> str:
    moments = ngettext("%(count)s moment", "%(count)s moments", told.in_stories)
    many = moments % {"count": figure(told.in_stories)}
    if not told.stories:
        return many
    where = ngettext(
        "%(moments)s in %(count)s story", "%(moments)s in %(count)s stories", told.stories
    )
    return where % {"moments": many, "count": figure(told.stories)}


def _hoped(count: int, *, first: bool) -> str:
    if first:
        words = ngettext("%(count)s moment hoped for", "%(count)s moments hoped for", count)
    else:
        words = ngettext("%(count)s hoped for", "%(count)s hoped for", count)
    return words % {"count": figure(count)}


def _alone(count: int, *, first: bool) -> str:
    if first:
        words = ngettext(
            "%(count)s moment told on its own", "%(count)s moments told on their own", count
        )
    else:
        words = ngettext("%(count)s told on its own", "%(count)s told on their own", count)
    return words % {"count": figure(count)}


def figure(count: int) -> str:
    """A count as people write it here, with its thousands set apart."""
    return number_format(count, use_l10n=True, force_grouping=True)
