"""The patterns of flows and loops, one to a line: how each is known, what it says, and what to do.

The names and the rules are ours (docs/field.md: Flows and loops). A pattern is a reading, never a
mark for anybody; `find` is its definition (shapes.py).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valuecreation.loops import shapes
from valuecreation.loops.graph import Graph
from valuecreation.loops.quiet import quiet
from valuecreation.loops.readings import returns


@dataclass(frozen=True)
class Pattern:
    """One shape with its words: `says` what it is, `move` what a facilitator may do about it.

    `button` leads to `way`: a list of this page, an address of the space, or (`list`) where it was
    found. `needs` is the act that the button begins. `quiet` is the cycle in which moments that
    fall quiet are of it: whether one is depends on the day.
    """

    code: str
    name: str
    says: str
    move: str
    button: str
    find: shapes.Rule
    way: str = "list"
    needs: str = "see_flows"
    quiet: str = ""


PATTERNS = (
    Pattern(
        "straight-through",
        _("Straight through"),
        _("From being together to something to take away, to a trial, to a difference made."),
        _("Ask for the return: what could the space learn from it?"),
        _("See what could come back"),
        shapes.straight_through,
    ),
    Pattern(
        "closed-loop",
        _("Closed loop"),
        _("What was tried in practice came back, and somebody else took it up."),
        _("Celebrate it, draw the lesson, and ask who tries next."),
        _("Show one at a gathering"),
        shapes.closed_loop,
        way="valuecreation:loop_to_show",
    ),
    Pattern(
        "practice-born",
        _("Born in practice"),
        _("What somebody did already came into the space, and somebody else did it, too."),
        _("Invite more of the things people already do."),
        _("Tell what you already do"),
        shapes.practice_born,
        way="valuecreation:tell_story",
        needs="tell_story",
    ),
    Pattern(
        "spiral",
        _("Spiral"),
        _("A closed loop led on to another return: several turns on one question."),
        _("Mark what changed with each turn."),
        _("See each turn"),
        shapes.spiral,
    ),
    Pattern(
        "stalled-potential",
        _("Potential that led nowhere"),
        _("Something to take away, and no word of what came of it."),
        _("Ask why: adapt it, pair up, or keep it for later."),
        _("Ask what happened"),
        shapes.stalled_potential,
        needs="ask_what_happened",
        quiet="potential",
    ),
    Pattern(
        "trial-without-a-look",
        _("Trial without a look"),
        _("Something was tried, and nobody has told what difference it made."),
        _("Help them notice: agree on one sign to watch."),
        _("Ask what they noticed"),
        shapes.trial_without_a_look,
        needs="ask_what_happened",
        quiet="applied",
    ),
    Pattern(
        "told-not-taken-up",
        _("Told, not taken up"),
        _("It came back to the space, and nobody has taken it up yet."),
        _("Give it time on the agenda."),
        _("Take one up"),
        shapes.told_not_taken_up,
        way="open",
        needs="take_up",
    ),
    Pattern(
        "private-gain",
        _("Private gain"),
        _("A difference was made, and it has not come back to the space."),
        _("Talk one to one: is it safe to tell?"),
        _("Ask what came back"),
        shapes.private_gain,
        needs="ask_what_happened",
        quiet="realized",
    ),
    Pattern(
        "harm-loop",
        _("Harm loop"),
        _("What made things worse came back, and is now talked about with those who have a say."),
        _("Protect the teller first, then raise the rule."),
        _("See what came back"),
        shapes.harm_loop,
    ),
    Pattern(
        "upward-flow",
        _("Upward flow"),
        _("A difference became an argument, and the argument made room for more."),
        _("Bring evidence and a request together."),
        _("See the evidence"),
        shapes.upward_flow,
        way="evaluation:matrix",
        needs="see_evaluation",
    ),
    Pattern(
        "missing-condition",
        _("Missing condition"),
        _("Something was blocked, and what is missing is taken to those who have a say."),
        _("Turn what stands in the way into a request with a name."),
        _("See what is missing"),
        shapes.missing_condition,
        way="stalled",
    ),
    Pattern(
        "orienting-detour",
        _("Orienting detour"),
        _("Seeing where we stand led to something to take away, or to a conversation."),
        _("Invite the practice that is missing."),
        _("Invite somebody"),
        shapes.orienting_detour,
        way="spaces:invitations",
        needs="invite",
    ),
    Pattern(
        "identity-flow",
        _("Identity flow"),
        _("A trial, or what it changed, made somebody see themselves or their work differently."),
        _("Listen to it at length; set no target."),
        _("Write down what they say"),
        shapes.identity_flow,
        way="valuecreation:tell_story",
        needs="collect_story",
    ),
    Pattern(
        "cross-space",
        _("Into another space"),
        _("Somebody carried it into another space."),
        _("Name who carried it, and ask what they changed."),
        _("See what was carried"),
        shapes.cross_space,
        way="elsewhere",
    ),
    Pattern(
        "reframing-loop",
        _("Reframing loop"),
        _("It changed what this space hopes for."),
        _("Frame that part again, with everybody."),
        _("Read the framing"),
        shapes.reframing_loop,
        way="framing:framing",
        needs="see_framing",
    ),
    Pattern(
        "echo",
        _("Echo"),
        _("For two months or longer one evening only led to the next."),
        _("Ask what anybody has tried."),
        _("Tell what you tried"),
        shapes.echo,
        way="valuecreation:tell_story",
        needs="tell_story",
    ),
)
BY_CODE = {pattern.code: pattern for pattern in PATTERNS}


def patterns(
    graph: Graph, day: dt.date, amounts: Mapping[shapes.Found, Mapping] | None = None
) -> dict[str, dict[str, str]]:
    """Each pattern with the moments at which it is seen, and where each began, in steady order.

    The graph is narrowed to the day and to an audience. `amounts` says what its returns amount to,
    where that is known already.
    """
    if amounts is None:
        amounts = {(row["from"], row["to"]): row for row in returns(graph)}
    seen = shapes.Shapes(graph, day, amounts)
    return {pattern.code: _at_each_moment(pattern.find(seen)) for pattern in PATTERNS}


def _at_each_moment(found) -> dict[str, str]:
    """For each moment one beginning, always the same of several."""
    begins: dict[str, str] = {}
    for origin, moment in found:
        begins[moment] = min(begins.get(moment, origin), origin)
    return dict(sorted(begins.items()))


def timeless(
    graph: Graph, day: dt.date, amounts: Mapping[shapes.Found, Mapping]
) -> dict[str, dict[str, str]]:
    """The same without what has only fallen quiet by the day."""
    still = {row["moment"] for row in quiet(graph, day)}
    found = patterns(graph, day, amounts)
    for pattern in PATTERNS:
        if pattern.quiet:
            at = found[pattern.code].items()
            found[pattern.code] = {moment: begun for moment, begun in at if moment not in still}
    return found
