"""Everything that changes indicators, claims and releases. Each action is one decision."""

from evaluation.actions.claims import change_claim, write_claim
from evaluation.actions.closing import ClosedAccount, close_account
from evaluation.actions.codings import read_as
from evaluation.actions.handing import hand_over
from evaluation.actions.indicators import (
    derive_indicator,
    link_moment,
    redefine_indicator,
    set_indicator_state,
    tend_indicator,
    unlink_moment,
)
from evaluation.actions.leaving import pass_on, settle_and_leave
from evaluation.actions.observations import correct_observation, record_observation
from evaluation.actions.personal_copy import ask_for_copy
from evaluation.actions.releases import build_report, freeze_release, try_again
from evaluation.actions.second_readings import ask_second_reader, settle_words

__all__ = [
    "ClosedAccount",
    "ask_for_copy",
    "ask_second_reader",
    "build_report",
    "change_claim",
    "close_account",
    "correct_observation",
    "derive_indicator",
    "freeze_release",
    "hand_over",
    "link_moment",
    "pass_on",
    "read_as",
    "record_observation",
    "redefine_indicator",
    "set_indicator_state",
    "settle_and_leave",
    "settle_words",
    "tend_indicator",
    "try_again",
    "unlink_moment",
    "write_claim",
]
