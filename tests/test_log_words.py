"""Whatever a database refuses, the log tells which rule it was and not one word of the row."""

import datetime as dt
import itertools
import logging
import uuid
from logging.config import DictConfigurator

import pytest
import structlog
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, transaction
from django.db.models.expressions import F

from learningspaces.lib.full_text import FoldedText, FoldedTextField
from learningspaces.lib.logs import set_up

pytestmark = pytest.mark.django_db
PLANTED = "Qvzx"
FIRST, LATER = dt.date(2025, 3, 3), dt.date(2025, 4, 4)
OURS = ("spaces", "valuecreation", "learning", "framing", "evaluation")
MODELS = [
    model
    for app in OURS
    if apps.is_installed(app)
    for model in apps.get_app_config(app).get_models()
]
CONSTRAINTS = [(model, rule) for model in MODELS for rule in model._meta.constraints]
NUMBERS = (models.IntegerField, models.ForeignKey, models.DecimalField, models.FloatField)
WORDS = (models.CharField, models.TextField)
log = structlog.get_logger("tests.told")


def value_of(field, number):
    """A value for a column: words where it takes any, another one for each number."""
    if isinstance(field, WORDS) and not field.choices:
        return f"{number}{PLANTED}"[: field.max_length or 100]
    if isinstance(field, models.JSONField):
        return {"x-words": PLANTED}
    if isinstance(field, FoldedTextField):
        return FoldedText.of([], str(number), "", PLANTED)
    if field.null:
        return None
    if field.unique or isinstance(field, models.ForeignKey):
        return number if isinstance(field, NUMBERS) else uuid.uuid4()
    if field.has_default():
        return field.get_default()
    if isinstance(field, models.BooleanField):
        return False
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return dt.datetime(2025, 3, 3, tzinfo=dt.UTC)
    if isinstance(field, models.DateField):
        return FIRST
    return PLANTED.encode() if isinstance(field, models.BinaryField) else number


def row_of(model, number, same):
    values = {f.attname: value_of(f, number) for f in model._meta.concrete_fields if not own(f)}
    return model(**(values | same))


def own(field):
    return field.primary_key and not field.is_relation


def names_in(expression):
    """The names of the columns that a condition speaks of."""
    if isinstance(expression, models.Q):
        return set().union(*(names_in(each) for each in expression.children))
    if isinstance(expression, tuple):
        name, value = expression
        return {name.split("__")[0]} | (names_in(value) if isinstance(value, F) else set())
    if isinstance(expression, F):
        return {expression.name}
    parts = expression.get_source_expressions()
    return set().union(*(names_in(each) for each in parts if each is not None))


def columns(model, names):
    return [model._meta.get_field(name) for name in sorted(names)]


def options(field):
    """What a column may hold, as far as conditions tell it apart."""
    if field.choices:
        found = [code for code, _words in field.flatchoices]
        found += [""] if field.blank and isinstance(field, WORDS) else []
    elif isinstance(field, models.BooleanField):
        found = [False, True]
    elif isinstance(field, models.DateField):
        found = [FIRST, LATER]
    else:
        found = ["", PLANTED] if isinstance(field, WORDS) else [1, 2, 0, 3]
    return [*found, *([None] if field.null else [])]


def typed(field, value):
    kind = models.BigIntegerField() if field.is_relation else field
    return models.Value(value, output_field=kind)


def holds(condition, kept, values):
    return condition.check({f.name: typed(f, value) for f, value in values.items()}) == kept


def values_where(model, *, broken=None, also=None):
    """Values with which a row keeps every check of its model but the one to be broken."""
    checks = [each for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
    wished = [(each.condition, True) for each in checks if each is not broken]
    wished += [(also, True)] if also else []
    wished += [(broken.condition, False)] if broken else []
    values, settled = {}, []
    for condition, kept in wished:
        settled.append((condition, kept))
        names = names_in(condition)
        beside = [names_in(each) for each, _kept in settled if names & names_in(each)]
        fields = columns(model, names.union(*beside))
        rows = itertools.product(*map(options, fields))
        values = next(
            found
            for row in rows
            if all(
                holds(*each, found := values | dict(zip(fields, row, strict=True)))
                for each in settled
            )
        )
    return {field.attname: value for field, value in values.items()}


def rows_against(model, rule):
    """Rows of which the last breaks a rule and no other."""
    if isinstance(rule, models.CheckConstraint):
        return [row_of(model, 1, values_where(model, broken=rule))]
    names = set(rule.fields) | set().union(set(), *map(names_in, rule.expressions))
    values = values_where(model, also=rule.condition)
    same = {f.attname: value_of(f, 7) or 7 for f in columns(model, names)} | values
    return [row_of(model, number, same) for number in (1, 2)]


def refusal(rows):
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        for row in rows:
            models.Model.save_base(row, raw=True, force_insert=True)
    return refused.value


@pytest.fixture(params=["json", "text"])
def lines(request):
    formatter = set_up("DEBUG", request.param)["formatters"]["line"]
    kept = []
    handler = logging.Handler()
    handler.setFormatter(DictConfigurator({}).configure_custom(dict(formatter)))
    handler.emit = lambda record: kept.append(handler.format(record))
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)


def tell(error):
    """All the ways in which the program and its libraries tell of an error."""
    try:
        raise RuntimeError("a task") from error
    except RuntimeError as outer:
        log.exception("task_failed", error=str(outer), exception=outer)
        logging.getLogger("tests.told").exception("it broke")
    log.error("task_failed", error=str(error))
    log.error("task_failed", exception=error, exc_info=error)
    logging.getLogger("tests.told").error("it broke: %s", error)
    logging.getLogger("tests.told").error(f"it broke: {error}")


def quoting(lines):
    """The lines that hold what stood in a row."""
    return [line for line in lines if PLANTED in line or "DETAIL" in line]


@pytest.mark.parametrize(
    ("model", "rule"), CONSTRAINTS, ids=[rule.name for _model, rule in CONSTRAINTS]
)
def test_a_rule_that_is_broken_is_named_without_the_words(lines, model, rule):
    with transaction.atomic():
        error = refusal(rows_against(model, rule))
        transaction.set_rollback(True)
    tell(error)
    assert len(lines) >= 6
    assert quoting(lines) == []
    if connection.vendor == "postgresql":
        assert "DETAIL" in str(error)
        assert any(error.__cause__.diag.constraint_name in line for line in lines)


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_a_row_that_lacks_something_is_not_quoted(lines, model):
    needed = [f for f in model._meta.concrete_fields if not f.null and not f.primary_key]
    with transaction.atomic():
        error = refusal([row_of(model, 1, {needed[-1].attname: None})])
        transaction.set_rollback(True)
    if connection.vendor == "postgresql":
        assert "DETAIL" in str(error)
    tell(error)
    assert quoting(lines) == []


@pytest.mark.parametrize(
    "error",
    [
        ValidationError({"title": f"“{PLANTED}” is taken."}),
        ValueError(f"invalid literal for int() with base 10: '{PLANTED} and more'"),
        KeyError(PLANTED),
    ],
)
def test_what_a_check_says_of_the_words_is_not_told(lines, error):
    log.error("task_failed", exception=error, exc_info=error)
    logging.getLogger("tests.told").error("it broke: %s", error)
    assert len(lines) == 2
    assert quoting(lines) == []
    assert type(error).__name__ in lines[0]


def test_what_a_database_quotes_is_cut_wherever_it_is_said(lines):
    refused = f"duplicate key value\nDETAIL:  Key (name)=({PLANTED}) already exists."
    log.error("task_failed", error=refused)
    logging.getLogger("tests.told").error(refused)
    logging.getLogger("tests.told").error("it broke: %s", refused)
    assert len(lines) == 3
    assert quoting(lines) == []
    assert all("duplicate key value" in line for line in lines)


def test_statements_are_not_logged(lines, settings):
    connection.force_debug_cursor = True
    try:
        MODELS[0].objects.filter(name=PLANTED).exists()
    finally:
        connection.force_debug_cursor = False
    assert quoting(lines) == []
