"""Who a release is made for: an audience that reads what may be quoted, of what is in it."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property

from django.utils.translation import gettext as _

from evaluation.models import Release
from evaluation.releases.standing_words import StandingWords, settling
from spaces.presentation.viewer import Viewer


class ReleaseViewer(Viewer):
    """The audience of one release. `hidden` are the refs of stories that are not in it.

    `instead` is what stands in the place of words, as a second reader settled it; what stands all
    the same is collected in `words`.
    """

    def __init__(
        self, release: Release, hidden: Collection[str], instead: Mapping[str, str] | None = None
    ):
        super().__init__(release.space, audience=release.audience, quoting=True)
        self.hidden = hidden_pattern(hidden)
        self.by_second_reader, self.instead = instead, instead or {}
        self.replacing = settling(self.instead)

    @cached_property
    def words(self) -> StandingWords:
        return StandingWords(self.names)

    def settled(self, text: str) -> str:
        """The text without the names of stories that are not told here, and as it was settled."""
        if self.hidden:
            text = self.hidden.sub(lambda _found: _("another story"), text)
        if self.inside:
            return text
        self.words.look_through(text)
        if self.replacing:
            text = self.replacing.sub(lambda found: self.instead[found[0]], text)
        return text


def hidden_pattern(refs: Collection[str]) -> re.Pattern | None:
    """Finds the names of hidden stories and of their steps; a name without a digit is a word."""
    telling = sorted((ref for ref in refs if re.search(r"\d", ref)), key=len, reverse=True)
    if not telling:
        return None
    words = "|".join(map(re.escape, telling))
    return re.compile(rf"(?<![\w.-])(?:{words})(?:\.\d+)?(?![\w-])")
