"""The pages and data files of somebody's own copy, in one zip file."""

import io
import json
import zipfile

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from evaluation.models.personal_copy import PersonalCopy
from evaluation.personal_copy.gathering import everything_of

SECTIONS = {
    "account": _("Your account"),
    "memberships": _("The spaces you are or were in"),
    "stories": _("Your stories, in every wording, and your consents"),
    "notes": _("What you noted and put into no story"),
    "follow_ups": _("What you asked and answered"),
    "statements": _("What you said to the stories of others"),
    "drafts": _("What you typed and did not send"),
    "board_notes": _("What you wrote on boards"),
    "observations": _("What you observed for indicators"),
    "claims": _("Claims you wrote"),
    "notices": _("What you were told of"),
    "withdrawals": _("Receipts of stories you took back"),
    "receipts": _("Receipts of leaving"),
}
LABELS = {
    "name": _("Name"), "email": _("E-mail"), "language": _("Language"),
    "time_zone": _("Time zone"), "keys": _("Keys to the API"), "may": _("It may"),
    "made": _("Made on"), "space": _("Space"), "practice": _("Practice"),
    "organisation": _("Organisation"), "joined": _("Joined"), "left": _("Left"),
    "away": _("Times away"), "back": _("Back"), "roles": _("Roles"), "role": _("Role"),
    "since": _("Since"), "until": _("Until"), "levels": _("Ways of taking part"),
    "level": _("Way of taking part"), "reason": _("Reason"),
    "cares": _("The difference you care to make"), "unsure": _("What you are unsure about"),
    "entry_story": _("What you bring"), "notice": _("How you will notice"),
    "title": _("Title"), "told": _("Told"), "state": _("State"), "kind": _("Kind"),
    "raw_text": _("As first written"), "moments": _("Moments"), "text": _("Words"),
    "cycle": _("Cycle"), "status": _("Happened or hoped"), "day": _("Day"),
    "other_factors": _("What else helped or got in the way"),
    "did_not_work": _("What did not work"), "substantiation": _("What bears it out"),
    "corrected": _("Changed, and not shared"), "receipt": _("Receipt"),
    "wordings": _("Wordings agreed to"), "number": _("Number"), "agreed": _("Agreed on"),
    "texts": _("Words"), "consents": _("Consents"), "given": _("Given on"),
    "withdrawn": _("Withdrawn on"), "audience": _("Who may read it"),
    "people": _("People you chose"), "attribution": _("How you are named"),
    "uses": _("What for"), "note": _("Note"), "asked": _("Asked on"),
    "question": _("Your question"), "answered": _("Answered on"), "outcome": _("What came of it"),
    "answer": _("Your answer"), "saved": _("Kept on"), "indicator": _("Indicator"),
    "period": _("Period"), "value": _("Value"), "counter_evidence": _("What speaks against it"),
}  # fmt: skip


def make_copy(copy: PersonalCopy) -> dict:
    """The fields of a copy that is done."""
    found = everything_of(copy.person)
    copy.advance(60)
    with translation.override(copy.person.language):
        return {"content": zipped(found)}


def zipped(found: dict) -> bytes:
    """A page to begin with, and for each kind a page to read and a file for programs."""
    parts = [(key, str(words), len(found[key])) for key, words in SECTIONS.items()]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", render_to_string("my_data/index.html", {"parts": parts}))
        for key, words, _number in parts:
            records = [labelled(record) for record in found[key]]
            context = {"title": words, "records": records}
            archive.writestr(f"{key}.html", render_to_string("my_data/records.html", context))
            text = json.dumps(found[key], ensure_ascii=False, indent=2)
            archive.writestr(f"{key}.json", text)
    return packed.getvalue()


def labelled(record: dict) -> list:
    """(label, words, list of words, records inside) of everything that is said."""
    lines = []
    for key, value in record.items():
        if not value:
            continue
        inner = value if isinstance(value, list) else []
        records = [labelled(each) for each in inner if isinstance(each, dict)]
        words = [each for each in inner if not isinstance(each, dict)]
        lines.append((LABELS[key], "" if inner else value, words, records))
    return lines
