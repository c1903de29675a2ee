"""Mails as people read them: the same words as HTML and as plain text.

A mail holds no word of a story and no name but that of whoever asks; the words stand behind its
link. It is one table with its style on each element, since mail programs read no style sheets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from spaces import outbox
from spaces.models import Mail, NoticeGroup, Person
from spaces.stopping import stop_address


@dataclass(frozen=True)
class MailLink:
    """Words that lead to a page."""

    words: str
    href: str


@dataclass(frozen=True)
class LetterPart:
    """One part of a mail: words, a heading, a button, or small print; `links` follow its words.

    In plain text a part may say it otherwise (`plain`), with one link (`plain_link`) for several.
    """

    kind: str
    words: str = ""
    links: tuple[MailLink, ...] = ()
    plain: str = ""
    plain_link: MailLink | None = None

    @property
    def href(self) -> str:
        """Where a button leads."""
        return self.links[0].href


def words(text: str, *links: MailLink, plain: str = "") -> LetterPart:
    """A paragraph, with links after its words."""
    return LetterPart("words", text, links, plain)


def heading(text: str) -> LetterPart:
    """What the next parts are about."""
    return LetterPart("heading", text)


def button(text: str, href: str) -> LetterPart:
    """The one thing to do."""
    return LetterPart("button", text, (MailLink(text, href),))


def small(text: str, *links: MailLink, plain: str = "") -> LetterPart:
    """Small print."""
    return LetterPart("small", text, links, plain)


def rule() -> LetterPart:
    """A line before the small print."""
    return LetterPart("rule")


STOPPING = {
    NoticeGroup.QUESTIONS: lambda: _("No more questions by mail"),
    NoticeGroup.ANSWERS: lambda: _("No more answers by mail"),
    NoticeGroup.STORIES: lambda: _("No more mails about stories that wait for me"),
    NoticeGroup.FRAMING: lambda: _("No more mails about what the space agrees on"),
    NoticeGroup.LEADING: lambda: _("No more mails about what waits for those who lead"),
    NoticeGroup.NEWS: lambda: _("No more mails about what became of what I brought"),
}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail to a person before it is written: who it is from, its subject and its parts."""

    to: Person
    subject: str
    parts: Iterable[LetterPart]
    from_name: str = ""
    stops: str = ""  # what its one-click link switches off: a group of notices, or the summary
    more: dict = field(default_factory=dict)

    def post(self) -> Mail:
        """Put it into the outbox."""
        parts = list(self.parts)
        unsubscribe = stop_address(self.to, self.stops) if self.stops else ""
        if self.stops in STOPPING:
            says = STOPPING[NoticeGroup(self.stops)]()
            parts.append(small("", MailLink(says, unsubscribe)))
        known = {
            "parts": parts,
            "subject": self.subject,
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        return outbox.post(
            to=self.to.email,
            subject=self.subject,
            text=plain_text_of(parts),
            html=render_to_string("spaces/mail/letter.htm", known),
            from_name=from_name_of(self.from_name),
            unsubscribe=unsubscribe,
            **self.more,
        )


def from_name_of(name: str) -> str:
    """“Tomasz Wrona, by Learning Spaces”: a mail says who it is for, and who sends it."""
    if not name:
        return ""
    return _("%(name)s, by Learning Spaces") % {"name": " ".join(name.split())[:120]}


def plain_text_of(parts: Iterable[LetterPart]) -> str:
    """The parts as plain text, a link on a line of its own."""
    known = {"parts": [part for part in parts if part.kind != "rule"]}
    text = render_to_string("spaces/mail/letter.txt", known).strip()
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def greeting(person: Person) -> str:
    """How a mail begins; a person without a name is not called by their address."""
    return person.name and _("%(name)s,") % {"name": person.name.split()[0]}
