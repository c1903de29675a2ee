"""Versions in order, aspirations that carry on, causes that happened before."""

from django.utils.translation import gettext as _

from framing.rules import cause_violations, order_violations, same_cycle_violations
from spacefile.checks.common import has_come, once, rising, say
from spacefile.lookups import Lookups, RecordPlace


def check_framing(found: Lookups) -> None:
    """Versions in order, aspirations that carry on, causes that happened before."""
    rising(found, found.spots("framing"), "number")
    inherited: dict = {}
    before = None
    for place, spot in enumerate(found.spots("framing")):
        version = spot.thing
        has_come(found, spot, "agreed_on")
        say(found, spot, order_violations(version.agreed_on, before))
        before = max(filter(None, (before, version.agreed_on)), default=None)
        right_list(found, spot, is_first=place == 0)
        inherited = check_version(found, spot, inherited)
        for number, name in enumerate(version.caused_by, start=1):
            check_cause(found, spot, number, name)


def check_version(found: Lookups, spot: RecordPlace, inherited: dict) -> dict:
    """The parts of one version; gives the cycles of the aspirations that go on."""
    version = spot.thing
    once(found, spot.spots("uncertainties"), "id")
    worded = [*spot.spots("aspirations"), *spot.spots("aspirations_added")]
    once(found, worded, "key")
    for hope in worded:
        now = hope.thing.cycle
        say(found, hope, same_cycle_violations(inherited.get(hope.thing.lineage), now))
    known = inherited | {hope.thing.lineage: hope.thing.cycle for hope in worded}
    for entry in (*spot.spots("assumptions"), *spot.spots("risks")):
        if entry.thing.about and entry.thing.about not in known:
            problem = _("No aspiration of this version has this key.")
            mend = _("Write the key of an aspiration, or leave it out.")
            found.fault(entry, "about", entry.thing.about, problem, mend)
    for number, lineage in enumerate(version.aspirations_dropped, start=1):
        if lineage not in inherited:
            problem = _("The version before has no aspiration with this key.")
            mend = _("Write the key of an aspiration that ends here, or delete it.")
            found.fault(spot, f"aspirations_dropped, {number}", lineage, problem, mend)
    return {key: now for key, now in known.items() if key not in version.aspirations_dropped}


def right_list(found: Lookups, spot: RecordPlace, *, is_first: bool) -> None:
    """The first version has aspirations; later ones add to those they inherit, or end some."""
    if is_first:
        wrong = ["aspirations_added", "aspirations_dropped"]
        problem = _("The first version inherits nothing.")
        mend = _("In the first version write aspirations.")
    else:
        wrong = ["aspirations"]
        problem = _("A later version keeps the aspirations of the one before.")
        mend = _("In a later version write aspirations_added and aspirations_dropped.")
    for key in wrong:
        if spot.value(key):
            found.fault(spot, key, None, problem, mend)


def check_cause(found: Lookups, spot: RecordPlace, number: int, name: str) -> None:
    """What caused a version is a moment that had happened by then."""
    moment, key = found.moments.get(name), f"caused_by, {number}"
    if moment is None:
        problem = _("No step of a story has this name.")
        mend = _("Write the name of a step, as in S1.4, or delete it.")
        found.fault(spot, key, name, problem, mend)
        return
    agreed_on = spot.thing.agreed_on
    for broken in cause_violations(moment.status, moment.occurred_on, agreed_on):
        found.fault(spot, key, name, broken.problem, broken.mend)
