"""The API: the same rows and refusals as the pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from evaluation.models import Indicator, Observation
from learningspaces.lib.strict import StrictSerializer
from spaces import actions
from spaces.models import ApiToken, TokenScope
from spaces.permissions import Role
from tests import make
from valuecreation.models import Attribution, Story, StoryState

STORY = {"moments": [{"cycle": "applied", "text": "I made six grids.", "polarity": "nil"}]}


@pytest.fixture
def key():
    """A function that makes a key for a person and gives the header that carries it."""

    def make_key(person, scope=TokenScope.WRITE, days=30):
        _token, secret = actions.create_token(by=person, name="test", scope=scope, days=days)
        return {"Authorization": f"Bearer {secret}"}

    return make_key


def address(name, *args):
    return reverse(f"api:{name}", args=args)


def indicator(space, **fields):
    defaults = {"ref": "I1", "cycle": "applied", "name": "Trials", "kind": "count"}
    return Indicator.objects.create(space=space, **defaults | fields)


def test_stranger_and_wrong_key_are_turned_away(client, db):
    for headers in ({}, {"Authorization": "Bearer ls_wrong"}, {"Authorization": "Bearer"}):
        answer = client.get(address("spaces"), headers=headers)
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("end", ["revoked", "expired", "inactive"])
def test_ended_key_opens_nothing(client, space, key, end):
    person = make.member(space)
    headers = key(person)
    assert client.get(address("spaces"), headers=headers).status_code == 200
    if end == "revoked":
        ApiToken.objects.update(revoked_at=timezone.now())
    elif end == "expired":
        ApiToken.objects.update(expires_at=timezone.now())
    else:
        person.is_active = False
        person.save()
    assert client.get(address("spaces"), headers=headers).status_code == 401


def test_secret_of_a_key_is_not_stored(space, key):
    headers = key(make.member(space))
    secret = headers["Authorization"].removeprefix("Bearer ")
    stored = ApiToken.objects.get()
    assert secret not in [str(value) for value in vars(stored).values()]


def test_list_of_spaces_is_the_persons_own(client, space, key):
    make.space()
    answer = client.get(address("spaces"), headers=key(make.member(space)))
    assert [row["slug"] for row in answer.json()["results"]] == [space.slug]


def test_space_of_others_is_not_there(client, space, key):
    elsewhere = make.member(make.space(), Role.CONVENER)
    for name in ("space", "people", "stories", "moments", "flows", "framing", "readings"):
        answer = client.get(address(name, space.slug), headers=key(elsewhere))
        assert (name, answer.status_code) == (name, 404)


def test_stories_are_those_of_the_page(client, space, key, signed_in):
    shared = make.story(in_space=space, shared=True)
    hidden = make.story(in_space=space)
    reader = make.member(space)
    rows = client.get(address("stories", space.slug), headers=key(reader)).json()["results"]
    assert [row["ref"] for row in rows] == [shared.ref]
    page = signed_in(reader).get(reverse("valuecreation:story_list", args=[space.slug])).text
    assert shared.title in page
    assert hidden.title not in page


def test_pseudonymous_teller_is_not_named_and_dated_no_finer_than_a_quarter(client, space, key):
    teller = make.membership(space, make.person("Callum Reid"), Role.PARTICIPANT)
    told = make.story(in_space=space, teller=teller, shared=True)
    told.consents.update(attribution=Attribution.PSEUDONYM)
    answer = client.get(address("stories", space.slug), headers=key(make.member(space)))
    assert "Callum" not in answer.text
    moment = answer.json()["results"][0]["moments"][0]
    assert (moment["occurred_on"], moment["precision"]) == ("2025-04-01", "quarter")


def test_sponsor_reads_what_goes_to_the_organisation(client, space, key):
    make.story(in_space=space, shared=True)
    told = make.story(in_space=space, shared=True)
    make.consent(told, "organisation")
    headers = key(make.member(space, Role.SPONSOR))
    rows = client.get(address("stories", space.slug), headers=headers).json()["results"]
    assert [row["ref"] for row in rows] == [told.ref]
    assert client.get(address("people", space.slug), headers=headers).status_code == 403
    assert client.get(address("story", space.slug, "S1"), headers=headers).status_code == 404


def post(client, where, wish, headers):
    return client.post(where, wish, content_type="application/json", headers=headers)


def test_story_is_told_and_is_with_its_teller_alone(client, space, key):
    teller = make.member(space)
    answer = post(client, address("stories", space.slug), STORY, key(teller))
    assert answer.status_code == 201
    told = Story.objects.get()
    assert (told.teller.person, told.state) == (teller, StoryState.DRAFT)
    assert list(Story.objects.for_user(make.member(space))) == []
    moment = answer.json()["moments"][0]
    assert (moment["text"], moment["location"]) == ("I made six grids.", "in_practice")


def test_story_sent_twice_is_stored_once(client, space, key):
    headers = key(make.member(space)) | {"Idempotency-Key": "k1"}
    first = post(client, address("stories", space.slug), STORY, headers)
    second = post(client, address("stories", space.slug), STORY, headers)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Story.objects.count() == 1


def test_key_sent_again_with_other_words_is_refused_and_the_first_stay(client, space, key):
    headers = key(make.member(space)) | {"Idempotency-Key": "k1"}
    where = address("stories", space.slug)
    other = {"moments": [STORY["moments"][0] | {"text": "Two."}]}
    assert post(client, where, STORY, headers).status_code == 201
    answer = post(client, where, other, headers)
    assert answer.status_code == 422
    assert "Send a new key" in answer.text
    assert [moment.text for moment in space.moments.all()] == ["I made six grids."]
    assert post(client, where, other, headers | {"Idempotency-Key": "k2"}).status_code == 201


@pytest.mark.parametrize(
    "wish",
    [
        STORY | {"tittle": "Grids"},
        {"moments": [STORY["moments"][0] | {"date": "2025-05-01"}]},
        {"moments": [STORY["moments"][0] | {"__proto__": 1, "x" * 400: {}}]},
    ],
)
def test_key_of_a_wish_that_nobody_knows_is_named_and_nothing_is_stored(client, space, key, wish):
    headers = key(make.member(space)) | {"Idempotency-Key": "k1"}
    answer = post(client, address("stories", space.slug), wish, headers)
    assert answer.status_code == 400
    assert "There is no such key here" in answer.text
    unknown = set(wish) | set(wish["moments"][0])
    assert any(f'"{name}":["There is no such key' in answer.text for name in unknown)
    assert not Story.objects.exists()
    assert post(client, address("stories", space.slug), STORY, headers).status_code == 201


def test_everything_that_programs_send_is_read_strictly():
    """What any address takes, by the schema that describes it, is a strict serializer."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    bodies = {
        body["schema"]["$ref"].rpartition("/")[2]
        for methods in schema["paths"].values()
        for operation in methods.values()
        for body in operation.get("requestBody", {}).get("content", {}).values()
    }
    strict = {form.__name__ for form in StrictSerializer.__subclasses__()}
    assert bodies
    assert bodies <= {name.removesuffix("Serializer") for name in strict}


def test_key_that_may_only_read_tells_nothing(client, space, key):
    headers = key(make.member(space), TokenScope.READ)
    assert post(client, address("stories", space.slug), STORY, headers).status_code == 403
    assert not Story.objects.exists()


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.EVALUATOR])
def test_who_tells_no_story_on_the_page_tells_none_here(client, space, key, role, signed_in):
    person = make.member(space, role)
    assert post(client, address("stories", space.slug), STORY, key(person)).status_code == 403
    if role == Role.SPONSOR:
        page = signed_in(person).get(reverse("valuecreation:tell_story", args=[space.slug]))
        assert page.status_code == 403


def test_faulty_story_is_refused_at_its_field_and_the_key_stays_unused(client, space, key):
    headers = key(make.member(space)) | {"Idempotency-Key": "k1"}
    tomorrow = (space.today + dt.timedelta(days=1)).isoformat()
    wish = {"moments": [STORY["moments"][0] | {"occurred_on": tomorrow}]}
    answer = post(client, address("stories", space.slug), wish, headers)
    assert answer.status_code == 400
    assert "lies ahead" in answer.text
    assert post(client, address("stories", space.slug), STORY, headers).status_code == 201
    assert Story.objects.count() == 1


def test_what_is_nested_too_deeply_or_far_too_much_is_refused_in_words(client, space, key):
    headers = key(make.member(space))
    deep = '{"moments":' + "[" * 100_000
    answer = client.post(address("stories", space.slug), deep, "application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": "This is nested too deeply to be read. Send it flatter."},
    )
    many = {"moments": STORY["moments"] * 101}
    answer = client.post(address("stories", space.slug), many, "application/json", headers=headers)
    assert answer.status_code == 400
    assert "no more than 100" in answer.text
    assert not Story.objects.exists()


def test_how_it_turned_out_is_never_guessed(client, space, key):
    headers = key(make.member(space))
    moment = {"cycle": "applied", "text": "I made six grids."}
    answer = post(client, address("stories", space.slug), {"moments": [moment]}, headers)
    assert answer.status_code == 400
    assert "Say how it turned out" in answer.text
    hope = moment | {"status": "hoped"}
    answer = post(client, address("stories", space.slug), {"moments": [hope]}, headers)
    assert answer.status_code == 201


def test_agent_of_another_space_is_not_found(client, space, key):
    other = make.membership(make.space(), None, ref="P999")
    wish = {"moments": [STORY["moments"][0] | {"agent": other.ref}]}
    answer = post(client, address("stories", space.slug), wish, key(make.member(space)))
    assert "Nobody in this space has this id" in answer.text


def test_observation_is_recorded_by_the_steward_and_not_by_others(client, space, key):
    steward = make.membership(space, make.person(), Role.PARTICIPANT)
    indicator(space, steward=steward)
    where = address("observations", space.slug, "I1")
    wish = {"period": "2025-Q1", "value": 3}
    assert post(client, where, wish, key(make.member(space))).status_code == 403
    assert post(client, where, wish, key(steward.person)).status_code == 201
    assert Observation.objects.get().value == 3
    again = post(client, where, wish, key(steward.person))
    assert (again.status_code, list(again.json())) == (400, ["period"])


def test_small_group_is_hidden_here_too(client, space, key):
    person = make.member(space, Role.EVALUATOR)
    indicator(space, kind="ratio", counts_people=True)
    where = address("observations", space.slug, "I1")
    for period, value in (("2025-Q1", [2, 4]), ("2025-Q2", [3, 6])):
        assert (
            post(client, where, {"period": period, "value": value}, key(person)).status_code == 201
        )
    shown = client.get(where, headers=key(person)).json()["results"]
    assert [row["period"] for row in shown] == ["2025-Q2"]


def test_readings_are_worked_out_on_what_the_reader_sees(client, space, key):
    make.story(in_space=space, shared=True)
    for role, seen in ((Role.PARTICIPANT, 1), (Role.SPONSOR, 0)):
        answer = client.get(
            address("readings", space.slug), headers=key(make.member(space, role))
        ).json()
        assert answer["counts"]["stories"] == seen


def test_unknown_address_is_said_in_json(client, db):
    answer = client.post("/api/v1/nowhere/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")


def test_schema_page_is_read_under_the_same_policy(space, signed_in):
    page = signed_in(make.member(space)).get(reverse("api_page"))
    assert page.status_code == 200
    assert "/api/v1/spaces/{slug}/stories/" in page.text
    assert "unsafe" not in page["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["stories", "moments", "flows", "framing", "indicators", "people"])
def test_lists_cost_the_same_for_one_and_for_three(
    client, space, key, name, django_assert_max_num_queries
):
    headers = key(make.member(space))
    costs = []
    for _ in range(2):
        told = make.story(in_space=space, shared=True, cycles=("immediate", "applied"))
        first, second = (step.moment for step in told.steps.all())
        make.flow(first, second)
        indicator(space, ref=f"I{told.pk}")
        client.get(address(name, space.slug), headers=headers)
        with django_assert_max_num_queries(25) as counted:
            client.get(address(name, space.slug), headers=headers)
        costs.append(len(counted))
    assert costs[0] == costs[1]
