"""Holds the house rule that what people read is translated in whole sentences."""

import ast
import re

from tests.test_house_rules import LADDER, code, files, place

TRANSLATING = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
    "pgettext",
    "pgettext_lazy",
}
CASE = {"lower", "upper", "capitalize", "title", "casefold"}
SET_BY_ITSELF = re.compile(r"""\{% translate ["'][,;.:)\s]""")  # the end of somebody's sentence


def is_translated(node) -> bool:
    """True for what a syntax tree shows to be words of ours: a message, or a choice's label."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return is_translated(node.left)
    if isinstance(node, ast.BoolOp):
        return any(map(is_translated, node.values))
    if isinstance(node, ast.IfExp):
        return is_translated(node.body) or is_translated(node.orelse)
    if isinstance(node, ast.Attribute):
        return node.attr == "label"
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in ("str", "capfirst"):
        return any(map(is_translated, node.args))
    return name in TRANSLATING or (name.startswith("get_") and name.endswith("_display"))


def glued(node) -> bool:
    """True for a translated message with more words set beside it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return is_translated(node.left) or is_translated(node.right)
    if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
        shown = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return any(map(is_translated, shown))
    return False


def recased(node) -> bool:
    """True for a translated word in another case than its translator gave it."""
    function = getattr(node, "func", None)
    if not isinstance(function, ast.Attribute) or function.attr not in CASE:
        return False
    return is_translated(function.value)


def found(rule):
    return [place(path, node) for path, tree in code() for node in ast.walk(tree) if rule(node)]


def test_no_sentence_is_glued_from_translated_halves():
    assert found(glued) == []


def test_no_translated_word_is_put_into_another_case():
    assert found(recased) == []


def test_no_template_translates_the_end_of_a_sentence_by_itself():
    wrong = [
        f"{place(path)}:{number}"
        for path in files(".html", ".txt", within=("templates", *LADDER))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if SET_BY_ITSELF.search(line)
    ]
    assert wrong == []


def test_the_rule_sees_what_it_is_for():
    seen = [
        '_("So far") + "."',
        'f"{_(1)}: {reason}"',
        'f"{cycle.label}: {words}"',
        'f"{flow.get_reason_display()}."',
        '("; " + (_("%(n)s of them") % {"n": 3}))',
    ]
    assert all(any(map(glued, ast.walk(ast.parse(line)))) for line in seen)
    assert recased(ast.parse("str(Cycle(code).label).lower()").body[0].value)
    assert not recased(ast.parse("email.lower()").body[0].value)
