"""Consent that follows the words: how others read, what singles out, the ledger, use by AI."""

import pytest
from django.urls import reverse

from spaces.models import SpaceLink
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(space):
    who = make.person("Grace Bello")
    return make.membership(space, who, Role.PARTICIPANT, practice="podiatrist")


@pytest.fixture
def story(space, grace):
    return make.story(in_space=space, teller=grace, shared=True, title="Grace and the grid")


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


def test_leaders_see_which_stories_go_to_others_and_in_which_words(signed_in, space, story):
    client = signed_in(make.member(space, Role.FACILITATOR))
    listed = url("as_others", space.slug, "organisation")
    one = url("story_as_others", space.slug, story.public_id, "organisation")
    assert "the grid" not in client.get(listed).text
    assert client.get(one).status_code == 404
    make.consent(story, "organisation", attribution="role")
    page = client.get(listed).text
    assert "A podiatrist and the grid" in page
    assert "1 of 1 story" in page
    shown = client.get(one).text
    assert "A podiatrist and the grid" in shown
    assert "Grace" not in page + shown
    assert "the grid" not in client.get(url("as_others", space.slug, "public")).text
    assert client.get(url("as_others", space.slug, "space")).status_code == 404


def test_what_leaders_see_is_what_the_sponsor_reads(signed_in, space, story):
    make.consent(story, "organisation", attribution="anonymous")
    client = signed_in(make.member(space, Role.FACILITATOR))
    as_sponsor = client.get(url("story_as_others", space.slug, story.public_id, "organisation"))
    client.force_login(make.member(space, Role.SPONSOR))
    read = client.get(url("story", space.slug, story.public_id))
    seen = [(m.text, m.day, m.place, m.said) for m in as_sponsor.context["story"].moments]
    assert seen == [(m.text, m.day, m.place, m.said) for m in read.context["story"].moments]


def test_what_singles_somebody_out_is_marked_before_sharing(signed_in, space, grace, story):
    priya = make.membership(space, make.person("Priya Raman"), practice="vascular nurse")
    link = SpaceLink.objects.create(space=space, slug="ward-9", name="Ward Nine")
    link.via.add(priya)
    moment = story.steps.get().moment
    moment.text, moment.other_space, moment.location = "Priya drew it.", link, "other_space"
    moment.save()
    client = signed_in(grace.person)
    page = client.get(url("consent", space.slug, story.public_id)).text
    assert "Priya Raman is the only “vascular nurse” here" in page
    assert "Only Priya Raman goes between here and Ward Nine" in page
    assert "One moment says the exact day" in page
    make.membership(space, make.person(), practice="Vascular nurse")
    moment.precision, moment.occurred_on = "month", "2025-05-01"
    moment.save()
    page = client.get(url("consent", space.slug, story.public_id)).text
    assert "is the only “vascular nurse” here" not in page
    assert "exact day:" not in page


def test_use_by_ai_is_off_until_it_is_ticked_and_travels_with_the_story(
    signed_in, space, grace, story
):
    client = signed_in(grace.person)
    form = {"audience": ["space"], "attribution": "named", "expires_on": "2099-01-01"}
    page = client.get(url("consent", space.slug, story.public_id))
    assert page.context["form"]["ai"].value() is False
    where = reverse("api:stories", args=[space.slug])
    for ticked, allowed in [({}, False), ({"ai": "on"}, True)]:
        client.post(url("consent", space.slug, story.public_id), form | ticked)
        assert ("ai" in Consent.objects.latest("pk").uses) is allowed
        (row,) = client.get(where).json()["results"]
        assert row["ai"] is allowed
    page = client.get(url("consent", space.slug, story.public_id))
    assert page.context["form"]["ai"].value() is True


def test_the_ledger_holds_every_act_with_all_its_terms_and_the_legal_basis_apart(
    signed_in, space, grace, story
):
    space.legal_basis = "A task in the public interest"
    space.save()
    actions.give_consent(
        story, by=grace, audience=["organisation"], attribution="role", uses=["report", "ai"]
    )
    page = signed_in(grace.person).get(url("ledger", space.slug, story.public_id))
    newest, first = page.context["acts"]
    assert newest.readers == "People in this space and the organisation"
    assert newest.by == "Grace Bello"
    assert "artificial intelligence" in newest.uses
    assert newest.in_force
    assert not first.in_force
    assert (newest.legal_basis, first.legal_basis) == (space.legal_basis, "")
    page.client.force_login(make.member(space, Role.FACILITATOR))
    assert page.client.get(url("ledger", space.slug, story.public_id)).status_code == 403
