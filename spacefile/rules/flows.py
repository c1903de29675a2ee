"""Rules for flows: what leads to what, and that nothing leads back in time."""

from django.utils.translation import gettext as _

from spacefile.faults import shown
from spacefile.names import FRAMING
from spacefile.rules.circles import circles
from spacefile.rules.common import has_come, known_person
from spacefile.rules.index import Book, Told


def check(book: Book) -> None:
    """Every flow of the file, and all of them together."""
    seen = set()
    links = []
    for flow in book.document.flows:
        check_human(book, flow)
        ends = flow.source, flow.target
        if flow.target and ends in seen:
            problem = _("Another flow before this one leads from and to the same moments.")
            book.fault(flow, "to", flow.target, problem, _("Keep one of the two."))
        seen.add(ends)
        source = moment(book, flow, "from", flow.source)
        if flow.target and flow.target.startswith(FRAMING):
            check_reframing(book, flow, source)
            continue
        target = moment(book, flow, "to", flow.target)
        check_ends(book, flow, source, target)
        if source and target:
            links.append((flow.source, flow.target, flow))
    report_circles(book, links)


def moment(book: Book, flow, name: str, value: str | None) -> Told | None:
    """The step at one end of a flow."""
    if value is None:
        return None
    told = book.moments.get(value)
    if told is None:
        problem = _("No step of a story has this name.")
        mend = _("Write a story's id and a step's number, as in S1.4.")
        book.fault(flow, name, value, problem, mend)
    return told


def check_human(book: Book, flow) -> None:
    """What a human found out about a flow: reason, who asked, when."""
    known_person(book, flow, "asked_by", flow.asked_by)
    has_come(book, flow, "asked_on", flow.asked_on)
    if flow.reason == "other" and not flow.note.strip():
        problem = _("The reason other needs a note.")
        book.fault(flow, "note", None, problem, _("Say in the note what the reason is."))
    if not flow.confirmed:
        return
    for name in ("reason", "asked_on", "asked_by"):
        if not getattr(flow, name):
            problem = _("A flow confirmed as stalled needs it.")
            mend = _("Add %(key)s, or delete confirmed.") % {"key": name}
            book.fault(flow, name, None, problem, mend)
    if flow.status == "happened":
        problem = _("What happened is not stalled.")
        mend = _("Write another status, such as blocked, or delete confirmed.")
        book.fault(flow, "confirmed", flow.confirmed, problem, mend)


def check_ends(book: Book, flow, source: Told | None, target: Told | None) -> None:
    """The two ends of a flow between moments."""
    if flow.target is None and flow.status == "happened":
        problem = _("A flow that happened leads somewhere.")
        mend = _("Add to, or write a status such as awaited.")
        book.fault(flow, "to", None, problem, mend)
    if flow.kind == "reframing" and flow.target:
        problem = _("A reframing leads to a version of the framing.")
        mend = _("Write to: FRAMING-2 with the version's number, or another kind.")
        book.fault(flow, "to", flow.target, problem, mend)
        return
    check_places(book, flow, source, target)
    check_statuses(book, flow, source, target)
    if source and target and source is not target:
        in_order(book, flow, source.step.known_by, target.step.known_by)


def check_places(book: Book, flow, source: Told | None, target: Told | None) -> None:
    """A return comes into the space from outside it; cross_space leads into another."""
    if flow.kind == "return" and target and target.step.loc not in ("in_space", None):
        problem = _("A return lands in the space; %(name)s is %(loc)s.")
        problem %= {"name": flow.target, "loc": target.step.loc}
        mend = _("Write another kind of flow, or loc: in_space for the step.")
        book.fault(flow, "to", flow.target, problem, mend)
    if flow.kind == "return" and source and source.step.loc == "in_space":
        problem = _("A return comes from outside the space; %(name)s is in_space.")
        problem %= {"name": flow.source}
        mend = _("Write another kind of flow, or another loc for the step.")
        book.fault(flow, "from", flow.source, problem, mend)
    if flow.kind == "cross_space" and target and target.step.loc not in ("other_space", None):
        problem = _("This flow leads into another space; %(name)s is %(loc)s.")
        problem %= {"name": flow.target, "loc": target.step.loc}
        mend = _("Write another kind of flow, or loc: other_space for the step.")
        book.fault(flow, "to", flow.target, problem, mend)


def check_statuses(book: Book, flow, source: Told | None, target: Told | None) -> None:
    """What happened leads from and to what happened; what is awaited leads to a hope."""
    if flow.status == "happened":
        for name, end in (("from", source), ("to", target)):
            if end and end.step.status == "hoped":
                problem = _("The flow happened, but %(name)s is a hope.") % {"name": end.name}
                mend = _("Write status: awaited, or say on what date the hope came true.")
                book.fault(flow, name, end.name, problem, mend)
    if flow.status == "awaited" and target and target.step.status == "actual":
        problem = _("The flow is awaited, but %(name)s has happened.") % {"name": target.name}
        mend = _("Write status: happened, or write the step as a hope.")
        book.fault(flow, "to", target.name, problem, mend)


def in_order(book: Book, flow, first, then) -> None:
    """Nothing leads to what was before it."""
    if first and then and then < first:
        problem = _("%(to)s, on %(then)s, is earlier than %(from)s, on %(first)s.")
        problem %= {"to": flow.target, "then": then, "from": flow.source, "first": first}
        mend = _("Correct one of the dates, or turn the flow round.")
        book.fault(flow, "to", flow.target, problem, mend)


def check_reframing(book: Book, flow, source: Told | None) -> None:
    """A reframing comes from what happened and leads to a version agreed afterwards."""
    number = flow.target.removeprefix(FRAMING)
    version = book.framings.get(int(number)) if number.isdecimal() and len(number) < 6 else None
    if flow.kind and flow.kind != "reframing":
        problem = _("Only a reframing leads to a version of the framing.")
        mend = _("Write kind: reframing, or the name of a step.")
        book.fault(flow, "kind", flow.kind, problem, mend)
    if version is None:
        problem = _("The framing has no version with this number.")
        mend = _("Write FRAMING- and the number of a version.")
        book.fault(flow, "to", flow.target, problem, mend)
        return
    if source and source.step.status == "hoped" and flow.status == "happened":
        problem = _("The flow happened, but %(name)s is a hope.") % {"name": source.name}
        mend = _("Name a step that happened.")
        book.fault(flow, "from", flow.source, problem, mend)
    if flow.status == "awaited":
        problem = _("The flow is awaited, but %(name)s has been agreed.") % {"name": flow.target}
        book.fault(flow, "to", flow.target, problem, _("Write status: happened, or leave out to."))
    if source:
        in_order(book, flow, source.step.date, version.agreed_on)


def report_circles(book: Book, links: list) -> None:
    """Name each flow that closes a circle, with the way round."""
    for flow, way in circles(links):
        names = way if len(way) < 9 else [*way[:4], "…", *way[-4:]]
        problem = _("The flows go round in a circle: %(way)s.")
        problem %= {"way": shown(" → ".join(names), 200)}
        mend = _("Delete this flow, or turn one of them round; a return is a new, later moment.")
        book.fault(flow, "to", flow.target, problem, mend)
