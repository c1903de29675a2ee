"""What the pictures say in words: titles, legends, and the plain sentence below."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from valuecreation.cycles import WITHIN_SENTENCE
from valuecreation.population import Population, figure, told_words

Words = str | Promise
Pair = tuple[str, str]


class FlowWords(NamedTuple):
    """The words of a flow picture: its name, and what lies on either side of the line."""

    title: Words = gettext_lazy("How value is moving")
    flows: Words = gettext_lazy("flows")
    returns: Words = gettext_lazy("returns to the space")
    desc: Words = ""


class LaneWords(NamedTuple):
    """The words of a drawing in lanes: its name, and what its marks mean."""

    title: Words = gettext_lazy("What happened, cycle by cycle")
    desc: Words = ""
    positive: Words = gettext_lazy("it helped")
    negative: Words = gettext_lazy("it made things worse")
    mixed: Words = gettext_lazy("a bit of both")
    nil: Words = gettext_lazy("nothing changed")
    hoped: Words = gettext_lazy("hoped for")
    back: Words = gettext_lazy("came back to the space")
    back_open: Words = gettext_lazy("came back, nobody has taken it up yet")


def dot_title(label: str, count: int) -> str:
    """What a dot of the flow picture stands for."""
    words = ngettext("%(cycle)s: %(count)s moment", "%(cycle)s: %(count)s moments", count)
    return words % {"cycle": label, "count": figure(count)}


def flow_title(labels: Mapping[str, str], pair: Pair, count: int) -> str:
    """What an arc above the line stands for."""
    words = ngettext(
        "%(origin)s to %(goal)s: %(count)s flow", "%(origin)s to %(goal)s: %(count)s flows", count
    )
    return words % _pair(labels, pair, count)


def return_title(labels: Mapping[str, str], pair: Pair, count: int, *, waiting: bool) -> str:
    """What an arc below the line stands for."""
    if waiting:
        words = ngettext(
            "%(origin)s back to %(goal)s: %(count)s return that nobody has taken up yet",
            "%(origin)s back to %(goal)s: %(count)s returns that nobody has taken up yet",
            count,
        )
    else:
        words = ngettext(
            "%(origin)s back to %(goal)s: %(count)s return",
            "%(origin)s back to %(goal)s: %(count)s returns",
            count,
        )
    return words % _pair(labels, pair, count)


def _pair(labels: Mapping[str, str], pair: Pair, count: int) -> dict[str, str]:
    origin, goal = pair
    return {
        "origin": labels.get(origin, origin),
        "goal": WITHIN_SENTENCE.get(goal, goal),
        "count": figure(count),
    }


def picture_sentence(
    *,
    told: Population,
    flows: Mapping[Pair, int],
    returns: int,
    open_returns: int,
    labels: Mapping[str, str],
) -> str:
    """The plain sentence that stands below a flow picture.

    `returns` counts every moment that came back; `open_returns` those that nobody has taken up.
    """
    if not told.happened:
        return _("No moment has been told yet.")
    many = _("%(told)s.") % {"told": told_words(told)}
    return " ".join([many, _strongest(flows), _came_back(returns, open_returns)])


def _strongest(flows: Mapping[Pair, int]) -> str:
    most = max(flows.values(), default=0)
    if most < 1:
        return _("No flow from one moment to another has been told yet.")
    pairs = [pair for pair in flows if flows[pair] == most]
    named = [
        {"origin": WITHIN_SENTENCE.get(origin, origin), "goal": WITHIN_SENTENCE.get(goal, goal)}
        for origin, goal in pairs[:2]
    ]
    if len(pairs) == 1:
        return _("The strongest flow is from %(origin)s to %(goal)s (%(count)s).") % {
            **named[0],
            "count": figure(most),
        }
    if len(pairs) > 2:
        return _("No single flow stands out.")
    return _(
        "The strongest flows are from %(origin)s to %(goal)s and from %(origin2)s to %(goal2)s "
        "(%(count)s each)."
    ) % {
        **named[0],
        "origin2": named[1]["origin"],
        "goal2": named[1]["goal"],
        "count": figure(most),
    }


def _came_back(returns: int, waiting: int) -> str:
    if not returns:
        return _("No moment has come back to the space yet.")
    said = {"count": figure(returns), "waiting": _spelled(waiting)}
    if not waiting:
        words = ngettext(
            "%(count)s moment came back to the space.",
            "%(count)s moments came back to the space.",
            returns,
        )
    elif waiting >= returns:
        words = ngettext(
            "%(count)s moment came back to the space; nobody has taken it up yet (dashed).",
            "%(count)s moments came back to the space; nobody has taken any of them up yet "
            "(dashed).",
            returns,
        )
    else:
        words = ngettext(
            "%(count)s moments came back to the space; %(waiting)s of them nobody has taken up "
            "yet (dashed).",
            "%(count)s moments came back to the space; %(waiting)s of them nobody has taken up "
            "yet (dashed).",
            waiting,
        )
    return words % said


def _spelled(count: int) -> str:
    small = {
        1: pgettext("so many moments", "one"),
        2: pgettext("so many moments", "two"),
        3: pgettext("so many moments", "three"),
        4: pgettext("so many moments", "four"),
        5: pgettext("so many moments", "five"),
        6: pgettext("so many moments", "six"),
        7: pgettext("so many moments", "seven"),
        8: pgettext("so many moments", "eight"),
        9: pgettext("so many moments", "nine"),
    }
    return small.get(count) or figure(count)
