"""Who may do what: one table and one question (house rule 6).

Only the five access roles give rights, and only in the space where they are held. Leadership roles
and participation levels (docs/field.md: Taking part, Roles) give none.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Access roles, in the order of the hand-written matrix in the tests."""

    PARTICIPANT = "participant", _("participant")
    FACILITATOR = "facilitator", _("facilitator")
    CONVENER = "convener", _("convener")
    EVALUATOR = "evaluator", _("evaluator")
    SPONSOR = "sponsor", _("sponsor")


class Action(TextChoices):
    """Everything a person can do in a space."""

    # spaces
    VIEW_SPACE = "view_space", _("see the space")
    SEE_PEOPLE = "see_people", _("see who takes part")
    EDIT_SPACE = "edit_space", _("change what the space says about itself")
    CLOSE_SPACE = "close_space", _("pause, close or reopen the space")
    INVITE = "invite", _("invite people and answer requests to join")
    ASSIGN_ROLES = "assign_roles", _("give and end access roles")
    NOTE_NAMES = "note_names", _("say what others are called, too")
    NOTE_JOINED = "note_joined", _("say since when others take part")
    CHOOSE_LEADER = "choose_leader", _("choose who convenes where nobody leads any more")
    CONFIRM_CLAIM = "confirm_claim", _("confirm that a name was claimed by the right person")
    SEE_TRACES = "see_traces", _("see who fetched what")
    LEAVE_SPACE = "leave_space", _("leave the space")
    DESCRIBE_ONESELF = "describe_oneself", _("say how they take part")
    # value creation
    TELL_STORY = "tell_story", _("tell a story")
    COLLECT_STORY = "collect_story", _("write down a story for a teller")
    CLAIM_FLOW = "claim_flow", _("say what led to what")
    TAKE_UP = "take_up", _("take up what somebody brought back")
    ASK_WHAT_HAPPENED = "ask_what_happened", _("ask what happened")
    NOTE_ANSWER = "note_answer", _("note what they heard came of an idea")
    MARK_LEAD = "mark_lead", _("mark a sentence as worth following")
    SEE_AS_OTHERS = "see_as_others", _("see the space as others read it")
    SEE_LEADS = "see_leads", _("see what is worth following")
    FOLLOW_LEAD = "follow_lead", _("say who follows it, and what came of it")
    SEE_FLOWS = "see_flows", _("see flows and loops")
    SEE_TELLING = "see_telling", _("see how telling goes, in figures")
    TAG_AS_ANALYST = "tag_as_analyst", _("add a second reading of a moment's cycle")
    # framing
    SEE_FRAMING = "see_framing", _("read the framing")
    DRAFT_FRAMING = "draft_framing", _("draft a framing version")
    AGREE_FRAMING = "agree_framing", _("answer a draft of the framing for themselves")
    LET_FRAME_STAND = "let_frame_stand", _("name a closing day, and let an answered draft stand")
    PLAN_FRAMING_EVENT = "plan_framing_event", _("plan and lead a framing event")
    WRITE_ON_BOARD = "write_on_board", _("write hopes and doubts on the board")
    STATE_SPONSOR_ASPIRATIONS = "state_sponsor_aspirations", _("add the sponsor's own hopes")
    TIE_ASPIRATION = "tie_aspiration", _("say which hope a moment speaks to")
    # evaluation
    SEE_EVALUATION = "see_evaluation", _("see indicators and the matrix")
    DEFINE_INDICATOR = "define_indicator", _("define an indicator")
    RECORD_OBSERVATION = "record_observation", _("record an observation of any indicator")
    LINK_INDICATOR = "link_indicator", _("link a moment to an indicator")
    CLAIM_CONTRIBUTION = "claim_contribution", _("write a contribution claim")
    READ_BEFORE_FREEZE = "read_before_freeze", _("read a dataset for names before it is frozen")
    FREEZE_RELEASE = "freeze_release", _("freeze a dataset")
    EXPORT_REPORT = "export_report", _("build and download reports")
    READ_REPORT = "read_report", _("download a report made for them")
    EXPORT_SPACE_FILE = "export_space_file", _("download the space file")


MEMBERS = frozenset({Role.PARTICIPANT, Role.FACILITATOR, Role.CONVENER})
LEADERS = frozenset({Role.FACILITATOR, Role.CONVENER})
INSIDERS = MEMBERS | {Role.EVALUATOR}
EVERYONE = frozenset(Role)
ANALYSTS = frozenset({Role.FACILITATOR, Role.EVALUATOR})

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.VIEW_SPACE: EVERYONE,
    Action.SEE_PEOPLE: INSIDERS,
    Action.EDIT_SPACE: frozenset({Role.CONVENER}),
    Action.CLOSE_SPACE: frozenset({Role.CONVENER}),
    Action.INVITE: LEADERS,
    Action.ASSIGN_ROLES: frozenset({Role.CONVENER}),
    Action.NOTE_NAMES: LEADERS,
    Action.NOTE_JOINED: LEADERS,
    Action.CHOOSE_LEADER: MEMBERS,
    Action.CONFIRM_CLAIM: MEMBERS,
    Action.SEE_TRACES: LEADERS,
    Action.LEAVE_SPACE: EVERYONE,
    Action.DESCRIBE_ONESELF: MEMBERS,
    Action.TELL_STORY: MEMBERS,
    Action.COLLECT_STORY: INSIDERS,
    Action.CLAIM_FLOW: INSIDERS,
    Action.TAKE_UP: MEMBERS,
    Action.ASK_WHAT_HAPPENED: INSIDERS,
    Action.NOTE_ANSWER: LEADERS,
    Action.MARK_LEAD: INSIDERS,
    Action.SEE_AS_OTHERS: LEADERS,
    Action.SEE_LEADS: INSIDERS,
    Action.FOLLOW_LEAD: INSIDERS,
    Action.SEE_FLOWS: EVERYONE,
    Action.SEE_TELLING: LEADERS,
    Action.TAG_AS_ANALYST: ANALYSTS,
    Action.SEE_FRAMING: EVERYONE,
    Action.DRAFT_FRAMING: MEMBERS,
    Action.AGREE_FRAMING: MEMBERS,
    Action.LET_FRAME_STAND: LEADERS,
    Action.PLAN_FRAMING_EVENT: LEADERS,
    Action.WRITE_ON_BOARD: MEMBERS,
    Action.STATE_SPONSOR_ASPIRATIONS: frozenset({Role.SPONSOR, Role.CONVENER}),
    Action.TIE_ASPIRATION: INSIDERS,
    Action.SEE_EVALUATION: EVERYONE,
    Action.DEFINE_INDICATOR: INSIDERS,
    Action.RECORD_OBSERVATION: ANALYSTS,
    Action.LINK_INDICATOR: INSIDERS,
    Action.CLAIM_CONTRIBUTION: ANALYSTS,
    Action.READ_BEFORE_FREEZE: INSIDERS,
    Action.FREEZE_RELEASE: ANALYSTS,
    Action.EXPORT_REPORT: ANALYSTS,
    Action.READ_REPORT: EVERYONE,
    Action.EXPORT_SPACE_FILE: frozenset({Role.CONVENER, Role.FACILITATOR, Role.EVALUATOR}),
}


# What begins something new, and so ends with the space. In a closed space people still read,
# correct, approve and withdraw what is theirs, answer what they were asked, and evaluate.
BEGINNING = frozenset(
    {
        Action.INVITE,
        Action.TELL_STORY,
        Action.COLLECT_STORY,
        Action.CLAIM_FLOW,
        Action.TAKE_UP,
        Action.ASK_WHAT_HAPPENED,
        Action.NOTE_ANSWER,
        Action.MARK_LEAD,
        Action.FOLLOW_LEAD,
        Action.DRAFT_FRAMING,
        Action.AGREE_FRAMING,
        Action.LET_FRAME_STAND,
        Action.PLAN_FRAMING_EVENT,
        Action.WRITE_ON_BOARD,
        Action.STATE_SPONSOR_ASPIRATIONS,
        Action.DEFINE_INDICATOR,
    }
)


def may(person, action: Action, space) -> bool:
    """The one question every view, viewset and template asks."""
    if action in BEGINNING and not space.is_open_for_work:
        return False
    return not ALLOWED[action].isdisjoint(space.roles_of(person))


def roles_to_give(person, space) -> tuple[Role, ...]:
    """As what somebody may bring others into a space: as participants, unless they assign roles."""
    return tuple(Role) if may(person, Action.ASSIGN_ROLES, space) else (Role.PARTICIPANT,)
