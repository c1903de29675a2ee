"""Many style sheets and scripts in the repository, one of each on the way to a browser."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from learningspaces.lib.joined import joined_script, joined_style

SOURCES = {
    "css/site.css": '/* All. */\n@import "one.css";\n@import "two.css";\n',
    "css/one.css": "@layer a, b;\n",
    "css/two.css": "@layer b {\n  /* wide */\n  p { margin: 0 auto; }\n}\n",
    "js/app.js": 'import "./two.js"; // first\nimport { say } from "./one.js";\nsay(1);\n',
    "js/one.js": "export const name = 1;\nexport function say(what) {}\nconst own = 1;\n",
    "js/two.js": 'import * as one from "./one.js";\nconst own = one.name;\n',
}


def test_style_sheets_stand_in_the_order_they_are_named_without_remarks():
    assert joined_style("css/site.css", SOURCES.get) == "@layer a,b;@layer b{p{margin:0 auto}}"


def test_a_script_stands_once_before_those_that_need_it_and_names_do_not_meet():
    whole = joined_script("js/app.js", SOURCES.get)

    assert re.findall(r"^const script\d|^const .*;$|^return.*;$", whole, re.M) == [
        "const script0",
        "const name = 1;",
        "const own = 1;",
        "return { name, say };",
        "const script1",
        "const one = script0;",
        "const own = one.name;",
        "return {  };",
        "const script2",
        "const { say } = script0;",
        "return {  };",
    ]


def test_a_script_that_cannot_be_joined_is_named():
    with pytest.raises(ValueError, match=r"js/one\.js cannot be joined: export default"):
        joined_script("js/app.js", {**SOURCES, "js/one.js": "export default 1;\n"}.get)


def test_what_changed_since_is_joined_anew(tmp_path):
    sources, collected = tmp_path / "sources", tmp_path / "collected"
    for name, text in SOURCES.items():
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_text(text)

    with override_settings(
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STATICFILES_DIRS=[sources],
        STATIC_ROOT=collected,
        STORAGES={"staticfiles": {"BACKEND": "learningspaces.lib.joined.JoinedFiles"}},
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        assert (collected / "css/site.css").read_text().endswith("p{margin:0 auto}}")
        (sources / "css/two.css").write_text("a { color: red; }\n")
        call_command("collectstatic", interactive=False, verbosity=0)

    assert (collected / "css/site.css").read_text() == "@layer a,b;a{color:red}"
    assert len(list(collected.glob("css/site.*.css"))) == 2


def test_every_style_sheet_and_script_of_ours_is_joined():
    static = Path(__file__).resolve().parents[2] / "static"
    read = lambda name: (static / name).read_text() if "htmx-2" not in name else ""  # noqa: E731
    scripts = joined_script("js/app.js", read)

    assert "@import" not in joined_style("css/site.css", read)
    assert scripts.count("(() => {\n") == len(list(static.glob("js/*.js"))) + 1
