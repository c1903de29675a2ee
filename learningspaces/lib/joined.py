"""Style sheets and scripts as they are sent: many small files in the repository, one of each here.

`css/site.css` names the style sheets in their order by `@import`, `js/app.js` the scripts by
`import`; a browser can use both as they stand, which is what it does on a developer's machine.
"""

import posixpath
import re
from collections.abc import Callable

import rcssmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE = "css/site.css"
SCRIPT = "js/app.js"

_IMPORTED_STYLE = re.compile(r'^@import "([^"]+)";\n', re.M)
_IMPORTED = re.compile(r'^import (?:(\{[^}]+\}|\* as \w+) from )?"([^"]+)";.*\n', re.M)
_EXPORTED = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.M)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.M)

Read = Callable[[str], str]


def joined_style(name: str, read: Read) -> str:
    """A style sheet with those it imports in their places, and without what only people read."""
    beside = posixpath.dirname(name)
    whole = _IMPORTED_STYLE.sub(lambda found: read(f"{beside}/{found[1]}"), read(name))
    return rcssmin.cssmin(whole)


def joined_script(name: str, read: Read) -> str:
    """A script with those it imports before it, each in a function of its own so that names never
    meet; what one gives to others is what its function returns."""
    parts: dict[str, str] = {}

    def joined(name: str) -> str:
        """What the script is called in the whole, once everything it needs stands there."""
        if name not in parts:
            text = _IMPORTED.sub(lambda found: taken(name, found), read(name))
            given = ", ".join(_EXPORTED.findall(text))
            text = _EXPORTED.sub("", text)
            if unknown := _UNKNOWN.search(text):
                raise ValueError(f"{name} cannot be joined: {unknown[0]}")
            parts[name] = (
                f"const script{len(parts)} = (() => {{\n{text}\nreturn {{ {given} }};\n}})();\n"
            )
        return f"script{list(parts).index(name)}"

    def taken(name: str, found: re.Match) -> str:
        source = joined(posixpath.normpath(f"{posixpath.dirname(name)}/{found[2]}"))
        names = (found[1] or "").removeprefix("* as ")
        return f"const {names} = {source};\n" if names else ""

    joined(name)
    return "".join(parts.values())


class JoinedFiles(CompressedManifestStaticFilesStorage):
    """Joins at collectstatic, then gives every file a name by its content and packs it."""

    def post_process(self, paths, **options):
        if not options.get("dry_run"):
            for name, join in ((STYLE, joined_style), (SCRIPT, joined_script)):
                paths[name] = (self, self._write(name, join(name, _reading(paths))))
        return super().post_process(paths, **options)

    def _write(self, name: str, text: str) -> str:
        if self.exists(name):
            self.delete(name)
        return self._save(name, ContentFile(text.encode()))


def _reading(paths) -> Read:
    """Files as they lie in the repository, not as an earlier collectstatic left them."""

    def read(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read().decode()

    return read
