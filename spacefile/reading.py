"""The way in: the bytes of a space file to its records, or to everything that is wrong with it."""

from django.utils.translation import gettext as _

from spacefile import rules, words
from spacefile.document import SpaceFile
from spacefile.entries import read_entry
from spacefile.faults import Fault, Faults, Place, shown
from spacefile.syntax import parse


def read(data: bytes, *, name: str = "") -> tuple[SpaceFile | None, list[Fault]]:
    """The space file if nothing is wrong with it; else None and every fault at once.

    The name decides nothing but this: one that ends in .json must hold JSON.
    """
    faults = Faults()
    tree = parse(data, name, faults)
    if tree is None or not right_format(tree, faults):
        return None, faults.as_list()
    plain = {key: value for key, value in tree.items() if key not in ("format", "version")}
    record = type(tree)(plain.items())
    record.repeated = tree.repeated
    document = read_entry(SpaceFile, record, Place(faults, _("The file")))
    faults.begin_rules()
    rules.check(document, faults)
    return (None if len(faults) else document), faults.as_list()


def right_format(tree: dict, faults: Faults) -> bool:
    """True unless the file says that it is something else; then nothing more is read."""
    said = tree.get("format", words.FORMAT), tree.get("version", words.VERSION)
    if said[0] != words.FORMAT:
        faults.add(
            _("The file"),
            "format",
            said[0],
            _("A file of the format “%(format)s” cannot be read here.")
            % {"format": shown(said[0]) or "null"},
            _("Choose a file of the format %(format)s.") % {"format": words.FORMAT},
        )
    if said[1] != words.VERSION or isinstance(said[1], bool):
        faults.add(
            _("The file"),
            "version",
            said[1],
            _("Version “%(version)s” of the layout cannot be read here.")
            % {"version": shown(said[1]) or "null"},
            _("Save it as version %(version)s.") % {"version": words.VERSION},
        )
    return not len(faults) or said == (words.FORMAT, words.VERSION)
