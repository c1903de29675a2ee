import pytest

from spaces.permissions import ALLOWED, Action, Role, may
from tests import make

Y, n = True, False
MATRIX = {
    #                              particip. facilit. convener evaluator sponsor
    Action.VIEW_SPACE:             (Y,       Y,       Y,       Y,        Y),
    Action.SEE_PEOPLE:             (Y,       Y,       Y,       Y,        n),
    Action.EDIT_SPACE:             (n,       n,       Y,       n,        n),
    Action.CLOSE_SPACE:            (n,       n,       Y,       n,        n),
    Action.INVITE:                 (n,       Y,       Y,       n,        n),
    Action.ASSIGN_ROLES:           (n,       n,       Y,       n,        n),
    Action.NOTE_NAMES:             (n,       Y,       Y,       n,        n),
    Action.NOTE_JOINED:            (n,       Y,       Y,       n,        n),
    Action.CHOOSE_LEADER:          (Y,       Y,       Y,       n,        n),
    Action.CONFIRM_CLAIM:          (Y,       Y,       Y,       n,        n),
    Action.SEE_TRACES:             (n,       Y,       Y,       n,        n),
    Action.LEAVE_SPACE:            (Y,       Y,       Y,       Y,        Y),
    Action.DESCRIBE_ONESELF:       (Y,       Y,       Y,       n,        n),
    Action.TELL_STORY:             (Y,       Y,       Y,       n,        n),
    Action.COLLECT_STORY:          (Y,       Y,       Y,       Y,        n),
    Action.CLAIM_FLOW:             (Y,       Y,       Y,       Y,        n),
    Action.TAKE_UP:                (Y,       Y,       Y,       n,        n),
    Action.ASK_WHAT_HAPPENED:      (Y,       Y,       Y,       Y,        n),
    Action.NOTE_ANSWER:            (n,       Y,       Y,       n,        n),
    Action.MARK_LEAD:              (Y,       Y,       Y,       Y,        n),
    Action.SEE_AS_OTHERS:          (n,       Y,       Y,       n,        n),
    Action.SEE_LEADS:              (Y,       Y,       Y,       Y,        n),
    Action.FOLLOW_LEAD:            (Y,       Y,       Y,       Y,        n),
    Action.SEE_FLOWS:              (Y,       Y,       Y,       Y,        Y),
    Action.SEE_TELLING:            (n,       Y,       Y,       n,        n),
    Action.TAG_AS_ANALYST:         (n,       Y,       n,       Y,        n),
    Action.SEE_FRAMING:            (Y,       Y,       Y,       Y,        Y),
    Action.DRAFT_FRAMING:          (Y,       Y,       Y,       n,        n),
    Action.AGREE_FRAMING:          (Y,       Y,       Y,       n,        n),
    Action.LET_FRAME_STAND:        (n,       Y,       Y,       n,        n),
    Action.PLAN_FRAMING_EVENT:     (n,       Y,       Y,       n,        n),
    Action.WRITE_ON_BOARD:         (Y,       Y,       Y,       n,        n),
    Action.STATE_SPONSOR_ASPIRATIONS:    (n,       n,       Y,       n,        Y),
    Action.TIE_ASPIRATION:         (Y,       Y,       Y,       Y,        n),
    Action.SEE_EVALUATION:         (Y,       Y,       Y,       Y,        Y),
    Action.DEFINE_INDICATOR:       (Y,       Y,       Y,       Y,        n),
    Action.RECORD_OBSERVATION:     (n,       Y,       n,       Y,        n),
    Action.LINK_INDICATOR:         (Y,       Y,       Y,       Y,        n),
    Action.CLAIM_CONTRIBUTION:     (n,       Y,       n,       Y,        n),
    Action.READ_BEFORE_FREEZE:     (Y,       Y,       Y,       Y,        n),
    Action.FREEZE_RELEASE:         (n,       Y,       n,       Y,        n),
    Action.EXPORT_REPORT:          (n,       Y,       n,       Y,        n),
    Action.READ_REPORT:            (Y,       Y,       Y,       Y,        Y),
    Action.EXPORT_SPACE_FILE:      (n,       Y,       Y,       Y,        n),
}  # fmt: skip


def test_every_action_is_decided():
    assert set(ALLOWED) == set(Action) == set(MATRIX)


@pytest.mark.parametrize("action", list(Action))
def test_may_answers_as_the_table_says(action, space):
    answers = tuple(may(make.member(space, role), action, space) for role in Role)
    assert answers == MATRIX[action]


def test_a_role_that_has_ended_gives_nothing(space):
    person = make.person()
    row = make.membership(space, person, Role.CONVENER)
    row.roles.update(until=make.LONG_AGO)
    assert not may(person, Action.VIEW_SPACE, space)


def test_a_role_elsewhere_gives_nothing_here(space):
    convener_elsewhere = make.member(make.space(), Role.CONVENER)
    assert not may(convener_elsewhere, Action.VIEW_SPACE, space)
