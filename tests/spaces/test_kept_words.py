import pytest
from django.http import Http404
from django.urls import reverse

from spaces.models import Space
from spaces.views.demo import demo
from tests import make
from tests.spaces.test_spaces import WORDS


def test_words_sent_after_the_session_ended_are_offered_again(client, db):
    ana = make.person("Ana")
    answer = client.post(reverse("spaces:new_space"), WORDS | {"whose": ana.pk})
    assert reverse("account_login") in answer["Location"]
    assert not Space.objects.exists()
    client.force_login(ana)
    page = client.get(reverse("spaces:kept_words"))
    assert "Fewer people wait for a room." in page.text


def test_kept_words_are_not_shown_to_somebody_else(client, db):
    ana = make.person("Ana")
    client.post(reverse("spaces:new_space"), WORDS | {"whose": ana.pk})
    client.force_login(make.person("Bo"))
    assert client.get(reverse("spaces:kept_words")).status_code == 302


def test_words_wait_for_their_writer_while_others_sign_in_and_out(client, db):
    ana, bo = make.person("Ana"), make.person("Bo")
    client.post(reverse("spaces:new_space"), WORDS | {"whose": ana.pk})
    client.force_login(bo)
    client.get("/")
    client.post(reverse("account_logout"))
    client.post(reverse("spaces:new_space"), WORDS | {"whose": bo.pk, "purpose": "More rooms."})
    client.force_login(ana)
    page = client.get(reverse("spaces:kept_words")).text
    assert "Fewer people wait for a room." in page
    assert "More rooms." not in page
    assert reverse("spaces:kept_words") in client.get(reverse("spaces:kept_drafts")).text


def test_two_forms_wait_and_each_goes_when_it_is_sent(client, db):
    ana = make.person("Ana")
    for number, name in enumerate(("The first circle", "The second circle")):
        words = WORDS | {"whose": ana.pk, "name": name, "once": f"k{number}"}
        client.post(reverse("spaces:new_space"), words)
    client.force_login(ana)
    page = client.get(reverse("spaces:kept_words")).text
    assert "The first circle" in page
    assert "The second circle" in page
    client.post(reverse("spaces:new_space"), words)
    page = client.get(reverse("spaces:kept_words")).text
    assert "The first circle" in page
    assert "The second circle" not in page


def test_demo_sign_in_does_not_exist_without_demo_mode(client, db, settings):
    assert settings.DEMO is False
    assert client.get("/demo/").status_code == 404


def test_demo_signs_in_nobody_but_its_people(rf, db, settings):
    settings.DEMO = True
    for wrong in ("", "abc", "9" * 40, "\0"):
        with pytest.raises(Http404):
            demo(rf.post("/demo/", {"member": wrong}))


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/spaces/x/stories/y/?a=1", "%3Fa%3D1"),
        ("https://elsewhere.example/", "next=/"),
        ("", "next=/"),
    ],
)
def test_button_pressed_after_the_session_ended_leads_back_to_its_page(
    client, db, came_from, leads_to
):
    """The address of a form often answers to nothing but its button."""
    answer = client.post("/spaces/x/stories/y/retire/", headers={"Referer": came_from})
    assert answer.status_code == 302
    assert "retire" not in answer["Location"]
    assert leads_to in answer["Location"]
