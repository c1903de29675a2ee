"""YAML as plain data: PyYAML gives libyaml's events with their lines, one plain table reads them.

Nothing is ever constructed but records, lists and single values.
"""

import re
from collections.abc import Iterator

import yaml
from django.utils.translation import gettext as _

from spacefile.faults import Faults, shown
from spacefile.fields import day_of
from spacefile.plain import (
    DEEPEST,
    Piece,
    Unparsable,
    alias,
    ambiguous,
    decimal_number,
    layout,
    no_number,
    no_such_day,
    not_a_space,
    odd_number,
    place,
    record,
    too_deep,
    whole_number,
)
from spacefile.schema import LISTS

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERGE = "<<"
MERGED = object()  # stands for a merge key, which is dropped with what it holds


def yaml_pieces(data: bytes, faults: Faults) -> Iterator[Piece]:
    """What the YAML holds, each record let go once it was read."""
    tree = _Tree(faults)
    try:
        for event in yaml.parse(data, Loader=LOADER):
            tree.take(event)
            if tree.ready:
                yield from tree.ready
                tree.ready.clear()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", "") or ""
        problem = _("This is not YAML: %(reason)s.") % {"reason": shown(reason, 100)}
        mend = _("Look at the indent, the quotes and the colons here and on the line before.")
        where = place(mark.line + 1, mark.column + 1) if mark else ""
        raise Unparsable(problem, mend, where) from error
    if not tree.documents:
        raise Unparsable(_("It holds nothing but comments."), layout())
    if not tree.is_space:
        raise not_a_space()


class _Holder:
    """A list or a record that is still open."""

    __slots__ = ("is_record", "items", "key")

    def __init__(self, is_record: bool):
        self.is_record = is_record
        self.items: list = []
        self.key: object = None


class _Tree:
    """Builds the data from events with a stack of its own, however deep the file is."""

    def __init__(self, faults: Faults):
        self.faults = faults
        self.documents = 0
        self.is_space = False
        self.seen: set = set()
        self.ready: list[Piece] = []
        self.stack: list[_Holder] = []

    def take(self, event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            holder = self.stack.pop()
            pairs = [pair for pair in holder.items if not holder.is_record or pair[0] is not MERGED]
            self._put(record(pairs) if holder.is_record else pairs)
        elif isinstance(event, yaml.AliasEvent):
            self._no_key(event)
            self._put(alias(event.anchor))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                mend = _("Keep one space in one file; delete the line with three dashes.")
                raise Unparsable(_("A second document begins here."), mend, _where(event))

    def _scalar(self, event) -> None:
        if event.anchor or event.tag:
            self._refuse_marks(event)
        holder = self.stack[-1] if self.stack else None
        if not (holder and holder.is_record and holder.key is None):
            self._put(plain(event.value) if event.implicit[0] else event.value)
        elif event.value == MERGE and event.implicit[0]:
            problem = _("The merge key << is not read.")
            self._note(event, problem, _("Write out here the keys that are meant."))
            holder.key = MERGED
        else:
            holder.key = event.value

    def _open(self, event) -> None:
        if event.anchor or event.tag:
            self._refuse_marks(event)
        self._no_key(event)
        if len(self.stack) >= DEEPEST:
            raise too_deep(_where(event))
        is_record = isinstance(event, yaml.MappingStartEvent)
        if not self.stack:
            self.is_space = is_record
        self.stack.append(_Holder(is_record))

    def _put(self, value) -> None:
        """Give a value to what holds it; what the file itself holds is ready to be read."""
        depth = len(self.stack)
        if not depth:
            return
        holder, root = self.stack[-1], self.stack[0]
        if depth == 1 and holder.is_record:
            self._ready(holder, value)
        elif depth == 2 and root.is_record and not holder.is_record and root.key in LISTS:
            holder.items.append(None)
            if root.key not in self.seen:
                self.ready.append((root.key, len(holder.items), value))
        else:
            holder.items.append((holder.key, value) if holder.is_record else value)
        holder.key = None

    def _ready(self, root: _Holder, value) -> None:
        key = root.key
        if key in self.seen:
            self.ready.append((key, 0, record([(key, 1), (key, 2)])[key]))
        elif key is not MERGED and not (key in LISTS and isinstance(value, list)):
            self.ready.append((key, 0, value))
        self.seen.add(key)

    def _no_key(self, event) -> None:
        if self.stack and self.stack[-1].is_record and self.stack[-1].key is None:
            mend = _("Write a key, a colon and a value; quote text that begins with a bracket.")
            raise Unparsable(_("A key must be a single word."), mend, _where(event))

    def _refuse_marks(self, event) -> None:
        if event.anchor:
            problem = _("The anchor &%(name)s is not read.") % {"name": shown(event.anchor, 30)}
            self._note(event, problem, _("Delete it, and write out what refers to it."))
        if event.tag:
            problem = _("The tag %(name)s is not read.") % {"name": shown(event.tag, 30)}
            mend = _("Delete it; quote text that begins with an exclamation mark.")
            self._note(event, problem, mend)

    def _note(self, event, problem: str, mend: str) -> None:
        line = _("Line %(line)s") % {"line": event.start_mark.line + 1}
        self.faults.add(line, "", None, problem, mend)


def _where(event) -> str:
    return place(event.start_mark.line + 1, event.start_mark.column + 1)


NULLS = frozenset(["", "~", "null", "Null", "NULL"])
TRUE = frozenset(["true", "True", "TRUE"])
FALSE = frozenset(["false", "False", "FALSE"])
YAML_WORDS = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off")
    for form in (word, word.capitalize(), word.upper())
)
WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
ODD = re.compile(
    r"[-+]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0o?[0-9_]+"
    r"|[0-9][0-9_]*_[0-9_]*(\.[0-9_]*)?|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?)"
)


def plain(text: str):
    """What an unquoted word means."""
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if text in YAML_WORDS:
        return ambiguous(text)
    if text[0] not in "0123456789+-.":
        return text
    if WHOLE.fullmatch(text):
        return whole_number(text)
    if DECIMAL.fullmatch(text):
        return decimal_number(text)
    if DAY.fullmatch(text):
        return day_of(text) or no_such_day(text)
    if NO_NUMBER.fullmatch(text):
        return no_number(text)
    return odd_number(text) if ODD.fullmatch(text) else text
