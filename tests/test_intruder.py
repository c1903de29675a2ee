"""What somebody should not get at, tried the way an intruder would."""

import pytest
from django.urls import reverse

from evaluation.models import Indicator
from framing.models import FramingVersion
from spaces.models import IdempotencyKey
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.cycles import Cycle, MomentStatus
from valuecreation.loops.keeping import reread
from valuecreation.models import Flow, Moment

pytestmark = pytest.mark.django_db


def api(name, space, *args):
    return reverse(f"api:{name}", args=[space.slug, *args])


@pytest.fixture
def teller(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT, practice="nurse")


def told(space, teller, *audience, **fields):
    story = make.story(in_space=space, teller=teller, state="approved")
    make.consent(story, *(audience or ["space"]), **fields)
    return story


def seen_then(client, space):
    answer = client.get(api("readings", space), {"as_of": "2025-07-01"}).json()
    return answer["audience"]["stories"]


def test_an_earlier_day_does_not_bring_back_a_story_that_was_withdrawn(signed_in, space, teller):
    story = told(space, teller)
    client = signed_in(make.member(space))
    assert seen_then(client, space) == [story.ref]
    actions.withdraw_story(story, by=teller)
    assert seen_then(client, space) == []


def test_an_earlier_day_does_not_open_a_story_that_was_narrowed(signed_in, space, teller):
    story = told(space, teller, "space", "organisation")
    client = signed_in(make.member(space, Role.SPONSOR))
    assert seen_then(client, space) == [story.ref]
    actions.give_consent(story, by=teller, audience=["space"])
    assert seen_then(client, space) == []


@pytest.fixture
def nameless(space, teller):
    """A story under another name: a moment that went quiet, and a hope that is past its day."""
    story = told(space, teller, attribution="pseudonym")
    hope = make.moment(
        space, agent=teller, cycle=Cycle.REALIZED, status=MomentStatus.HOPED, due_on="2025-08-20"
    )
    story.steps.create(moment=hope, order=2)
    first = Moment.objects.in_story(story).actual().get()
    Flow.objects.create(
        space=space, source=first, target=hope, status="awaited", due_on="2025-08-20"
    )
    return story


def test_readings_tell_no_exact_day_of_a_nameless_teller(signed_in, space, nameless):
    answer = signed_in(make.member(space)).get(api("readings", space)).json()
    assert [row["days"] for row in answer["quiet"]] == [None]
    assert [(row["due"], row["days_past_due"]) for row in answer["overdue_hopes"]] == [(None, None)]


def test_a_nameless_teller_reads_their_own_days(signed_in, space, teller, nameless):
    answer = signed_in(teller.person).get(api("readings", space)).json()
    assert [row["due"] for row in answer["overdue_hopes"]] == ["2025-08-20"]


def test_hopes_and_flows_of_a_nameless_teller_are_dated_by_the_quarter(
    signed_in, space, teller, nameless
):
    client = signed_in(make.member(space))
    for name in ("moments", "flows"):
        rows = client.get(api(name, space)).json()["results"]
        assert {row["due_on"] for row in rows} - {None} == {"2025-07-01"}
    client.force_login(teller.person)
    (flow,) = client.get(api("flows", space)).json()["results"]
    assert flow["due_on"] == "2025-08-20"


def test_no_cache_keeps_a_page(signed_in, space):
    client = signed_in(make.member(space))
    for address in (reverse("space_overview", args=[space.slug]), api("stories", space)):
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_words_of_a_correction_are_kept_for_nobody_else(client, space, teller):
    story = told(space, teller)
    page = reverse("valuecreation:edit_story", args=[space.slug, story.public_id])
    client.force_login(teller.person)
    whose = f'<input type="hidden" name="whose" value="{teller.person.pk}">'
    assert whose in client.get(page).text
    client.logout()
    client.post(page, {"title": "Only for Ana"})
    client.force_login(make.member(space))
    assert client.get(reverse("spaces:kept_words")).status_code == 302


def test_a_facilitator_is_told_who_invites_a_sponsor(signed_in, space):
    sponsor = make.membership(space, None, Role.SPONSOR, outside=True)
    client = signed_in(make.member(space, Role.FACILITATOR))
    address = reverse("spaces:invite_to_claim", args=[space.slug, sponsor.ref])
    answer = client.post(address, {"email": "dee@example.org"})
    assert "Only a convener brings somebody in as sponsor." in answer.text


def test_a_sponsor_reads_no_name_in_framing_and_figures(signed_in, space, teller):
    version = FramingVersion.objects.create(
        space=space, number=1, state="agreed", agreed_on="2025-02-01", difference="Less pain.",
        reason="Ana Costa was told off.", agreement="Ana brings cake.",
    )  # fmt: skip
    version.uncertainties.create(key="U1", text="Will Ana stay?")
    sign = Indicator.objects.create(space=space, ref="I1", name="Visits", cycle="applied")
    sign.observations.create(
        period="2025-03", period_start="2025-03-01", period_end="2025-03-31", value=3,
        note="Ana Costa counted.", other_influences="Ana was away.",
    )  # fmt: skip
    pages = [
        reverse("framing:framing", args=[space.slug]),
        api("framing", space),
        reverse("evaluation:indicator", args=[space.slug, "I1"]),
    ]
    client = signed_in(make.member(space, Role.SPONSOR))
    for address in pages:
        text = client.get(address).content.decode()
        assert "Ana" not in text
        assert "A nurse" in text
    client.force_login(teller.person)
    assert all("Ana Costa" in client.get(address).content.decode() for address in pages)


def test_a_key_sent_to_another_address_loses_no_words(signed_in, space, teller):
    other = make.space()
    make.membership(other, teller.person, Role.PARTICIPANT)
    client = signed_in(teller.person)
    words = {
        "title": "Twice",
        "moments": [{"cycle": "applied", "text": "We tried.", "polarity": "nil"}],
    }
    for place in (space, other):
        answer = client.post(
            api("stories", place), words, "application/json", headers={"Idempotency-Key": "k"}
        )
        assert answer.status_code == 201
        assert place.stories.count() == 1


def test_consent_and_keys_sent_twice_are_stored_once(signed_in, space, teller):
    story = told(space, teller)
    client = signed_in(teller.person)
    act = {"audience": ["organisation"], "attribution": "named", "uses": [], "once": "k"}
    key = {"name": "for reports", "scope": "read", "days": "30", "once": "k"}
    for _ in range(2):
        client.post(reverse("valuecreation:consent", args=[space.slug, story.public_id]), act)
        page = client.post(reverse("spaces:tokens"), key)
    assert [act.audience for act in story.consents.all()].count({"organisation"}) == 1
    assert teller.person.api_tokens.count() == 1
    assert "was made already" in page.text


def test_erasing_a_story_leaves_no_word_with_the_keys_of_programs(signed_in, space, teller):
    words = {
        "title": "Gone soon",
        "moments": [{"cycle": "applied", "text": "We tried.", "polarity": "nil"}],
    }
    signed_in(teller.person).post(
        api("stories", space), words, "application/json", headers={"Idempotency-Key": "k"}
    )
    assert IdempotencyKey.objects.exists()
    actions.erase_story(space.stories.get(), by=teller)
    assert not IdempotencyKey.objects.exists()


def test_keys_of_pages_tell_no_day(signed_in, space, teller):
    story = told(space, teller, attribution="anonymous")
    for order in range(2, 33):
        moment = make.moment(space, agent=teller)
        story.steps.create(moment=moment, order=order)
    reread(space)
    address = reverse("valuecreation:flow_list", args=[space.slug, "quiet"])
    page = signed_in(make.member(space)).get(address)
    older = page.context["told"].older
    assert older
    assert "2025" not in older
    rest = page.client.get(address, {"after": older}).context["told"].lines
    assert len(rest) == 2
