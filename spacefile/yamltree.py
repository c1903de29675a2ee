"""YAML events to plain data: scalars are read by one plain table, nothing is ever constructed."""

import re

import yaml
from django.utils.translation import gettext as _

from spacefile.faults import Faults, shown
from spacefile.periods import FIRST_YEAR, LAST_YEAR, day_of
from spacefile.values import (
    Record,
    alias,
    ambiguous,
    decimal_number,
    no_number,
    no_such_day,
    odd_number,
    whole_number,
)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERGE = "<<"
MERGED = object()  # stands for a merge key, which is dropped with what it holds
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
STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class UnreadableYaml(Exception):
    """The file cannot be read beyond this place."""

    def __init__(self, problem: str, mend: str, mark=None):
        super().__init__(problem)
        self.problem, self.mend = problem, mend
        self.line = mark.line + 1 if mark else None
        self.column = mark.column + 1 if mark else None


def read_yaml(text: str, deepest: int, faults: Faults):
    """The one document in the text as records, lists and scalars."""
    tree = _Tree(deepest, faults)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            tree.take(event)
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or getattr(error, "reason", "") or ""
        raise UnreadableYaml(
            _("This is not YAML: %(reason)s.") % {"reason": shown(reason, 100)},
            _("Look at the indent, the quotes and the colons here and on the line before."),
            getattr(error, "problem_mark", None),
        ) from error
    return tree.found


class _Tree:
    """Builds the data from events with a stack of its own, however deep the file is."""

    def __init__(self, deepest: int, faults: Faults):
        self.deepest = deepest
        self.faults = faults
        self.found = None
        self.documents = 0
        self.stack: list[_Holder] = []

    def take(self, event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise UnreadableYaml(
                    _("A second document begins here."),
                    _("Keep one space in one file; delete the line with three dashes."),
                    event.start_mark,
                )
        elif isinstance(event, STARTS):
            self._open(event)
        elif isinstance(event, ENDS):
            self._put(self.stack.pop().finished())
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._no_key(event)
            self._put(alias(event.anchor))

    def _open(self, event) -> None:
        self._refuse_marks(event)
        self._no_key(event)
        if len(self.stack) >= self.deepest:
            raise UnreadableYaml(
                _("Lists and records lie more than %(count)s deep in each other.")
                % {"count": self.deepest},
                _("Write the file as the worked example is written."),
                event.start_mark,
            )
        self.stack.append(_Holder(isinstance(event, yaml.MappingStartEvent)))

    def _scalar(self, event) -> None:
        if not (self.stack and self.stack[-1].wants_key):
            self._put(plain(event.value) if event.implicit[0] else event.value)
            return
        if event.value == MERGE and event.implicit[0]:
            self._note(
                event,
                _("The merge key << is not read."),
                _("Write out here the keys that are meant."),
            )
            self.stack[-1].key = MERGED
        else:
            self.stack[-1].key = event.value

    def _no_key(self, event) -> None:
        if self.stack and self.stack[-1].wants_key:
            raise UnreadableYaml(
                _("A key must be a single word."),
                _("Write a key, a colon and a value; quote text that begins with a bracket."),
                event.start_mark,
            )

    def _refuse_marks(self, event) -> None:
        if event.anchor:
            self._note(
                event,
                _("The anchor &%(name)s is not read.") % {"name": shown(event.anchor, 30)},
                _("Delete it, and write out what refers to it."),
            )
        if event.tag:
            self._note(
                event,
                _("The tag %(name)s is not read.") % {"name": shown(event.tag, 30)},
                _("Delete it; quote text that begins with an exclamation mark."),
            )

    def _note(self, event, problem: str, mend: str) -> None:
        line = _("Line %(line)s") % {"line": event.start_mark.line + 1}
        self.faults.add(line, "", None, problem, mend)

    def _put(self, value) -> None:
        if self.stack:
            self.stack[-1].put(value)
        else:
            self.found = value


class _Holder:
    """A list or a record that is still open."""

    def __init__(self, is_record: bool):
        self.is_record = is_record
        self.items: list = []
        self.key: object = None

    @property
    def wants_key(self) -> bool:
        return self.is_record and self.key is None

    def put(self, value) -> None:
        self.items.append((self.key, value) if self.is_record else value)
        self.key = None

    def finished(self):
        if self.is_record:
            return Record(pair for pair in self.items if pair[0] is not MERGED)
        return self.items


def plain(text: str):
    """What an unquoted word means."""
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if text in YAML_WORDS:
        return ambiguous(text)
    if text[0] in "0123456789+-.":
        return _number_or_day(text)
    return text


def _number_or_day(text: str):
    if WHOLE.fullmatch(text):
        return whole_number(text)
    if DECIMAL.fullmatch(text):
        return decimal_number(text)
    if DAY.fullmatch(text):
        day = day_of(text)
        return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else no_such_day(text)
    if NO_NUMBER.fullmatch(text):
        return no_number(text)
    return odd_number(text) if ODD.fullmatch(text) else text
