"""Words as an audience may read them: names become practices, hidden stories are not pointed at.

What is typed outside a story (titles, hopes, claims, notes of indicators, what is asked) has nobody
who agreed to be named in it; outside the space every member's name in it is replaced.
"""

import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from spaces.models import Membership
from valuecreation.cycles import Audience
from valuecreation.models import Moment, Story, StoryStep
from valuecreation.presentation.names import (
    Names,
    agent_label,
    for_whom_label,
    is_nameless,
    practice_of,
    typed_words,
    words_for,
)

Places = list[tuple[Story, StoryStep | None]]  # where words stand: stories, and steps of them


class Wording:
    """How one release says things. `hidden` are the refs of stories that are not in it."""

    def __init__(self, audience: str, members: Iterable[Membership], hidden: Collection[str]):
        self.audience = audience
        self.members = {member.pk: member for member in members}
        self.names = Names(self.members.values())
        self.hidden = hidden_pattern(hidden)
        self.replaced: set[str] = set()

    def typed(self, text: str) -> str:
        """Words that stand in no story."""
        if not text:
            return text
        if self.audience != Audience.SPACE:
            text, replaced = typed_words(text, self.names)
            self.replaced |= replaced
        return self.without_hidden(text)

    def told(self, text: str, places: Places) -> str:
        """A teller's words; where several stories share them, as the strictest would have it."""
        said = text
        for story, step in places:
            said = words_for(said, story, self.audience, self.names, step=step)
        if said != text:
            self.replaced |= self.names_in(text) - self.names_in(said)
        return self.without_hidden(said)

    def names_in(self, text: str) -> set[str]:
        """Members' names as they are written in a text."""
        if not self.names.bearers:
            return set()
        found = {match[0] for match in self.names.pattern.finditer(text)}
        return {said for said in found if self.names.bearers_of(said)}

    def without_hidden(self, text: str) -> str:
        """The text without the names of stories that are not told here."""
        return self.hidden.sub(lambda _found: _("another story"), text) if self.hidden else text

    def agent(self, moment: Moment, places: Places) -> str:
        """Who did it."""
        labels = [agent_label(moment, story, self.audience, step=step) for story, step in places]
        return strictest(labels, moment.agent)

    def for_whom(self, moment: Moment, places: Places) -> str:
        """Whom it was of value to."""
        labels = [for_whom_label(moment, story, self.audience, step=step) for story, step in places]
        label = strictest(labels, moment.for_whom)
        return label if moment.for_whom else self.typed(label)

    def person(self, member: Membership | None) -> str:
        """Somebody outside any story: by name in the space, by practice outside it."""
        if member is None:
            return ""
        known = self.members.get(member.pk, member)
        return known.name if self.audience == Audience.SPACE else practice_of(known)


def strictest(labels: list[str], member: Membership | None) -> str:
    """The label that says least of somebody, where several stories call them differently."""
    known = list(dict.fromkeys(labels))
    without_name = [label for label in known if member is None or label != member.name] or known
    return without_name[0] if len(without_name) == 1 else _("a member")


def nameless(stories: Iterable[Story]) -> Story | None:
    """The first of some stories whose teller is shown under another name or without any trace."""
    return next((story for story in stories if is_nameless(story.consent)), None)


def hidden_pattern(refs: Collection[str]) -> re.Pattern | None:
    """Finds the names of hidden stories and of their steps; a name without a digit is a word."""
    telling = sorted((ref for ref in refs if re.search(r"\d", ref)), key=len, reverse=True)
    if not telling:
        return None
    words = "|".join(map(re.escape, telling))
    return re.compile(rf"(?<![\w.-])(?:{words})(?:\.\d+)?(?![\w-])")
