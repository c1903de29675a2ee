"""Indicators, their aspirations, and what was observed."""

import datetime as dt

from django.utils.translation import gettext as _

from evaluation import rules as evaluation
from evaluation.period_lengths import length_told, length_violation
from learningspaces.lib.periods import period_days
from spacefile.checks.common import known_person, say
from spacefile.faults import shown
from spacefile.lookups import Lookups, RecordPlace


def check_indicator(found: Lookups, spot: RecordPlace) -> None:
    """One indicator, its aspiration, and what was observed."""
    entry = spot.thing
    known_person(found, spot, "steward", entry.steward)
    check_aspiration(found, spot)
    facts = evaluation.CheckedIndicator(
        kind=entry.kind,
        scale_min=entry.scale_min,
        scale_max=entry.scale_max,
        levels=entry.wordings,
        counts_people=entry.counts_people,
        sensitive=entry.sensitive,
    )
    say(found, spot, evaluation.indicator_violations(facts))
    wrong = evaluation.target_violation(facts, entry.target)
    report(found, spot, "target", entry.target, wrong)
    wrong = evaluation.value_violation(facts, entry.baseline)
    report(found, spot, "baseline", entry.baseline, wrong)
    periods = [period for period, __ in entry.obs]
    length = length_told("", entry.frequency or "", periods)
    for period, value in entry.obs:
        names = {"record": spot.label, "period": shown(period, 30)}
        at = spot.renamed(_("%(record)s, %(period)s") % names)
        report(found, at, "obs", value, evaluation.value_violation(facts, value))
        report(found, at, "obs", period, length_violation(period, length))
        report(found, at, "obs", period, not_begun(period, found.as_of))
    for old in spot.spots("superseded"):
        wrong = evaluation.value_violation(facts, old.thing.value)
        report(found, old, "value", old.thing.value, wrong)
        say(
            found,
            old,
            evaluation.correction_violations(
                period=old.thing.period,
                observed=periods,
                corrected_on=old.thing.corrected_on,
                today=found.as_of,
            ),
        )


def not_begun(period: str, day: dt.date):
    """That a period begins after the day of the file: nothing can have been observed in it."""
    if period_days(period)[0] <= day:
        return None
    problem = _("%(period)s has not begun on the day of the file, %(as_of)s.")
    said = {"period": period, "as_of": day}
    return problem % said, _("Leave it out, or correct the period or as_of.")


def report(found: Lookups, spot: RecordPlace, key: str, value, wrong) -> None:
    """Note what is wrong with a value, if anything."""
    if wrong:
        found.fault(spot, key, value, *wrong)


def check_aspiration(found: Lookups, spot: RecordPlace) -> None:
    """The aspiration is in the framing, in the same cycle."""
    entry = spot.thing
    if entry.aspiration and entry.aspiration not in found.aspirations:
        problem = _("No aspiration of the framing has this key.")
        mend = _("Write the key of an aspiration, or leave it out.")
        found.fault(spot, "aspiration", entry.aspiration, problem, mend)
        return
    cycle = found.aspirations.get(entry.aspiration)
    if cycle and entry.cycle and cycle != entry.cycle:
        said = {"key": entry.aspiration, "cycle": cycle}
        problem = _("Its aspiration %(key)s is in the cycle %(cycle)s.") % said
        mend = _("Write %(cycle)s, or name another aspiration.") % said
        found.fault(spot, "cycle", entry.cycle, problem, mend)
