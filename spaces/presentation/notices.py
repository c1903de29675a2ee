"""What a notice says to the one whom it concerns: a sentence, and the one answer to it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from spaces.models import Notice, NoticeKind


@dataclass(frozen=True)
class NoticeWords:
    """How one kind of notice is put; `by_name` where it is known who or what it is."""

    plain: str
    answer: str
    by_name: str = ""


WORDS: dict[str, Callable[[], NoticeWords]] = {
    NoticeKind.QUESTION: lambda: NoticeWords(
        _("Somebody would like to hear what came of something."),
        _("Say what came of it"),
        _("%(who)s would like to hear what came of something."),
    ),
    NoticeKind.QUIET: lambda: NoticeWords(
        _("You told of something, and nobody has heard since. What came of it?"),
        _("Say what came of it"),
    ),
    NoticeKind.HOPE: lambda: NoticeWords(
        _("The day of something you hoped for has come. What came of it?"),
        _("Say what came of it"),
    ),
    NoticeKind.ANSWER: lambda: NoticeWords(
        _("Your question was answered."),
        _("Read the answer"),
        _("%(who)s has answered your question."),
    ),
    NoticeKind.STORY: lambda: NoticeWords(
        _("A story that you told was written down. Nobody else can read it."),
        _("Read and correct"),
        _("%(who)s has written down a story that you told. Nobody else can read it."),
    ),
    NoticeKind.OFFER: lambda: NoticeWords(
        _("Somebody whose story you read asks you to look after it in their place."),
        _("Say yes or no"),
        _("%(who)s asks you to look after a story in their place."),
    ),
    NoticeKind.NAMED: lambda: NoticeWords(
        _("You are named in a story. Say whether you agree, or see it differently."),
        _("Read it"),
        _("%(who)s has told a story, and asks you whether it was so."),
    ),
    NoticeKind.FRAMING: lambda: NoticeWords(
        _("A draft of what the space hopes for waits for your answer."),
        _("Answer the draft"),
    ),
    NoticeKind.REQUEST: lambda: NoticeWords(
        _("Somebody asks to join."),
        _("Read and answer"),
        _("%(who)s asks to join."),
    ),
    NoticeKind.NAME_CLAIM: lambda: NoticeWords(
        _("Somebody has claimed a name here. Was it the right person?"),
        _("Say whether it was"),
        _("Somebody has claimed the name %(who)s. Was it the right person?"),
    ),
    NoticeKind.TAKEN_UP: lambda: NoticeWords(
        _("Something you brought was taken up by somebody else."),
        _("Read what came of it"),
    ),
    NoticeKind.CONSENT_ENDING: lambda: NoticeWords(
        _("Your consent for a story ends. After its last day nobody new reads it."),
        _("Say who may see it"),
        _("Your consent for a story ends on %(who)s. After that day nobody new reads it."),
    ),
    NoticeKind.DELETE: lambda: NoticeWords(
        _("A story that you fetched was withdrawn. Please delete your copy."),
        _("What to delete"),
    ),
}


@dataclass(frozen=True)
class PresentedNotice:
    """One thing that concerns the reader, in words."""

    pk: int
    kind: str
    sentence: str
    answer: str
    href: str
    space: str
    to_know: bool


def present_notice(notice: Notice) -> PresentedNotice:
    """A notice as the one whom it concerns reads it, in the language that is spoken now."""
    said = WORDS[notice.kind]()
    known = notice.label and said.by_name
    return PresentedNotice(
        pk=notice.pk,
        kind=notice.kind,
        sentence=said.by_name % {"who": notice.label} if known else said.plain,
        answer=said.answer,
        href=notice.address,
        space=notice.space.name,
        to_know=notice.is_to_know,
    )
