"""Everything that changes stories, moments and flows. Each action is one decision."""

from valuecreation.actions.again import tell_again, told_before
from valuecreation.actions.answering import (
    answer_follow_up,
    change_answer,
    say_of_answer,
    say_what_came,
    take_back_answer,
)
from valuecreation.actions.consent import default_expiry, give_consent, keep_to_oneself
from valuecreation.actions.corrections import let_go_around, share_around
from valuecreation.actions.enclosures import describe_enclosure, enclose, remove_enclosure
from valuecreation.actions.erasing import erase_line, erase_story
from valuecreation.actions.fetching import confirm_deleted
from valuecreation.actions.flows import (
    claim_flow,
    require_no_nameless,
    set_aside,
    take_back_flow,
    take_up,
)
from valuecreation.actions.follow_ups import (
    ask_what_happened,
    ask_when_we_meet,
    lay_aside,
    note_heard,
    take_back_question,
)
from valuecreation.actions.going_on import go_on
from valuecreation.actions.handing_over import answer_offer, offer_story, take_back_offer
from valuecreation.actions.joining import state_joined
from valuecreation.actions.leads import assign_lead, mark_lead, new_lead, settle_lead
from valuecreation.actions.leaving import (
    end_unreadable_questions,
    keep_without_name,
    settle_for_good,
    settle_rest,
    settle_story,
)
from valuecreation.actions.moments import (
    add_moment,
    adopt_moment,
    change_moment,
    confirm_hope,
    delete_moment,
    drop_moment,
    let_go_hope,
    move_moment,
    note_moment,
    share_moment,
)
from valuecreation.actions.paper import make_paper_code, withdraw_by_paper
from valuecreation.actions.sharing import last_named, open_again, share_with_space
from valuecreation.actions.statements import (
    ask_for_statement,
    forget_statements,
    make_statement,
    no_longer_ask,
    take_back_statement,
)
from valuecreation.actions.stories import (
    approve_story,
    begin_story,
    bring_back_story,
    change_story,
    discard_story,
    finish_story,
    retire_story,
    withdraw_story,
)
from valuecreation.actions.telling import tell_story
from valuecreation.actions.vignettes import (
    let_go_vignette,
    take_out_of_vignette,
    write_vignette,
)
from valuecreation.actions.wording_requests import (
    agree_by_link,
    correct_by_link,
    decline_by_link,
)

__all__ = [
    "add_moment",
    "adopt_moment",
    "agree_by_link",
    "answer_follow_up",
    "answer_offer",
    "approve_story",
    "ask_for_statement",
    "ask_what_happened",
    "ask_when_we_meet",
    "assign_lead",
    "begin_story",
    "bring_back_story",
    "change_answer",
    "change_moment",
    "change_story",
    "claim_flow",
    "confirm_deleted",
    "confirm_hope",
    "correct_by_link",
    "decline_by_link",
    "default_expiry",
    "delete_moment",
    "describe_enclosure",
    "discard_story",
    "drop_moment",
    "enclose",
    "end_unreadable_questions",
    "erase_line",
    "erase_story",
    "finish_story",
    "forget_statements",
    "give_consent",
    "go_on",
    "keep_to_oneself",
    "keep_without_name",
    "last_named",
    "lay_aside",
    "let_go_around",
    "let_go_hope",
    "let_go_vignette",
    "make_paper_code",
    "make_statement",
    "mark_lead",
    "move_moment",
    "new_lead",
    "no_longer_ask",
    "note_heard",
    "note_moment",
    "offer_story",
    "open_again",
    "remove_enclosure",
    "require_no_nameless",
    "retire_story",
    "say_of_answer",
    "say_what_came",
    "set_aside",
    "settle_for_good",
    "settle_lead",
    "settle_rest",
    "settle_story",
    "share_around",
    "share_moment",
    "share_with_space",
    "state_joined",
    "take_back_answer",
    "take_back_flow",
    "take_back_offer",
    "take_back_question",
    "take_back_statement",
    "take_out_of_vignette",
    "take_up",
    "tell_again",
    "tell_story",
    "told_before",
    "withdraw_by_paper",
    "withdraw_story",
    "write_vignette",
]
