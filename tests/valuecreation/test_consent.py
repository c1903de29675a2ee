"""Consent given, widened, narrowed, lapsed and withdrawn; what each reader then sees."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from learningspaces.lib.dates import add_months
from spaces.models import Draft
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Consent, Flow, FollowUp, Moment, Story, StoryState
from valuecreation.presentation.names import PSEUDONYM_KEY

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"valuecreation:{name}", args=args)


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


@pytest.fixture
def priya(space):
    person = make.person("Priya Raman")
    return make.membership(space, person, Role.PARTICIPANT, practice="vascular nurse")


@pytest.fixture
def client(ana):
    browser = Client()
    browser.force_login(ana.person)
    return browser


@pytest.fixture
def story(space, ana):
    return make.story(in_space=space, teller=ana, title="The grid")


def terms(**changed):
    return {"audience": ["space"], "attribution": "named", "uses": []} | changed


def test_first_act_approves_the_wording_and_lets_the_space_read(space, ana, story):
    reader = make.member(space)
    actions.give_consent(story, by=ana, audience=["space"])

    assert story.state == StoryState.APPROVED
    assert story.consent.version.number == 1
    assert list(Story.objects.for_user(reader)) == [story]


def test_acts_are_added_and_the_newest_governs(space, ana, story):
    sponsor, reader = make.member(space, Role.SPONSOR), make.member(space)
    actions.give_consent(story, by=ana, audience=["organisation"])
    assert list(Story.objects.for_user(sponsor)) == [story]
    actions.give_consent(story, by=ana, audience=["space"])

    assert list(Story.objects.for_user(sponsor)) == []
    assert list(Story.objects.for_user(reader)) == [story]
    assert [act.audience for act in story.consents.all()] == [{"organisation"}, {"space"}]


def test_narrowing_to_nobody_takes_effect_at_once(space, ana, story):
    reader = make.member(space)
    actions.give_consent(story, by=ana, audience=["space"])
    actions.give_consent(story, by=ana, audience=[])
    assert list(Story.objects.for_user(reader)) == []
    assert list(Story.objects.for_user(ana.person)) == [story]


def test_named_people_read_it_and_nobody_else(space, ana, priya, story):
    actions.give_consent(story, by=ana, audience=["named_people"], named_people=[priya])
    assert list(Story.objects.for_user(priya.person)) == [story]
    assert list(Story.objects.for_user(make.member(space, Role.CONVENER))) == []


def test_story_is_the_same_by_queries_and_by_reading_one_row(space, ana, story):
    for audience in (["space"], ["organisation"], ["partner_spaces"], ["public"], []):
        actions.give_consent(story, by=ana, audience=audience)
        for reader in ("space", "organisation", "partner_spaces", "public"):
            rows = Story.objects.for_audience(reader, space.today)
            assert (story in rows) == story.goes_to(reader, space.today)


def test_lapsed_consent_hides_the_story_the_day_after(space, ana, story):
    reader = make.member(space)
    last = space.today
    actions.give_consent(story, by=ana, audience=["space"], expires_on=last)
    assert list(Story.objects.for_user(reader, on=last)) == [story]
    assert list(Story.objects.for_user(reader, on=last + dt.timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"audience": ["everybody"]}, "audience"),
        ({"audience": ["named_people"]}, "named_people"),
        ({"audience": ["space"], "attribution": "loudly"}, "attribution"),
        ({"audience": ["space"], "uses": ["selling"]}, "uses"),
        ({"audience": ["space"], "expires_on": dt.date(2020, 1, 1)}, "expires_on"),
    ],
)
def test_act_that_cannot_hold_is_refused(ana, story, wrong, field):
    with pytest.raises(ValidationError) as refused:
        actions.give_consent(story, by=ana, **wrong)
    assert field in refused.value.message_dict
    assert not Consent.objects.exists()


def test_nobody_but_the_teller_consents(space, priya, story):
    story.collector = priya
    story.save()
    with pytest.raises(ValidationError, match="Only the person who tells"):
        actions.give_consent(story, by=priya, audience=["space"])


def test_withdrawn_story_is_gone_for_everyone(space, ana, story):
    told = make.story(in_space=space, shared=True)
    flow = make.flow(story.steps.get().moment, told.steps.get().moment)
    readers = [ana.person, make.member(space), make.member(space, Role.CONVENER)]
    actions.give_consent(story, by=ana, audience=["public"])
    for reader in readers:
        assert story in Story.objects.for_user(reader)
        assert flow in Flow.objects.for_user(reader)
    actions.withdraw_story(story, by=ana)

    for reader in readers:
        assert list(Story.objects.for_user(reader)) == [told]
        assert list(Flow.objects.for_user(reader)) == []
        assert list(Moment.objects.for_user(reader)) == [told.steps.get().moment]
    assert story.consents.get().withdrawn_on == space.today
    assert not Story.objects.for_audience("public", space.today).in_space(space).called("S1")


def test_withdrawn_story_cannot_be_told_on(ana, story):
    actions.withdraw_story(story, by=ana)
    for decision in (actions.approve_story, actions.retire_story):
        with pytest.raises(ValidationError, match="withdrawn"):
            decision(story, by=ana)
    with pytest.raises(ValidationError):
        actions.finish_story(story, by=ana)


def test_erased_story_leaves_only_a_mark(ana, story):
    actions.give_consent(story, by=ana, audience=["space"], note="For Priya.")
    for key in (f"{story.public_id}/and-then", f"{story.public_id}/edit", "tell"):
        Draft.objects.create(person=ana.person, key=key, action=f"/stories/{key}/")
    actions.erase_story(story, by=ana)
    assert [draft.key for draft in Draft.objects.all()] == ["tell"]
    story.refresh_from_db()
    assert (story.title, story.state) == ("A withdrawn story", StoryState.WITHDRAWN)
    assert not Moment.objects.exists()
    assert not story.versions.exists()
    assert story.consents.get().note == ""


def test_waiting_question_ends_when_its_story_is_withdrawn(space, ana, priya, story):
    actions.give_consent(story, by=ana, audience=["space"])
    actions.ask_what_happened(story.steps.get().moment, by=priya)
    actions.withdraw_story(story, by=ana)
    assert not FollowUp.objects.exists()


def test_declined_story_is_gone_for_its_collector_too(space, ana, priya, story):
    Story.objects.update(collector=priya, state=StoryState.WITH_TELLER)
    assert list(Story.objects.for_user(priya.person)) == [story]
    actions.withdraw_story(Story.objects.get(), by=ana)
    assert list(Story.objects.for_user(priya.person)) == []


# --- page -----------------------------------------------------------------------------------------


def test_page_proposes_24_months_and_stores_what_is_ticked(space, client, story):
    page = client.get(url("consent", space.slug, story.public_id))
    until = add_months(space.today, 24).isoformat()
    assert f'value="{until}"' in page.text
    form = terms(audience=["organisation", "partner_spaces"], uses=["quote", "report"])
    answer = client.post(
        url("consent", space.slug, story.public_id), form | {"expires_on": until}, follow=True
    )
    act = Consent.objects.get()
    assert act.audience == {"organisation", "partner_spaces"}
    assert act.uses == ["learning", "report", "quote"]
    assert act.expires_on.isoformat() == until
    assert "Seen by people in this space, the organisation and partner spaces" in answer.text


def test_preview_stores_nothing_and_shows_the_names_replaced(space, client, priya, story):
    Moment.objects.update(text="Priya showed me how.", agent=priya)
    form = terms(audience=["organisation"], preview="organisation")
    page = client.post(url("consent", space.slug, story.public_id), form).text

    assert "<ins>A vascular nurse</ins> showed me how." in page
    assert "Ana Costa, told" in page
    assert not Consent.objects.exists()
    nameless = form | {"attribution": "anonymous"}
    preview = client.post(url("consent", space.slug, story.public_id), nameless).context["preview"]
    assert preview.told.told_by == "A member"
    assert preview.told.moments[0].when == "2025-Q2"


def test_preview_by_a_link_shows_the_act_in_force(space, client, ana, story):
    actions.give_consent(story, by=ana, audience=["space"], attribution="role")
    answer = client.get(url("consent", space.slug, story.public_id), {"as": "organisation"})
    assert answer.context["preview"].told.told_by == "A nurse"
    assert "they do not see it at all" in answer.text


def test_person_named_in_a_step_can_be_ticked_as_agreed(space, client, priya, story):
    Moment.objects.update(text="Priya showed me how.")
    page = client.get(url("consent", space.slug, story.public_id)).text
    assert "Priya Raman agreed to be named in" in page
    form = terms(audience=["organisation"]) | {f"agreed_{priya.pk}": ["1"]}
    client.post(url("consent", space.slug, story.public_id), form)

    story.refresh_from_db()
    assert story.third_parties == [
        {"person": priya.ref, "agreed_on": space.today.isoformat(), "steps": [1]}
    ]
    sponsor = Client()
    sponsor.force_login(make.member(space, Role.SPONSOR))
    assert "Priya showed me how." in sponsor.get(url("story", space.slug, story.public_id)).text


def test_prose_about_third_parties_is_kept_when_nobody_is_ticked(space, client, story):
    Story.objects.update(third_parties="Callum agreed on 3 December.")
    client.post(url("consent", space.slug, story.public_id), terms())
    story.refresh_from_db()
    assert story.third_parties == "Callum agreed on 3 December."


def test_other_name_is_kept_with_the_act(space, client, story):
    form = terms(attribution="pseudonym", pseudonym="Robin")
    client.post(url("consent", space.slug, story.public_id), form)
    assert Consent.objects.get().extra == {PSEUDONYM_KEY: "Robin"}
    reader = Client()
    reader.force_login(make.member(space))
    page = reader.get(url("story", space.slug, story.public_id)).text
    assert "Robin" in page
    assert "Ana" not in page


def test_people_of_another_space_cannot_be_named(space, client, story):
    stranger = make.membership(make.space(), make.person())
    form = terms(audience=["named_people"], named_people=[stranger.pk])
    answer = client.post(url("consent", space.slug, story.public_id), form)
    assert "not found among this space" in answer.text
    assert not Consent.objects.exists()


def test_consent_page_is_the_tellers_alone(space, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    reader = Client()
    reader.force_login(make.member(space, Role.CONVENER))
    assert reader.get(url("story", space.slug, story.public_id)).status_code == 200
    for page in ("consent", "withdraw_story"):
        assert reader.get(url(page, space.slug, story.public_id)).status_code == 403
    for decision in ("approve_story", "retire_story", "bring_back_story"):
        assert reader.post(url(decision, space.slug, story.public_id)).status_code == 403


def test_teller_sees_every_act(space, client, ana, story):
    actions.give_consent(story, by=ana, audience=["public"])
    actions.give_consent(story, by=ana, audience=["space"])
    page = client.get(url("consent", space.slug, story.public_id))
    assert [act.audiences for act in page.context["acts"]] == [
        "people in this space",
        "everybody",
    ]


def test_withdrawing_takes_one_post_and_says_what_cannot_be_recalled(space, client, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    page = client.get(url("withdraw_story", space.slug, story.public_id)).text
    assert "cannot be called back" in page
    client.post(url("withdraw_story", space.slug, story.public_id))
    assert Story.objects.get().state == StoryState.WITHDRAWN
    assert story not in Story.objects.for_user(ana.person)


def test_teller_approves_or_declines_what_was_written_down(space, client, priya, story):
    Story.objects.update(collector=priya, state=StoryState.WITH_TELLER)
    page = client.get(url("story", space.slug, story.public_id)).text
    assert "Priya Raman wrote this down for you" in page
    answer = client.post(url("approve_story", space.slug, story.public_id))
    assert answer.url == url("consent", space.slug, story.public_id)
    assert Story.objects.get().state == StoryState.APPROVED


def test_reading_a_consent_page_writes_nothing(space, client, story):
    before = Story.objects.values().get()
    client.get(url("consent", space.slug, story.public_id), {"as": "public"})
    assert Story.objects.values().get() == before
    assert not Consent.objects.exists()


def test_earlier_wordings_are_for_the_teller_alone(space, client, ana, story):
    actions.give_consent(story, by=ana, audience=["space"])
    moment = story.steps.get().moment
    actions.change_moment(moment, by=ana, seen=0, fields={"text": "Better said."})
    page = client.get(url("wordings", space.slug, story.public_id)).text
    assert moment.text in page
    assert "Better said." in page
    reader = Client()
    reader.force_login(make.member(space, Role.CONVENER))
    assert reader.get(url("wordings", space.slug, story.public_id)).status_code == 403


def test_consent_that_ends_is_asked_for_again(space, client, ana, story):
    soon = space.today + dt.timedelta(days=10)
    actions.give_consent(story, by=ana, audience=["space"], expires_on=soon)
    page = client.get(url("to_follow_up")).text
    assert "May it go on being read?" in page
    assert url("consent", space.slug, story.public_id) in page
