"""Rules for framing versions."""

from django.utils.translation import gettext as _

from spacefile.rules.common import has_come, once, rising
from spacefile.rules.index import Book


def check(book: Book) -> None:
    """Versions in order, aspirations that carry on, causes that happened before."""
    versions = book.document.framing
    rising(book, versions, "number")
    rising(book, versions, "agreed_on", or_same=True)  # two may be agreed on one day
    inherited = {}
    for place, version in enumerate(versions):
        has_come(book, version, "agreed_on", version.agreed_on)
        once(book, version.uncertainties, "id")
        once(book, (*version.aspirations, *version.aspirations_added), "key", "lineage")
        right_list(book, version, is_first=place == 0)
        for hope in (*version.aspirations, *version.aspirations_added):
            same_cycle(book, hope, inherited)
        known = inherited | {
            hope.lineage: hope for hope in (*version.aspirations, *version.aspirations_added)
        }
        for entry in (*version.assumptions, *version.risks):
            about_known(book, entry, known)
        inherited = dropped(book, version, inherited, known)
        for number, name in enumerate(version.caused_by, start=1):
            check_cause(book, version, number, name)


def right_list(book: Book, version, *, is_first: bool) -> None:
    """The first version has aspirations; later ones add to those they inherit, or end some."""
    if is_first:
        wrong = ["aspirations_added", "aspirations_dropped"]
        mend = _("In the first version write aspirations.")
    else:
        wrong = ["aspirations"]
        mend = _("In a later version write aspirations_added and aspirations_dropped.")
    for name in wrong:
        if getattr(version, name):
            problem = _("The first version inherits nothing.")
            if not is_first:
                problem = _("A later version keeps the aspirations of the one before.")
            book.fault(version, name, None, problem, mend)


def same_cycle(book: Book, hope, inherited: dict) -> None:
    """An aspiration that is worded anew under its key stays in its cycle."""
    before = inherited.get(hope.lineage)
    if before and before.cycle and hope.cycle and before.cycle != hope.cycle:
        book.fault(
            hope,
            "cycle",
            hope.cycle,
            _("The aspiration %(key)s is in the cycle %(cycle)s in an earlier version.")
            % {"key": hope.lineage, "cycle": before.cycle},
            _("Keep the cycle, or give this aspiration a key of its own."),
        )


def about_known(book: Book, entry, known: dict) -> None:
    """An assumption or a risk is about an aspiration of its version."""
    if entry.about and entry.about not in known:
        book.fault(
            entry,
            "about",
            entry.about,
            _("No aspiration of this version has this key."),
            _("Write the key of an aspiration, or leave it out."),
        )


def dropped(book: Book, version, inherited: dict, known: dict) -> dict:
    """The aspirations that go on; only those inherited can end."""
    for number, lineage in enumerate(version.aspirations_dropped, start=1):
        if lineage not in inherited:
            book.fault(
                version,
                f"aspirations_dropped, {number}",
                lineage,
                _("The version before has no aspiration with this key."),
                _("Write the key of an aspiration that ends here, or delete it."),
            )
    return {key: hope for key, hope in known.items() if key not in version.aspirations_dropped}


def check_cause(book: Book, version, number: int, name: str) -> None:
    """What caused a version is a moment that had happened by then."""
    told = book.moments.get(name)
    field = f"caused_by, {number}"
    if told is None:
        problem = _("No step of a story has this name.")
        mend = _("Write the name of a step, as in S1.4, or delete it.")
    elif told.step.status == "hoped":
        problem = _("This is a hope; it has not happened.")
        mend = _("Name a step that happened, or delete it.")
    elif told.step.date and version.agreed_on and told.step.date > version.agreed_on:
        problem = _("This happened on %(day)s, after the version was agreed.")
        problem %= {"day": told.step.date}
        mend = _("Correct the step's date or the version's, or delete it.")
    else:
        return
    book.fault(version, field, name, problem, mend)
