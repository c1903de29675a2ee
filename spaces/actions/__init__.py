"""Everything that changes spaces and who is in them. Each action is one decision."""

from spaces.actions.claims import confirm_claim
from spaces.actions.entering import one_at_a_time
from spaces.actions.join_links import join_by_link, make_join_link, revoke_join_link
from spaces.actions.joining import (
    answer_request,
    ask_to_join,
    invite,
    join_space,
    redeem_invitation,
    resend_invitation,
    revoke_invitation,
    withdraw_requests,
)
from spaces.actions.leader_choice import agree_to_leader, propose_leader
from spaces.actions.mail_choices import choose_mail, choose_rhythm, stop_mail
from spaces.actions.names import drop_name, note_name, practices_in
from spaces.actions.noticing import done, notify, notify_each, read_notice
from spaces.actions.people import (
    describe_oneself,
    end_role,
    forget_member,
    give_role,
    leave_space,
    lone_convener,
    only_convener,
    state_level,
    take_leadership_role,
)
from spaces.actions.spaces import (
    close_space,
    edit_space,
    found_space,
    pause_space,
    reopen_space,
)
from spaces.actions.tokens import create_token, revoke_all_tokens, revoke_token

__all__ = [
    "agree_to_leader",
    "answer_request",
    "ask_to_join",
    "choose_mail",
    "choose_rhythm",
    "close_space",
    "confirm_claim",
    "create_token",
    "describe_oneself",
    "done",
    "drop_name",
    "edit_space",
    "end_role",
    "forget_member",
    "found_space",
    "give_role",
    "invite",
    "join_by_link",
    "join_space",
    "leave_space",
    "lone_convener",
    "make_join_link",
    "note_name",
    "notify",
    "notify_each",
    "one_at_a_time",
    "only_convener",
    "pause_space",
    "practices_in",
    "propose_leader",
    "read_notice",
    "redeem_invitation",
    "reopen_space",
    "resend_invitation",
    "revoke_all_tokens",
    "revoke_invitation",
    "revoke_join_link",
    "revoke_token",
    "state_level",
    "stop_mail",
    "take_leadership_role",
    "withdraw_requests",
]
