"""Holds the house rules of CONTRIBUTING.md that a program can hold."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# an app may import those before it
LADDER = ["spaces", "valuecreation", "framing", "evaluation", "spacefile"]
RUNGS = {  # a module may import its own rung and those before it; what is not named is work, 3
    "permissions": 1,
    "cycles": 1,
    "consent": 1,
    "models": 2,
    "tasks": 4,
    "actions": 5,
    "views": 6,
    "api": 6,
    "admin": 6,
    "middleware": 6,
    "adapters": 6,
    "templatetags": 6,
    "management": 6,
    "urls": 7,
    "apps": 7,
}
WORK = 3
MOST_LINES = 399
MOST_LINES_OF_A_FUNCTION = 45
OURS = [*LADDER, "learningspaces", "templates", "static", "tests", "benchmarks", "docs", ".ci"]
NOT_WRITTEN_BY_US = {"migrations", "fonts", "vendor", "__pycache__"}
FORBIDDEN_WORDS = {  # spelled in two halves, so that this file does not find itself
    "the folder beside the repository": re.compile(r"\.\./" + "shared"),
    "a registry's host": re.compile("py" + r"pi\.org|python" + r"hosted|npm" + r"js\.(org|com)"),
    "a machine's path": re.compile("/work" + "/main|/opt/" + "wheels"),
    "something left to do": re.compile(r"\b(TO" + "DO|FIX" + r"ME)\b"),
}


def files(*suffixes, within=tuple(OURS)):
    """Our own files with one of the suffixes."""
    for folder in within:
        for path in sorted((ROOT / folder).rglob("*")):
            written = NOT_WRITTEN_BY_US.isdisjoint(path.relative_to(ROOT).parts)
            if path.is_file() and path.suffix in suffixes and written:
                yield path


@cache
def syntax_tree(path):
    """A module's syntax tree, parsed once for all rules; nobody changes it."""
    return ast.parse(path.read_text())


def code(*within):
    """Each of our modules with its syntax tree."""
    for path in files(".py", within=within or (*LADDER, "learningspaces", "benchmarks")):
        yield path, syntax_tree(path)


def place(path, node=None):
    return f"{path.relative_to(ROOT)}:{node.lineno}" if node else str(path.relative_to(ROOT))


def imports(path, tree):
    """Every name the module imports, dotted and absolute."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            start = [*above, *([node.module] if node.module else [])]
            yield from (".".join([*start, alias.name]) for alias in node.names)


def functions(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def our_models():
    return [model for app in LADDER for model in apps.get_app_config(app).get_models()]


# --- the two ladders -----------------------------------------------------------------------


@pytest.mark.parametrize("app", LADDER)
def test_app_imports_only_apps_below(app):
    above = {*LADDER[LADDER.index(app) + 1 :], "learningspaces", "tests"}
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in code(app)
        for name in imports(path, tree)
        if name.split(".")[0] in above and not name.startswith("learningspaces.lib")
    ]
    assert wrong == []


def test_lib_knows_no_app():
    wrong = [
        f"{place(path)} imports {name}"
        for path, tree in code("learningspaces/lib")
        for name in imports(path, tree)
        if name.split(".")[0] in (*LADDER, "learningspaces")
        and not name.startswith("learningspaces.lib")
    ]
    assert wrong == []


@pytest.mark.parametrize("app", LADDER)
def test_module_imports_only_its_own_rung_and_those_before_it(app):
    wrong = [
        f"{place(path)} (rung {rung_of(inner_name(path))}) imports {name}"
        for path, tree in code(app)
        for name in imports(path, tree)
        if name.startswith(f"{app}.") and rung_of(name.split(".")[1]) > rung_of(inner_name(path))
    ]
    assert wrong == []


def inner_name(path):
    """`models` for both spaces/models/person.py and spaces/models.py."""
    return path.relative_to(ROOT).parts[1].removesuffix(".py")


def rung_of(name):
    return RUNGS.get(name, WORK)


def test_foreign_keys_point_down():
    wrong = [
        str(field)
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (other := field.related_model._meta.app_label) in LADDER
        and LADDER.index(other) > LADDER.index(model._meta.app_label)
    ]
    assert wrong == []


def test_no_function_imports():
    wrong = [
        place(path, node)
        for path, tree in [*code(), *code("tests")]
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


# --- length and words ----------------------------------------------------------------------


def test_no_file_is_too_long_to_hold_in_mind():
    sizes = {
        place(path): path.read_text().count("\n")
        for path in files(".py", ".html", ".css", ".js", ".typ")
    }
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}


def test_no_function_is_too_long_to_see_at_once():
    sizes = {
        f"{place(path, function)} {function.name}": function.end_lineno - function.lineno + 1
        for path, tree in code()
        for function in functions(tree)
    }
    assert {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("what", FORBIDDEN_WORDS)
def test_no_file_speaks_of(what):
    kinds = (".py", ".html", ".css", ".js", ".typ", ".md", ".txt", ".in", ".toml", ".yaml", ".yml")
    top = [path for path in ROOT.iterdir() if path.suffix in kinds]
    more = [ROOT / name for name in ("dev", "Dockerfile", ".ci/run", ".env.example")]
    wrong = [
        f"{place(path)}:{number}"
        for path in [*files(*kinds), *top, *(path for path in more if path.exists())]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if FORBIDDEN_WORDS[what].search(line)
    ]
    assert wrong == []


def test_every_model_says_what_it_is_in_the_world():
    """Django writes a docstring of its own, "Story(id, title, …)", where we wrote none."""
    made_up = re.compile(r"^\w+\([\w, ]*\)$")
    assert [m for m in our_models() if made_up.match(m.__doc__ or "Nothing()")] == []


def test_every_action_task_report_and_helper_has_a_docstring():
    inside = [*(f"{app}/{name}" for app in LADDER for name in ("actions", "tasks", "reports"))]
    single = [ROOT / f"{name}.py" for name in inside if (ROOT / f"{name}.py").exists()]
    trees = [(path, syntax_tree(path)) for path in single]
    wrong = [
        f"{place(path, node)} {node.name}"
        for path, tree in [*trees, *code("learningspaces/lib", *inside)]
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert wrong == []


def test_every_relation_has_a_related_name():
    wrong = [
        str(field)
        for model in our_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.remote_field and not field.auto_created
        if not field.remote_field.related_name and field.model is model
    ]
    assert wrong == []


def test_choices_stand_at_module_level():
    wrong = [
        place(path, inner)
        for path, tree in code()
        for outer in ast.walk(tree)
        if isinstance(outer, ast.ClassDef)
        for inner in outer.body
        if isinstance(inner, ast.ClassDef)
        and any("Choices" in ast.unparse(base) for base in inner.bases)
    ]
    assert wrong == []


# --- doing ---------------------------------------------------------------------------------


def test_tasks_are_enqueued_on_commit_only():
    wrong = [
        f"{place(path, node)} {node.attr}"
        for path, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("delay", "apply_async", "send_task")
    ]
    assert wrong == []


def test_booleans_are_given_by_name():
    wrong = [
        f"{place(path, function)} {function.name}({argument.arg})"
        for path, tree in code()
        if "lib" in path.parts or "actions" in (path.stem, path.parent.name)
        for function in functions(tree)
        for argument, default in positional(function)
        if argument.arg != "default" and is_boolean(argument, default)
    ]
    assert wrong == []


def positional(function):
    """Each argument that can be given without its name, with its default or None."""
    named = [*function.args.posonlyargs, *function.args.args]
    missing = [None] * (len(named) - len(function.args.defaults))
    return zip(named, [*missing, *function.args.defaults], strict=True)


def is_boolean(argument, default):
    annotated = argument.annotation and ast.unparse(argument.annotation) == "bool"
    return annotated or (isinstance(default, ast.Constant) and isinstance(default.value, bool))


def test_names_come_from_the_domain():
    pattern = re.compile(r"(Handler|Helper|Service|Mixin)$|^utils$")
    wrong = [
        f"{place(path, node)} {node.name}"
        for path, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and pattern.search(node.name)
    ]
    assert wrong + [place(path) for path, _ in code() if pattern.search(path.stem)] == []


def test_no_class_name_is_used_twice():
    """`Meta` stands inside others, and Django wants every command to be called so."""
    places = defaultdict(list)
    for path, tree in code(*LADDER, "learningspaces"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                places[node.name].append(place(path, node))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_tests_are_plain_functions_without_sleep():
    classes = [
        place(path, node)
        for path, tree in code("tests")
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
    ]
    sleeps = [
        place(path, node)
        for path, tree in code("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("sleep", "time.sleep")
    ]
    assert classes + sleeps == []
