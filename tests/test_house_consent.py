"""Holds that one policy says who may read what: nobody else looks at a consent's columns."""

import ast

import pytest

from tests.test_house_rules import code, place
from valuecreation.consent import AUDIENCE_FIELDS, TERMS
from valuecreation.cycles import Audience

POLICY = "valuecreation/consent/"
EVERY = frozenset(TERMS)
# Who may name which columns, and why. Nobody here compares them but those who check what is typed.
EXCEPTIONS = {
    "valuecreation/models/consent.py": EVERY,  # the columns themselves
    "valuecreation/forms/consent.py": {"expires_on"},  # the field of the form
    "valuecreation/views/consent.py": {"expires_on"},  # what the form proposes
    "valuecreation/actions/consent.py": {"given_on", "expires_on"},  # the teller's wish
    "valuecreation/actions/sharing.py": {"expires_on"},  # the day that is proposed
    "valuecreation/rules/consents.py": {"given_on", "expires_on", "withdrawn_on"},  # what is typed
    "valuecreation/presentation/consent_words.py": EVERY - set(AUDIENCE_FIELDS.values()),  # words
    "valuecreation/models/story.py": {"withdrawn_on"},  # the story's own day, not the consent's
    "valuecreation/actions/erasing.py": {"withdrawn_on"},
    "valuecreation/actions/stories.py": {"withdrawn_on"},
    "valuecreation/presentation/own_stories.py": {"withdrawn_on"},
    "spacefile/": EVERY,  # what a file says and how it is stored
}


def named_by(node):
    """The columns that a node names: as attribute, keyword or within a look-up in a string."""
    if isinstance(node, ast.Attribute):
        return {node.attr} & EVERY
    if isinstance(node, ast.keyword) and node.arg:
        return set(node.arg.split("__")) & EVERY
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return set(node.value.split("__")) & EVERY
    return set()


def allowed_in(name):
    return set().union(*(names for start, names in EXCEPTIONS.items() if name.startswith(start)))


def wrongly_named(path, tree):
    name = place(path)
    for node in ast.walk(tree):
        for column in named_by(node) - allowed_in(name):
            line = getattr(node, "lineno", 0)
            yield f"{name}:{line} {column}"


def is_table_of_audiences(node):
    """True for a dictionary that says of several audiences which audiences or columns they mean."""
    if not isinstance(node, ast.Dict):
        return False
    keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
    inner = (part for value in node.values for part in ast.walk(value))
    said = {part.value for part in inner if isinstance(part, ast.Constant)}
    known = {*AUDIENCE_FIELDS, *AUDIENCE_FIELDS.values()}
    return len(keys & set(Audience.values)) > 1 and bool(said & known)


def elsewhere():
    return [(path, tree) for path, tree in code() if not place(path).startswith(POLICY)]


def test_only_the_policy_looks_at_the_columns_of_a_consent():
    trees = [pair for pair in elsewhere() if not place(pair[0]).startswith("benchmarks/")]
    assert [wrong for path, tree in trees for wrong in wrongly_named(path, tree)] == []


def test_no_other_table_says_whom_an_audience_reaches():
    wrong = [
        place(path, node)
        for path, tree in elsewhere()
        for node in ast.walk(tree)
        if is_table_of_audiences(node)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "rows.filter(consent__expires_on__lt=day)",
        "rows.order_by('consent__expires_on')",
        "story.consent.withdrawn_on is None",
        "getattr(act, 'to_public')",
        "Q(**{'given_on__lte': day})",
    ],
)
def test_a_look_at_a_column_is_found(line):
    assert [name for node in ast.walk(ast.parse(line)) for name in named_by(node)]


def test_a_second_table_is_found():
    line = "T = {'space': ('to_space', 'to_public'), 'public': ('to_public',)}"
    assert any(is_table_of_audiences(node) for node in ast.walk(ast.parse(line)))
