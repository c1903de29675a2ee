"""Everything of one person's as a file to keep."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation import tasks
from evaluation.actions import ask_for_copy
from evaluation.models import PersonalCopy
from spaces import actions
from spaces.models import Draft
from spaces.permissions import Role
from tests import make
from valuecreation import actions as telling
from valuecreation.models import FollowUp, Story

OF_OTHERS = "Words that somebody else wrote"


@pytest.fixture
def grace(space):
    return make.membership(
        space, make.person("Grace Ellwood"), Role.PARTICIPANT, cares="fewer nights of waiting"
    )


def unpacked(person):
    """The pages and the data of a copy that was asked for and made."""
    copy = ask_for_copy(by=person)
    tasks.build_personal_copy(copy.pk)
    copy.refresh_from_db()
    archive = zipfile.ZipFile(io.BytesIO(bytes(copy.content)))
    data, pages = {}, {}
    for name in archive.namelist():
        text = archive.read(name).decode()
        kind, _, ending = name.partition(".")
        (data if ending == "json" else pages)[kind] = text
    return {kind: json.loads(text) for kind, text in data.items()}, pages, data


@pytest.fixture
def life(space, grace):
    """Something of every kind, of hers and of somebody else's beside it."""
    other = make.membership(space, make.person("Tomasz"), Role.FACILITATOR, cares=OF_OTHERS)
    told = make.story(in_space=space, teller=grace, title="The long night")
    telling.give_consent(told, by=grace, audience=["space"], note="only for us")
    told = Story.objects.get(pk=told.pk)
    telling.change_story(told, by=grace, seen=told.revision, fields={"title": "The longest night"})
    make.story(in_space=space, teller=other, shared=True, title=OF_OTHERS)
    make.moment(space, agent=grace, recorded_by=grace, text="A note of hers")
    make.moment(space, agent=other, recorded_by=other, text=OF_OTHERS)
    theirs = {"asked_by": other, "asked_of": grace, "asked_on": space.today}
    moment = told.steps.get().moment
    FollowUp.objects.create(
        moment=moment, question=OF_OTHERS, answer="It went on", outcome="happened",
        answered_on=space.today, **theirs,
    )  # fmt: skip
    FollowUp.objects.create(
        moment=moment, question="And with you?", answer=OF_OTHERS, outcome="happened",
        answered_on=space.today, asked_by=grace, asked_of=other, asked_on=space.today,
    )  # fmt: skip
    Draft.objects.create(person=grace.person, space=space, key="tell", data={"text": ["Half a"]})
    left = make.membership(make.space(name="Night shift"), grace.person, Role.PARTICIPANT)
    make.story(in_space=left.space, teller=left, title="Told before leaving")
    actions.leave_space(left, by=grace.person)
    return grace.person


HERS = {
    "account": ["Grace Ellwood"],
    "memberships": ["fewer nights of waiting", "Night shift", "participant"],
    "stories": ["The longest night", "The long night", "Told before leaving", "only for us"],
    "notes": ["A note of hers"],
    "follow_ups": ["It went on", "And with you?"],
    "drafts": ["Half a"],
}


@pytest.mark.parametrize("kind", HERS)
def test_a_copy_holds_everything_of_ones_own_as_page_and_as_data(life, kind):
    _data, pages, texts = unpacked(life)
    for words in HERS[kind]:
        assert words in pages[kind]
        assert words in texts[kind]
    assert f"{kind}.html" in pages["index"]


def test_a_copy_holds_nothing_that_others_said(life):
    _data, pages, texts = unpacked(life)
    assert [kind for kind, text in (pages | texts).items() if OF_OTHERS in text] == []


def test_every_wording_and_every_consent_is_in_it(life):
    data, _pages, _texts = unpacked(life)
    (story,) = [row for row in data["stories"] if row["title"] == "The longest night"]
    assert [wording["title"] for wording in story["wordings"]] == [
        "The long night", "The longest night",
    ]  # fmt: skip
    assert {act["audience"] for act in story["consents"]} == {"people in this space"}
    assert len(story["consents"]) == 2


def test_a_copy_is_asked_for_on_the_page_and_downloaded_there(
    grace, signed_in, django_capture_on_commit_callbacks
):
    client = signed_in(grace.person)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("my_data"))
    copy = PersonalCopy.objects.get()
    where = reverse("download_copy", args=[copy.pk])
    assert where in client.get(reverse("my_data")).text
    answer = client.get(where)
    assert answer["Content-Type"] == "application/zip"
    assert "stories.html" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_a_copy_is_for_its_person_alone_and_for_a_week(space, grace, signed_in):
    copy = ask_for_copy(by=grace.person)
    tasks.build_personal_copy(copy.pk)
    where = reverse("download_copy", args=[copy.pk])
    assert signed_in(make.member(space, Role.CONVENER)).get(where).status_code == 404
    client = signed_in(grace.person)
    assert client.get(where).status_code == 200
    PersonalCopy.objects.update(asked_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    assert client.get(where).status_code == 404
    tasks.forget_old_copies()
    assert not PersonalCopy.objects.exists()


def test_asked_twice_or_delivered_twice_it_is_made_once(grace):
    first, second = ask_for_copy(by=grace.person), ask_for_copy(by=grace.person)
    assert first == second
    tasks.build_personal_copy(first.pk)
    first.refresh_from_db()
    content = bytes(first.content)
    tasks.build_personal_copy(first.pk)
    first.refresh_from_db()
    assert bytes(first.content) == content
