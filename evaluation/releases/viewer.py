"""Who a release is made for: an audience that reads what may be quoted, of what is in it."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from evaluation.models import Release
from spaces.presentation.viewer import Viewer


class ReleaseViewer(Viewer):
    """The audience of one release. `hidden` are the refs of stories that are not in it."""

    def __init__(self, release: Release, hidden: Collection[str]):
        super().__init__(release.space, audience=release.audience, quoting=True)
        self.hidden = hidden_pattern(hidden)

    def settled(self, text: str) -> str:
        """The text without the names of stories that are not told here."""
        return self.hidden.sub(lambda _found: _("another story"), text) if self.hidden else text


def hidden_pattern(refs: Collection[str]) -> re.Pattern | None:
    """Finds the names of hidden stories and of their steps; a name without a digit is a word."""
    telling = sorted((ref for ref in refs if re.search(r"\d", ref)), key=len, reverse=True)
    if not telling:
        return None
    words = "|".join(map(re.escape, telling))
    return re.compile(rf"(?<![\w.-])(?:{words})(?:\.\d+)?(?![\w-])")
