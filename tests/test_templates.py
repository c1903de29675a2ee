"""What every page is built on: templates that compile, forms that explain, colours to read by."""

import posixpath
import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from valuecreation.cycles import Cycle

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMES = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without src": r"<script\b(?![^>]*\b(?:src=|type=.application/json))",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "an htmx handler": r"\bhx-on\b",
    "a script address": r"javascript:",
    "unescaped text": r"\|\s*safe\b|autoescape\s+off",
}


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert get_template(name).template.name == name


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_template_keeps_to_the_content_security_policy(path):
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", lambda m: m[0].replace(">", ""), path.read_text())
    found = [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.I)]
    assert found == []


def test_base_links_only_files_that_exist():
    page = render_to_string("base.html")
    linked = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert "css/site.css" in linked
    assert [name for name in linked if not finders.find(name)] == []


def test_every_style_sheet_is_part_of_the_whole():
    named = re.findall(r'^@import "([^"]+)";$', (ROOT / "static/css/site.css").read_text(), re.M)
    assert sorted([*named, "site.css"]) == [path.name for path in STYLES]


def test_style_sheets_name_only_fonts_that_exist():
    named = re.findall(r"url\(\.\./fonts/([^)]+)\)", (ROOT / "static/css/fonts.css").read_text())
    assert named
    assert [name for name in named if not (ROOT / "static/fonts" / name).exists()] == []


def test_scripts_import_only_modules_that_exist():
    scripts = ROOT / "static" / "js"
    for path in scripts.glob("*.js"):
        for name in re.findall(r'(?:from|import) "([^"]+)"', path.read_text()):
            assert finders.find(posixpath.normpath(f"js/{name}")), f"{path.name} imports {name}"


class Wish(forms.Form):
    name = forms.CharField(help_text="As others know you.")
    kind = forms.ChoiceField(choices=[("a", "A pair"), ("b", "A team")], widget=forms.RadioSelect)
    note = forms.CharField(required=False, widget=forms.Textarea)
    agreed = forms.BooleanField()
    key = forms.CharField(widget=forms.HiddenInput)


def test_form_ties_help_and_faults_to_their_field():
    page = render_to_string("_form.html", {"form": Wish({"key": "k"})})
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()

    assert set(described) == {
        "id_name_helptext",
        "id_name_error",
        "id_kind_error",
        "id_agreed_error",
    }
    assert set(described) <= ids


def test_form_lists_its_faults_with_links_to_the_fields():
    page = render_to_string("_form.html", {"form": Wish({"key": "k"})})
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)

    assert links == ["id_name", "id_kind_0", "id_agreed"]
    assert set(links) <= ids


def test_form_says_in_words_what_is_optional_and_groups_its_choices():
    page = render_to_string("_form.html", {"form": Wish()})

    assert page.count("(optional)") == 1
    assertInHTML("<legend>Kind</legend>", page, count=1)
    assert page.count('type="hidden"') == 1
    assert "error-summary" not in page


def test_form_without_faults_shows_typed_markup_as_text():
    page = render_to_string("_form.html", {"form": Wish({"name": "<b>Ana</b>", "key": "k"})})
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page
    assert "<b>Ana" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_for_signing_in_have_one_heading_and_labels_for_all(client, name):
    page = client.get(reverse(name)).text
    inputs = re.findall(r"<input(?![^>]*type=.hidden)[^>]*\bid=.([\w-]+)", page)

    assert page.count("<h1") == 1
    assert inputs
    assert [i for i in inputs if f'for="{i}"' not in page] == []


def test_error_page_needs_no_request():
    page = render_to_string("500.html")
    assert page.count("<h1") == 1


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def colours():
    text = (ROOT / "static/css/tokens.css").read_text()
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


@pytest.mark.parametrize("cycle", Cycle)
def test_cycle_words_and_marks_can_be_told_from_their_ground(cycle, colours):
    mark, tint, ink = (colours[cycle.value + part] for part in ("", "-tint", "-ink"))
    assert (
        min(contrast(ink, tint), contrast(ink, "#ffffff"), contrast(ink, colours["ground"])) >= 4.5
    )
    assert (
        min(contrast(mark, tint), contrast(mark, "#ffffff"), contrast(mark, colours["ground"])) >= 3
    )
    assert min(contrast(colours["ink-2"], tint), contrast(colours["ink"], tint)) >= 4.5


@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink-2", "ground", 4.5),
        ("ink-3", "sunken", 4.5),
        ("sea", "sea-tint", 4.5),
        ("on-sea-3", "sea-deep", 4.5),
        ("warn", "warn-tint", 4.5),
        ("ok", "ok-tint", 4.5),
        ("error", "error-tint", 4.5),
        ("line-input", "ground", 3),
        ("focus", "ground", 3),
        ("focus-on-sea", "sea-deep", 3),
    ],
)
def test_frame_colours_can_be_told_apart(front, back, least, colours):
    assert contrast(colours[front], colours[back]) >= least
