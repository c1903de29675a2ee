"""The fields that only one kind of indicator has, and what they amount to."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.models import Indicator
from evaluation.presentation.indicator_words import levels_of
from evaluation.series_rows import is_small
from learningspaces.lib.text import plain_text

NO_ANSWER = [("", gettext_lazy("not said"))]
YES_NO = [*NO_ANSWER, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
BEFORE = gettext_lazy("How it was before")
TARGET = gettext_lazy("Target")


def number_field(label, *, required=False, help_text=""):
    """A number with up to twelve decimals."""
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=0,
        max_digits=27,
        decimal_places=12,
        widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}),
    )


def whole_field(label, *, help_text=""):
    """A level, as the number before its words."""
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=999, help_text=help_text
    )


def said(label, *, rows=0, most=300, help_text=""):
    """Words of the person, in one line or several."""
    widget = forms.Textarea({"rows": rows, "class": "plain"}) if rows else None
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=widget,
        help_text=help_text,
        validators=[plain_text],
    )


def yes_no_field(label):
    """Yes, no, or nothing said."""
    return forms.ChoiceField(label=label, choices=YES_NO, required=False)


OF_KINDS = {
    "count": ("count_baseline", "count_target"),
    "ratio": (
        "numerator_def",
        "denominator_def",
        "ratio_baseline",
        "ratio_baseline_of",
        "ratio_target",
    ),
    "scale": ("scale_min", "scale_max", "scale_baseline", "scale_target"),
    "rubric": ("rubric_levels", "rubric_baseline", "rubric_target"),
    "text": ("text_baseline",),
    "yes_no": ("yes_no_baseline", "yes_no_target"),
}
KIND_FIELDS = {
    "count_baseline": lambda: number_field(BEFORE),
    "count_target": lambda: number_field(TARGET),
    "numerator_def": lambda: said(gettext_lazy("So many: who or what is counted")),
    "denominator_def": lambda: said(gettext_lazy("Of so many: among whom or what")),
    "ratio_baseline": lambda: number_field(gettext_lazy("How it was before: so many")),
    "ratio_baseline_of": lambda: number_field(gettext_lazy("How it was before: of so many")),
    "ratio_target": lambda: number_field(
        TARGET, help_text=gettext_lazy("As a percentage: 75 for 75 %.")
    ),
    "scale_min": lambda: number_field(gettext_lazy("The scale begins at")),
    "scale_max": lambda: number_field(gettext_lazy("and ends at")),
    "scale_baseline": lambda: number_field(BEFORE),
    "scale_target": lambda: number_field(TARGET),
    "rubric_levels": lambda: said(
        gettext_lazy("The levels and their wording"),
        rows=5,
        most=4000,
        help_text=gettext_lazy("One a line, the number first: 0 none"),
    ),
    "rubric_baseline": lambda: whole_field(gettext_lazy("The level before")),
    "rubric_target": lambda: whole_field(gettext_lazy("The level hoped for")),
    "text_baseline": lambda: said(BEFORE, rows=3, most=20000),
    "yes_no_baseline": lambda: yes_no_field(BEFORE),
    "yes_no_target": lambda: yes_no_field(TARGET),
}


def levels_written(text: str | None) -> dict[str, str]:
    """The levels of a rubric from lines such as “0 none”."""
    levels = {}
    for line in filter(None, map(str.strip, (text or "").splitlines())):
        found = re.fullmatch(r"(\d{1,3})[\s:.,)–-]+(.*\S.*)", line, re.ASCII)
        if not found:
            said = _("“%(line)s” does not begin with a number. Write each level as: 0 none")
            raise ValidationError(said % {"line": line[:60]})
        if found[1].lstrip("0") in {level.lstrip("0") for level in levels}:
            said = _("Level %(level)s stands there twice. Give each its own number.")
            raise ValidationError(said % {"level": found[1]})
        levels[str(int(found[1]))] = found[2].strip()
    return levels


def levels_as_lines(indicator: Indicator) -> str:
    """The levels of a rubric as they are typed."""
    return "\n".join(f"{level} {words}" for level, words in sorted(levels_of(indicator).items()))


def as_answer(value: str | None) -> bool | None:
    """The answer to a question of yes or no."""
    return {"yes": True, "no": False}.get(value or "")


def baseline_given(kind: str, data: dict):
    """The value before, as the fields of its kind hold it; None where none is written."""
    value = data.get(f"{kind}_baseline")
    if kind == "ratio":
        whole = data.get("ratio_baseline_of")
        return None if value is None and whole is None else [value, whole]
    if kind == "yes_no":
        return as_answer(value)
    return None if value == "" else value


def target_given(kind: str, data: dict):
    """The target, as the field of its kind holds it."""
    value = data.get(f"{kind}_target")
    return as_answer(value) if kind == "yes_no" else value


def definition_of(data: dict) -> dict:
    """The columns of an indicator from a form's data; what only helped to fill it is left out."""
    helping = {"baseline_known", "rubric_levels", "aspiration"}
    helping |= {name for name in data if name.endswith(("_baseline", "_baseline_of", "_target"))}
    columns = {name: value for name, value in data.items() if name not in helping}
    if not columns.get("cycle"):
        columns.pop("cycle", None)
    for end in ("scale_min", "scale_max"):
        if columns.get(end) is not None:
            columns[end] = plain_number(columns[end])
    return columns


def plain_number(value) -> int | float:
    """A decimal as JSON keeps it."""
    return int(value) if value == int(value) else float(value)


def initial_of(indicator: Indicator) -> dict:
    """The fields of a form, filled from an indicator."""
    kind, baseline = indicator.kind, indicator.baseline
    if is_small(indicator, baseline, indicator.space.min_group_size):
        baseline = None
    columns = (
        "name question kind unit direction period_length baseline_on method warns_of_harm "
        "counts_people target_kind target_on frequency source steward burden_minutes note lag_note "
        "proxy_note numerator_def denominator_def scale_min scale_max"
    )
    filled = {name: getattr(indicator, name) for name in columns.split()}
    filled["people_proposed"] = True
    filled["sensitive"] = (
        ("yes" if indicator.sensitive else "no") if indicator.counts_people else ""
    )
    filled["rubric_levels"] = levels_as_lines(indicator) if kind == "rubric" else ""
    filled["baseline_known"] = "not_known" if baseline is None else "known"
    if kind == "ratio" and baseline:
        filled |= {"ratio_baseline": baseline[0], "ratio_baseline_of": baseline[1]}
    else:
        filled[f"{kind}_baseline"] = answered(baseline)
    filled[f"{kind}_target"] = filled["target_value"] = answered(indicator.target)
    return filled


def answered(value):
    """A stored answer as the form's choice; any other value as it is."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
