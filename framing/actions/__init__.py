"""Everything that changes a framing. Each action is one decision a person can take."""

from framing.actions.agreement import answer_version, let_stand, set_closing_day
from framing.actions.aspirations import state_sponsor_aspiration, take_back_sponsor_aspiration
from framing.actions.board import (
    change_note,
    join_note,
    leave_note,
    remove_note,
    set_note_aside,
    write_note,
)
from framing.actions.checks import check_assumption, note_risk, note_uncertainty
from framing.actions.drafts import (
    add_cause,
    begin_draft,
    discard_draft,
    edit_draft,
    remove_cause,
)
from framing.actions.ending import end_event, reopen_event
from framing.actions.events import (
    answer_invitation,
    ask_whether_question_changed,
    change_event,
    go_to_step,
    plan_event,
)
from framing.actions.parts import (
    add_part,
    change_part,
    drop_aspiration,
    keep_aspiration,
    remove_part,
    reword_aspiration,
)
from framing.actions.ties import tie_moment, untie_moment

__all__ = [
    "add_cause",
    "add_part",
    "answer_invitation",
    "answer_version",
    "ask_whether_question_changed",
    "begin_draft",
    "change_event",
    "change_note",
    "change_part",
    "check_assumption",
    "discard_draft",
    "drop_aspiration",
    "edit_draft",
    "end_event",
    "go_to_step",
    "join_note",
    "keep_aspiration",
    "leave_note",
    "let_stand",
    "note_risk",
    "note_uncertainty",
    "plan_event",
    "remove_cause",
    "remove_note",
    "remove_part",
    "reopen_event",
    "reword_aspiration",
    "set_closing_day",
    "set_note_aside",
    "state_sponsor_aspiration",
    "take_back_sponsor_aspiration",
    "tie_moment",
    "untie_moment",
    "write_note",
]
