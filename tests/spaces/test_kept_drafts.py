"""What is typed and not sent yet: kept under the form's own key, given back, never lost."""

import pytest
from django.test import Client
from django.urls import reverse

from spaces.models import Draft, Space
from spaces.permissions import Role
from tests import make
from valuecreation.models import Story

pytestmark = pytest.mark.django_db
DRAFTS = "/me/drafts/"


@pytest.fixture
def ana(space):
    return make.membership(space, make.person("Ana Costa"), Role.PARTICIPANT)


@pytest.fixture
def client(ana):
    browser = Client()
    browser.force_login(ana.person)
    return browser


@pytest.fixture
def tell(space):
    return reverse("valuecreation:tell_story", args=[space.slug])


WORDS = {"cycle": "applied", "text": "We tried it.", "status": "actual", "polarity": "nil"}


def typed(action, key="k1", **words):
    about = {"draft_action": action, "draft_address": action, "draft_title": "Tell what happened"}
    return {"once": key, "csrfmiddlewaretoken": "x", "whose": "1"} | about | words


def here(client, action, *keys):
    return client.get(f"{DRAFTS}here/", {"action": action, "keys": ",".join(keys)}).json()


def test_draft_is_kept_and_given_back_to_its_writer_alone(space, client, tell):
    words = typed(tell, text="Half a sent", cycle="applied", then="add")
    assert client.post(DRAFTS, words).status_code == 204
    draft = Draft.objects.get()
    assert draft.data == {"text": ["Half a sent"], "cycle": ["applied"]}
    assert draft.space == space
    (kept,) = here(client, tell)["drafts"]
    assert (kept["key"], kept["typed"]["text"]) == ("k1", ["Half a sent"])
    page = client.get(DRAFTS).text
    assert "Half a sent" in page
    assert f"{tell}?draft=k1" in page
    other = Client()
    other.force_login(make.member(space))
    assert here(other, tell) == {"drafts": [], "used": []}
    assert "Half a sent" not in other.get(DRAFTS).text


def test_a_form_typed_on_is_one_draft_and_two_windows_are_two(client, tell):
    for text in ("Half", "Half a sentence"):
        client.post(DRAFTS, typed(tell, text=text))
    client.post(DRAFTS, typed(tell, key="k2", text="Another story"))
    texts = [draft["typed"]["text"] for draft in here(client, tell)["drafts"]]
    assert texts == [["Another story"], ["Half a sentence"]]


def test_draft_goes_with_the_form_that_is_sent_and_no_other(client, tell):
    client.post(DRAFTS, typed(tell, text="We tried it."))
    client.post(DRAFTS, typed(tell, key="k2", text="Another story"))
    client.post(tell, WORDS | {"once": "k1"})
    assert Story.objects.count() == 1
    assert [draft.key for draft in Draft.objects.all()] == ["k2"]
    assert here(client, tell, "k1", "k2")["used"] == ["k1"]


def test_draft_stays_while_the_form_has_a_fault(client, tell):
    client.post(DRAFTS, typed(tell, text="Half"))
    client.post(tell, {"text": "Half a sentence", "once": "k1"})
    assert Draft.objects.exists()


def test_a_form_whose_answer_was_lost_is_stored_once(client, tell):
    for _ in range(2):
        answer = client.post(tell, WORDS | {"once": "k1"})
    assert Story.objects.count() == 1
    assert "already sent" in client.get(answer.url).text


def test_words_added_after_the_answer_was_lost_are_kept_and_never_dropped(client, tell):
    client.post(tell, WORDS | {"once": "k1"})
    more = "We tried it. And on Friday it worked."
    answer = client.post(tell, WORDS | {"once": "k1", "text": more})
    assert Story.objects.count() == 1
    assert answer.url == DRAFTS
    page = client.get(answer.url).text
    assert "is stored. What you wrote since then is kept here" in page
    assert more in page
    assert Draft.objects.get().key != "k1"


def test_words_typed_in_two_windows_and_sent_from_one_wait_no_more(client, tell):
    said = "We tried it on the ward."
    client.post(DRAFTS, typed(tell, key="k1", text=said))
    client.post(DRAFTS, typed(tell, key="k2", text=f"{said} And then?"))
    client.post(tell, WORDS | {"once": "k3", "text": said})
    assert [draft.key for draft in Draft.objects.all()] == ["k2"]


def test_draft_for_a_space_one_has_left_is_there_to_be_copied(space, ana, client, tell):
    client.post(DRAFTS, typed(tell, text="Half a sentence, and more"))
    assert f"{tell}?draft=k1" in client.get(DRAFTS).text
    ana.left_on = space.today
    ana.save()
    page = client.get(DRAFTS).text
    assert "Half a sentence, and more" in page
    assert tell not in page
    assert "The words are yours to copy." in page


def test_a_page_left_on_sending_leaves_no_draft_of_what_was_sent(client, tell):
    client.post(tell, WORDS | {"once": "k1"})
    client.post(DRAFTS, typed(tell, text="We tried it."))
    assert not Draft.objects.exists()


def test_draft_can_be_let_go_by_its_writer_alone(space, client, tell):
    client.post(DRAFTS, typed(tell, text="Half"))
    where = reverse("spaces:let_go_draft", args=[Draft.objects.get().pk])
    other = Client()
    other.force_login(make.member(space))
    assert other.post(where).status_code == 404
    assert client.post(where).url == DRAFTS
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "x" * 200_001},
        {"once": ""},
        {"once": "k" * 65},
        {"draft_action": "/nowhere/"},
        {"draft_address": "https://example.org/"},
        {"draft_address": "//example.org/"},
        {"draft_address": "javascript:alert(1)"},
    ],
)
def test_what_cannot_be_given_back_is_refused_and_not_called_kept(client, tell, wrong):
    assert client.post(DRAFTS, typed(tell, text="Half") | wrong).status_code == 400
    assert not Draft.objects.exists()


def test_draft_of_a_space_one_is_not_in_tells_nothing_of_it(client):
    for slug in (make.space().slug, "no-such-space"):
        where = reverse("valuecreation:tell_story", args=[slug])
        assert client.post(DRAFTS, typed(where, key=slug, text="Half")).status_code == 204
    assert [draft.space for draft in Draft.objects.all()] == [None, None]


@pytest.mark.parametrize("name", ["edit_space", "new_space", "invitations", "close_space"])
def test_any_form_keeps_what_is_typed(space, client, name):
    args = [] if name == "new_space" else [space.slug]
    where = reverse(f"spaces:{name}", args=args)
    assert client.post(DRAFTS, typed(where, purpose="Less pain for everybody.")).status_code == 204
    assert "Less pain for everybody." in client.get(DRAFTS).text


def test_words_sent_after_the_session_ended_are_kept(space, client, ana, tell):
    client.logout()
    answer = client.post(tell, {"text": "All my words.", "whose": str(ana.person.pk)})
    assert answer.status_code == 302
    client.force_login(ana.person)
    assert "All my words." in client.get(reverse("spaces:kept_words")).text


def test_page_of_drafts_costs_the_same_for_one_and_for_many(
    client, tell, django_assert_max_num_queries
):
    costs = []
    for number in range(4):
        client.post(DRAFTS, typed(tell, key=f"k{number}", text="Half a sentence"))
        with django_assert_max_num_queries(25) as counted:
            client.get(DRAFTS)
        costs.append(len(counted))
    assert costs[1] == costs[-1]
    assert Space.objects.count() == 1


def test_a_computer_said_to_be_shared_keeps_nothing(ana):
    ana.person.set_password("a long enough word")
    ana.person.save()
    ana.person.emailaddress_set.create(email=ana.person.email, verified=True, primary=True)
    said = {"login": ana.person.email, "password": "a long enough word"}
    for shared in ({}, {"shared_computer": "yes"}):
        browser = Client()
        browser.post(reverse("account_login"), said | shared)
        page = browser.get("/").text
        assert f'data-person="{ana.person.pk}"' in page
        assert ("data-shared" in page) == bool(shared)
