"""Somebody of the worked example who has one of everything, so that every form is offered."""

from framing import actions as framing
from framing.models import Aspiration, Risk
from spaces import actions
from spaces.addresses import Address
from spaces.models import Boundary, LeadershipRole, Membership, NoticeKind, Space, TokenScope
from spaces.permissions import Role
from tests import brought, make
from tests.framing import rows
from valuecreation import actions as telling
from valuecreation.models import Moment

ALL = (Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT, Role.EVALUATOR, Role.SPONSOR)


def somebody_with_everything(space: Space) -> Membership:
    """A member of all roles who tells, notes, asks and is asked, drafts, plans and invites."""
    me = make.membership(space, make.person("Member Everything"), *ALL, ref="ME")
    other = make.membership(space, make.person("Member Other"), Role.FACILITATOR, ref="MO")
    tell_stories(space, me, other)
    frame(space, me, other)
    lead(space, me)
    return me


def tell_stories(space, me, other):
    began = make.story(in_space=space, teller=me, cycles=("immediate", "applied"), ref="D1")
    here, shown = began.steps.first().moment, brought.file(brought.picture("JPEG"))
    telling.enclose(began, here, by=me, file=shown)
    make.story(in_space=space, teller=me, collector=other, state="with_teller", ref="D2")
    told = make.story(in_space=space, teller=me, shared=True, cycles=("potential",), ref="D4")
    telling.retire_story(make.story(in_space=space, teller=me, shared=True, ref="D5"), by=me)
    make.moment(space, agent=me, recorded_by=me)
    offered = make.story(in_space=space, teller=other, shared=True, ref="D7")
    telling.offer_story(offered, by=other, to=me)
    moment = told.steps.get().moment
    make.morning(telling.ask_what_happened(moment, by=other))
    said = telling.ask_for_statement(told, by=me, member=other)
    telling.make_statement(said, kind="adds", words="So it was.", reach="story")
    telling.ask_for_statement(told, by=me, name="Dr Wall", email="wall@example.org")
    lead = telling.mark_lead(moment, by=me, sentence=0, listener=other)
    telling.settle_lead(lead, by=me, state="followed", outcome="Ana tells it on Tuesday.")
    telling.mark_lead(told.steps.get().moment, by=me, sentence=0)
    telling.mark_lead(Moment.objects.get(space=space, ref="D1.1"), by=other, sentence=0)
    sources = [told, *(make.story(in_space=space, shared=True, ref=f"D{n}") for n in (21, 22))]
    telling.write_vignette(by=me, title="A grid", text="Everybody drew one.", stories=sources)
    framing.tie_moment(moment, Aspiration.objects.first(), by=me)


def frame(space, me, other):
    draft = framing.begin_draft(space, by=me)
    framing.add_part(draft, by=me, part=Risk(text="Somebody is blamed."))
    told = make.story(in_space=space, teller=me, shared=True, ref="D6")
    framing.add_cause(draft, told.steps.get().moment, by=me)
    event = rows.event(space, me, other, facilitator=me)
    framing.write_note(event, by=me, cycle="applied", kind="hope", text="A grid.")
    framing.write_note(event, by=other, cycle="applied", kind="hope", text="Another.")
    framing.state_sponsor_aspiration(space, by=me, cycle="strategic", text="No overspend.")


def lead(space, me):
    actions.invite(by=me, addresses=[Address("ana@example.org")])
    actions.take_leadership_role(me, by=me.person, role=LeadershipRole.values[0])
    make.membership(space, None, ref="MN")
    actions.create_token(by=me.person, name="for reports", scope=TokenScope.READ, days=30)
    space.boundary_policy = Boundary.BY_REQUEST
    space.save(update_fields=["boundary_policy"])
    actions.ask_to_join(space, by=make.person("Member Asking"))
    address = f"/spaces/{space.slug}/"
    actions.notify(me.person, NoticeKind.TAKEN_UP, space=space, number=1, address=address)
