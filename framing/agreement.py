"""Where the members stand with a draft: who agrees, who does not yet, who has not answered.

It is no vote. A frame stands once everybody has answered the words as they are and nobody says
"not yet", or on the closing day; who has not answered by then is said to have been silent
(docs/field.md: Framing).
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from framing.drafts import wording_of
from framing.models import Answer, FramingVersion, VersionAnswer
from framing.presentation import inside_name
from spaces.models import Membership
from spaces.permissions import ALLOWED, Action
from spaces.presentation.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PresentedAnswer:
    """What one member says to a version."""

    name: str
    answer: str  # agree, live_with, not_yet, silent
    words: str = ""
    earlier: bool = False  # given to words that have changed since
    mine: bool = False

    @property
    def answer_words(self) -> str:
        return str(Answer(self.answer).label)


def asked_members(version: FramingVersion):
    """Everybody inside with an account, who may agree to a framing."""
    here = Membership.objects.current().in_space(version.space).inside()
    return here.holding_any(ALLOWED[Action.AGREE_FRAMING]).order_by("name", "pk")


def present_answers(viewer: Viewer, version: FramingVersion) -> list[PresentedAnswer]:
    """Every answer, to those inside the space; nobody outside reads who said what."""
    if not viewer.inside:
        return []
    now = "" if version.is_agreed else wording_of(version)
    rows = VersionAnswer.objects.for_user(viewer.person).to_version(version).in_order()
    return [
        PresentedAnswer(
            name=inside_name(viewer, row.by),
            answer=row.answer,
            words=viewer.typed(row.words),
            earlier=not version.is_agreed and row.wording != now,
            mine=viewer.is_person(row.by),
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class DraftStanding:
    """Whether a draft can stand now, and why not."""

    waiting: tuple[Membership, ...]
    objecting: int
    closing_day: dt.date | None
    closed: bool

    @property
    def reason(self) -> str:
        """What is still needed; nothing if the frame can stand."""
        if self.closed:
            return ""
        if self.waiting:
            return _("Not everybody has answered yet, and its closing day has not come.")
        if self.objecting:
            return _("Somebody says “not yet”. Change the draft with them, or name a closing day.")
        return ""


def standing_of(version: FramingVersion) -> DraftStanding:
    """Who has still to answer the draft as it is, and whether it can stand."""
    now = wording_of(version)
    given = dict(
        VersionAnswer.objects.to_version(version)
        .to_wording(now)
        .given()
        .values_list("by", "answer")
    )
    day, today = version.answers_until, version.space.today
    return DraftStanding(
        waiting=tuple(member for member in asked_members(version) if member.pk not in given),
        objecting=list(given.values()).count(Answer.NOT_YET),
        closing_day=day,
        closed=day is not None and day <= today,
    )
