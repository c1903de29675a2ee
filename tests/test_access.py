"""Every address, tried as every role, as a member of another space and by a stranger.

What a role may do is read from the view itself (`space_for(…, Action.X)`), and compared with the
table of permissions; so a page without a first line, or with the wrong one, shows here.
"""

import ast
import inspect
import re
import textwrap

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from evaluation.models import ContributionClaim, Import, Indicator, Observation, PersonalCopy
from framing.models import Aspiration, BoardNote, FramingEvent, MomentAspiration, Reframing
from spaces.models import (
    ApiToken,
    Departure,
    Invitation,
    JoinRequest,
    LeaderProposal,
    Membership,
    Notice,
    Person,
    RoleAssignment,
)
from spaces.permissions import ALLOWED, Action, Role
from spaces.stopping import stop_address
from tests import make
from valuecreation.models import Flow, FollowUp, HandOver, Moment, Story

SLUG = "lower-leg-circle"
HOLDERS = {
    Role.CONVENER: "Nadia",
    Role.FACILITATOR: "Tomasz",
    Role.PARTICIPANT: "Grace",
    Role.EVALUATOR: "Ingrid",
    Role.SPONSOR: "Denise",
}
PART_OF_OTHER_SITES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_")
OPEN_TO_ANYBODY_SIGNED_IN = {
    "home", "healthz", "readyz", "api_page", "api:schema", "api:spaces", "api:nothing",
    "spaces:drafts_here", "spaces:kept_drafts", "spaces:throw_away_draft",
    "spaces:kept_words", "spaces:profile", "spaces:tokens", "spaces:find_spaces",
    "spaces:mail", "spaces:stop_mail",
    "spaces:new_space", "spaces:redeem_invitation", "spaces:join", "spacefile:import_space",
    "valuecreation:to_follow_up", "valuecreation:deletion_done", "left_space", "my_stories",
    "valuecreation:search", "valuecreation:answer", "valuecreation:answered",
    "valuecreation:withdraw_by_paper", "spaces:come_in", "valuecreation:make_statement",
    "valuecreation:take_back_statement", "valuecreation:take_back_my_statement",
    "valuecreation:agree_to_wording", "valuecreation:decline_wording",
    "my_data", "download_copy", "close_account",
}  # fmt: skip
OPEN_TO_STRANGERS = {
    "home", "healthz", "readyz", "api:nothing", "spaces:redeem_invitation", "spaces:come_in",
    "valuecreation:deletion_done", "valuecreation:withdraw_by_paper", "spaces:stop_mail",
    "valuecreation:answer", "valuecreation:answered",
    "valuecreation:make_statement", "valuecreation:take_back_statement",
    "valuecreation:agree_to_wording", "valuecreation:decline_wording",
}  # fmt: skip
NEVER = 987_654_321


def patterns(resolver=None, namespace="", address=""):
    """Every address of the site: its full name, its pattern and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = address + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, where)
        elif entry.name and not entry.name.startswith(PART_OF_OTHER_SITES):
            yield f"{namespace}{entry.name}", where, entry.callback


PAGES = {name: (where, view) for name, where, view in patterns()}


def needed(view) -> Action:
    """The action that a view asks for in its first line."""
    if hasattr(view, "cls"):
        return getattr(view.cls, "needs", Action.VIEW_SPACE)
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view))))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "space_for":
            named = call.args[2:] or [word.value for word in call.keywords]
            return Action[named[0].attr] if named else Action.VIEW_SPACE
    return Action.VIEW_SPACE


def some(model) -> int:
    """The key of any row of a model, or one that no row has."""
    row = model.objects.order_by("pk").values_list("pk", flat=True).first()
    return row or NEVER


def arguments(name: str, where: str) -> dict:
    """Arguments that lead to something real in the worked example where there is such a thing."""
    rows = {
        "spaces:revoke_token": ApiToken, "spaces:change_invitation": Invitation,
        "spaces:answer_request": JoinRequest, "spaces:lay_down_role": RoleAssignment,
        "spaces:end_role": RoleAssignment, "valuecreation:answer_follow_up": FollowUp,
        "valuecreation:take_back_question": FollowUp, "valuecreation:ask_when_we_meet": FollowUp,
        "evaluation:correct_observation": Observation, "evaluation:edit_claim": ContributionClaim,
        "framing:remove_cause": Reframing, "framing:untie_moment": MomentAspiration,
        "framing:drop_aspiration": Aspiration, "framing:reword_aspiration": Aspiration,
        "framing:take_back_sponsor_aspiration": Aspiration, "framing:change_note": BoardNote,
        "framing:note_deed": BoardNote, "framing:set_note_aside": BoardNote,
        "spacefile:import_result": Import, "left_space": Departure, "download_copy": PersonalCopy,
        "spaces:agree_to_leader": LeaderProposal, "valuecreation:answer_hand_over": HandOver,
        "spaces:open_notice": Notice,
    }  # fmt: skip
    events = ("framing:event", "framing:edit_event", "framing:go_to_step", "framing:end_event")
    row = rows.get(name, Moment)
    if name.startswith(events) or name in ("framing:board", "framing:write_note"):
        row = FramingEvent
    ref = "I1" if "/indicators/" in where else "P04"
    values = {
        "slug": SLUG,
        "ref": ref,
        "pk": some(row),
        "public_id": at_address(where),
        "moment": Moment.objects.get(ref="S1.2").public_id,
        "enclosure": "2b4c6d8f3g5h",
        "number": 1,
        "token": token_for(name),
        "key": "tell",
        "which": "closed",
        "kind": "risk",
        "origin": "immediate",
        "goal": "potential",
        "code": "straight-through",
        "cycle": "applied",
        "format": "pdf",
        "rest": "nothing",
        "asked": "2b4c6d8f3g5h",
        "lead": "2b4c6d8f3g5h",
        "vignette": "2b4c6d8f3g5h",
        "audience": "organisation",
    }
    return {word: values[word] for word in re.findall(r"[:<](\w+)>", where)}


def token_for(name):
    """A link that a mail could have held, where one leads to a page; elsewhere none that is."""
    if name == "spaces:stop_mail":
        return stop_address(Person.objects.order_by("pk").first(), "news").split("/")[-2]
    return "no-such-token"


def at_address(where):
    """The public id of a story, a moment or a flow of the worked example, as an address wants."""
    if "/moments/<slug:public_id>" in where:
        return Moment.objects.get(ref="S1.1").public_id
    if "/flows/" in where:
        return Flow.objects.order_by("pk").first().public_id
    return Story.objects.get(ref="S1").public_id


def statuses(client):
    """Every address with what GET and POST answered; nothing that a request changes stays."""
    client.raise_request_exception = False  # a broken page is one more line of what is wrong
    for name, (where, view) in PAGES.items():
        address = reverse(name, kwargs=arguments(name, where))
        for method in ("get", "post"):
            with transaction.atomic():
                answer = getattr(client, method)(address)
                transaction.set_rollback(True)
            yield name, view, method, answer


def test_every_address_is_tried_with_real_rows(circle):
    assert len(PAGES) > 100
    for model in (Moment, Indicator, Observation, Aspiration, FramingEvent, FollowUp, Membership):
        assert some(model) != NEVER


@pytest.mark.parametrize("role", HOLDERS)
def test_every_address_answers_each_role_as_the_table_says(client, circle, role):
    person = Person.objects.get(name__startswith=HOLDERS[role])
    held = circle.roles_of(person)
    assert role in held
    client.force_login(person)
    wrong = []
    for name, view, method, answer in statuses(client):
        if answer.status_code >= 500:
            wrong.append((name, method, answer.status_code))
        if name in OPEN_TO_ANYBODY_SIGNED_IN or "<slug:slug>" not in PAGES[name][0]:
            continue
        allowed = not ALLOWED[needed(view)].isdisjoint(held)
        if not allowed and answer.status_code not in (403, 404, 405):
            wrong.append((name, method, answer.status_code))
    assert wrong == []


def test_member_of_another_space_meets_nothing_here(client, circle):
    client.force_login(make.member(make.space(), Role.CONVENER))
    wrong = [
        (name, method, answer.status_code)
        for name, view, method, answer in statuses(client)
        if name not in OPEN_TO_ANYBODY_SIGNED_IN and answer.status_code not in (404, 405)
    ]
    assert wrong == []


def test_stranger_is_led_to_the_sign_in_page(client, circle):
    wrong = []
    for name, view, method, answer in statuses(client):
        turned_away = (
            answer.status_code in (401, 405)
            if hasattr(view, "cls")
            else answer.status_code == 302 and "/account/login/" in answer["Location"]
        )
        if not turned_away and name not in OPEN_TO_STRANGERS:
            wrong.append((name, method, answer.status_code))
    assert wrong == []
