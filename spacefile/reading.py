"""The way in: the bytes of a space file to its records, or to everything that is wrong with it."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from learningspaces.lib.text import in_words
from spacefile import checks
from spacefile.faults import Fault, Faults, shown
from spacefile.fields import explained
from spacefile.labels import flow_label, label
from spacefile.parsing import pieces
from spacefile.plain import Unparsable, Unreadable
from spacefile.records import LENIENT, adapter_of, keys_of
from spacefile.schema import (
    FORMAT,
    LISTS,
    NESTED,
    VERSION,
    SpaceFile,
)
from spaces.models import SMALLEST_GROUP
from valuecreation.models import Strength

SAID_BY_OTHERS = frozenset({Strength.CORROBORATED, Strength.SUBSTANTIATED})
FEW = 10  # stories that one sentence names


def read(data: bytes, *, name: str = "") -> tuple[SpaceFile | None, list[Fault]]:
    """The space file if nothing is wrong with it; else None and every fault at once.

    The name decides nothing but this: one that ends in .json must hold JSON.
    """
    faults = Faults()
    header: dict = {}
    lists: dict[str, list] = {}
    try:
        for key, number, tree in pieces(data, name, faults):
            if number:
                lists.setdefault(key, []).append(read_record(LISTS[key], tree, faults, key, number))
            else:
                header[key] = tree
    except Unparsable as error:
        faults.add(error.record or _("The file"), "", None, error.problem, error.mend)
        return None, faults.as_list()
    said = header.pop("format", FORMAT), header.pop("version", VERSION)
    if said != (FORMAT, VERSION) or isinstance(said[1], bool):
        return None, format_faults(*said)
    document = read_record(SpaceFile, header, faults)
    if document is None:
        return None, faults.as_list()
    found = {key: tuple(filter(None, records)) for key, records in lists.items()}
    document = replace(document, **found)
    document = replace(document, notices=(*notices_of(header), *strengths_unsaid(document)))
    faults.begin_rules()
    checks.check(document, faults)
    return (None if len(faults) else document), faults.as_list()


def notices_of(header: dict) -> tuple[str, ...]:
    """What came in otherwise than it was written, in sentences."""
    space = header.get("space")
    size = space.get("min_group_size") if isinstance(space, dict) else None
    if not (type(size) is int and 0 < size < SMALLEST_GROUP):
        return ()
    said = _(
        "The smallest group comes in as %(least)s, the least that can be, instead of %(size)s."
    )
    return (said % {"least": SMALLEST_GROUP, "size": size},)


def strengths_unsaid(document: SpaceFile) -> Iterator[str]:
    """Which stories are said to be borne out by others, of whom the file holds no word."""
    alone = [
        story.id
        for story in document.stories
        if story.strength in SAID_BY_OTHERS and not story.statements
    ]
    if alone:
        said = ngettext(
            "Story %(ids)s says that others bear it out, and the file holds nobody’s word for it;"
            " it comes in as it says.",
            "Stories %(ids)s say that others bear them out, and the file holds nobody’s word for"
            " it; they come in as they say.",
            len(alone),
        )
        yield said % {"ids": in_words([*alone[:FEW], *(["…"] if len(alone) > FEW else [])])}


def format_faults(form, version) -> list[Fault]:
    """That the file says it is something else; then nothing more is said of it."""
    faults = Faults()
    if form != FORMAT:
        problem = _("A file of the format “%(format)s” cannot be read here.")
        mend = _("Choose a file of the format %(format)s.") % {"format": FORMAT}
        said = problem % {"format": shown(form) or "null"}
        faults.add(_("The file"), "format", form, said, mend)
    if version != VERSION or isinstance(version, bool):
        problem = _("Version “%(version)s” of the layout cannot be read here.")
        mend = _("Save it as version %(version)s.") % {"version": VERSION}
        said = problem % {"version": shown(version) or "null"}
        faults.add(_("The file"), "version", version, said, mend)
    return faults.as_list()


def read_record(kind, tree, faults: Faults, key: str = "", number: int = 0):
    """A record with every fault in it noted; what could not be read keeps its default."""
    adapter = adapter_of(kind)
    try:
        return adapter.validate_python(tree)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    for one in errors:
        note(one, kind, tree, faults, key, number)
    try:
        return adapter.validate_python(without(tree, errors), context=LENIENT)
    except ValidationError:
        return None


def note(error: dict, kind, tree, faults: Faults, key: str, number: int) -> None:
    """Note one error of the schema, named by record and field."""
    record, field = place_of(error["loc"], tree, key, number)
    known = {}
    if error["type"] == "unexpected_keyword_argument":
        known = _keys_beside(kind, error["loc"])
    value = error["input"]
    if error["type"] in ("unexpected_keyword_argument", "dataclass_type"):
        value = value if isinstance(value, Unreadable) or not field else None
    count = error.get("ctx", {}).get("number")
    if count:
        field, value = f"{field}, {count}", value[count - 1]
    problem, mend = explained(error, known)
    faults.add(record, field, value, problem, mend)


def _keys_beside(kind, loc: Iterable) -> list[str]:
    """The keys that the record has in which an unknown one stands."""
    for part in loc:
        kind = NESTED.get(part, kind) if isinstance(part, str) else kind
    return list(keys_of(kind))


def place_of(loc, tree, key: str, number: int) -> tuple[str, str]:
    """The record and the field at which something in a raw record stands."""
    record, fields, under = _("The file"), [], key
    if number:
        record = flow_label(tree, number) if key == "flows" else label(key, tree, number, record)
    for part in loc:
        if part == "[key]":
            continue
        if isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
            if isinstance(tree, dict) and label(under, tree, 0, ""):
                record, fields = label(under, tree, part + 1, record), []
            else:
                fields.append(str(part + 1))
        elif isinstance(part, str) and not (isinstance(tree, dict) and part in tree):
            if part not in ("list", "otherwise"):
                fields.append(shown(part, 40))
        elif isinstance(tree, dict):
            tree = tree[part]
            if under == "obs":
                record = f"{record}, {shown(part, 30)}"
            elif part in ("space", "consent") and not isinstance(tree, Unreadable):
                record, fields = label(part, tree, 0, record), []
            else:
                fields.append(shown(part, 40))
            under = part
    return record, ", ".join(fields[:2])


def without(tree, errors: list[dict]):
    """The raw record without what could not be read."""
    tree = copy.deepcopy(tree)
    places = {
        _path(tree, one["loc"]) for one in errors if not getattr(one["input"], "absent", False)
    }
    for path in sorted(places, key=lambda path: [(str(type(one)), one) for one in path])[::-1]:
        holder = tree
        try:
            for one in path[:-1]:
                holder = holder[one]
            del holder[path[-1]]
        except (LookupError, TypeError):
            continue  # it went with what it stood in
    return tree


def _path(tree, loc) -> tuple:
    path = []
    for part in loc:
        inside = part in tree if isinstance(tree, dict) else None
        if isinstance(tree, list):
            inside = isinstance(part, int) and part < len(tree)
        if inside:
            path.append(part)
            tree = tree[part]
    return tuple(path)
