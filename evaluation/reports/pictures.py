"""The drawings of a report, and what each of them says in words."""

from django.utils.translation import gettext as _

from evaluation.presentation.records import PresentedIndicator, ReleaseContents
from evaluation.reports import words
from valuecreation.cycles import Cycle
from valuecreation.drawing import FlowWords, flow_picture, picture_sentence
from valuecreation.population import Population

Pairs = dict[tuple[str, str], int]


def flow_sentence(release: ReleaseContents) -> str:
    """The plain sentence beside the flow picture, which is its alternative text too."""
    counts = release.counts
    back, waiting = returns(release)
    return picture_sentence(
        told=Population(counts.moments, counts.stories_happened, alone=counts.alone),
        flows=flows(release),
        returns=sum(back.values()),
        open_returns=sum(waiting.values()),
        labels=labels(),
    )


def flow_svg(release: ReleaseContents) -> str:
    """The flow picture of everything this release holds."""
    back, waiting = returns(release)
    return str(
        flow_picture(
            {row.cycle: row.actual for row in release.counts.by_cycle},
            flows(release),
            back,
            waiting,
            labels=labels(),
            words=FlowWords(desc=flow_sentence(release)),
            static=True,
        )
    )


def labels() -> dict[str, str]:
    """The names of the cycles in the language that is active."""
    return {code: str(label) for code, label in Cycle.choices}


def flows(release: ReleaseContents) -> Pairs:
    """Happened flows between cycles, without those that came back to the space."""
    back, _waiting = returns(release)
    found: Pairs = {}
    for source, row in zip(Cycle.values, release.counts.matrix, strict=False):
        for target, count in zip(Cycle.values, row, strict=False):
            left = count - back.get((source, target), 0)
            if left > 0:
                found[source, target] = left
    return found


def returns(release: ReleaseContents) -> tuple[Pairs, Pairs]:
    """All returns between cycles, and those of them that nobody has taken up."""
    back: Pairs = {}
    waiting: Pairs = {}
    for one in release.counts.returns:
        pair = (one.source, one.target)
        back[pair] = back.get(pair, 0) + one.count
        if one.status == "open":
            waiting[pair] = waiting.get(pair, 0) + one.count
    return back, waiting


def series_sentence(indicator: PresentedIndicator) -> str:
    """Every observation of an indicator in words."""
    said = [
        f"{words.short_when(one.period)}: {words.reading(one, indicator)}"
        for one in indicator.series
    ]
    if not said:
        return _("%(name)s. Nothing has been observed yet.") % {"name": indicator.name}
    return _("%(name)s. %(figures)s.") % {"name": indicator.name, "figures": "; ".join(said)}
