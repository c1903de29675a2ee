"""The space file in the browser: upload, preview, found; choose for whom, download."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluation.models import Import, WorkState
from learningspaces.lib import uploads
from spacefile import tasks
from spacefile.fetch import fetch_for
from spacefile.reading import read
from spacefile.store import store
from spacefile.writing import write_json, write_yaml
from spaces.models import Membership, Person, Space
from spaces.permissions import Role
from tests import make
from tests.spacefile.example import PATH, document, example
from valuecreation.models import StoryState

pytestmark = pytest.mark.django_db
UPLOAD = "/spaces/import/"


def sent(client, data, name="space.yaml", **more):
    file = SimpleUploadedFile(name, data)
    return client.post(UPLOAD, {"file": file, **more}, follow=True)


@pytest.fixture
def upload(signed_in, django_capture_on_commit_callbacks):
    """A function that sends a file as somebody, lets the worker work, and gives page and row."""
    client = signed_in(make.person("Nadia Okafor"))

    def send(data, name="space.yaml", **more):
        with django_capture_on_commit_callbacks(execute=True):
            sent(client, data, name, **more)
        imported = Import.objects.latest("pk")
        return client.get(reverse("spacefile:import_result", args=[imported.pk])), imported

    send.client = client
    return send


@pytest.fixture
def found(upload, django_capture_on_commit_callbacks):
    """A function that asks for the space of an import and lets the worker work."""

    def press(imported, **words):
        here = reverse("spacefile:import_result", args=[imported.pk])
        with django_capture_on_commit_callbacks(execute=True):
            page = upload.client.post(here, words)
        return upload.client.get(here) if page.status_code == 302 else page

    return press


def test_a_good_file_is_previewed_and_nothing_is_founded_yet(upload):
    page, imported = upload(PATH.read_bytes())

    assert (imported.state, imported.checked, imported.faults) == (WorkState.READY, True, [])
    assert not Space.objects.exists()
    for words in ("The Lower Leg Circle", "31 December 2025", "Grace Ellwood", "Denise Farrow"):
        assert words in page.text
    assert imported.preview["stories"] == 10


def test_who_brings_a_space_becomes_its_convener(upload, found):
    _page, imported = upload(PATH.read_bytes())
    page = found(imported)
    space = Space.objects.get()
    mine = Membership.objects.get(person__name="Nadia Okafor")

    assert "The space is set up" in page.text
    assert (mine.ref, mine.name) == ("P13", "Nadia Okafor")
    assert space.roles_of(mine.person) == {Role.CONVENER, Role.FACILITATOR, Role.PARTICIPANT}
    imported.refresh_from_db()
    assert (imported.space, bytes(imported.content)) == (space, b"")


def test_who_is_in_the_file_claims_their_name(upload, found):
    _page, imported = upload(PATH.read_bytes())
    found(imported, claims="P04")
    mine = Membership.objects.get(person__isnull=False)

    assert (mine.ref, mine.name) == ("P04", "Grace Ellwood")
    assert mine.holds(Role.CONVENER)
    assert Membership.objects.count() == 14


def test_nobody_beside_the_space_can_be_claimed(upload, found):
    _page, imported = upload(PATH.read_bytes())
    page = found(imported, claims="X1")

    assert "X1" in page.text
    assert not Space.objects.exists()


def test_all_faults_are_shown_at_once_and_nothing_is_stored(upload, found):
    data = example()
    data["stories"][0]["steps"][1]["agent"] = "P77"
    data["indicators"][0]["obs"]["2025-Q1"] = [30, 29]
    data["space"]["colour"] = "<script>alert(1)</script>"
    page, imported = upload(json.dumps(data, default=str).encode(), "space.json")

    assert len(imported.faults) == 3
    for words in ("There are 3 things to mend", "story S1, step 2", "indicator I1, 2025-Q1"):
        assert words in page.text
    assert "<script>alert" not in page.text
    found(imported)
    assert not Space.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"- a\n- b\n", b"PK\x03\x04zip", b"a: *b"])
def test_what_is_no_space_file_is_told_in_words(upload, data):
    page, imported = upload(data)

    assert imported.faults and imported.state == WorkState.READY
    assert "Nothing was stored" in page.text


def test_an_address_in_use_is_told_before_and_when_founding(upload, found):
    _page, first = upload(PATH.read_bytes())
    _page, second = upload(PATH.read_bytes())
    found(first)
    Space.objects.update(slug="lower-leg-circle")  # as an operator's command gives it
    page = found(second)

    assert "A space with this address exists already." in page.text
    assert Space.objects.count() == 1
    assert "exists already" in upload(PATH.read_bytes())[0].text


@pytest.mark.parametrize("taken", [True, False])
def test_an_address_in_use_by_a_space_one_cannot_see_is_not_told(upload, found, taken):
    hidden = make.space(slug="lower-leg-circle" if taken else "another")
    before, imported = upload(PATH.read_bytes())
    page = found(imported)

    assert "exists already" not in before.text + page.text
    imported.refresh_from_db()
    assert imported.space.slug.startswith("lower-leg-circle-")
    assert hidden.memberships.count() == 0


def test_sent_twice_is_stored_once(upload, found):
    upload(PATH.read_bytes(), once="a-key")
    _page, imported = upload(PATH.read_bytes(), once="a-key")
    found(imported)
    found(imported)
    tasks.run_import(imported.pk)
    Import.objects.filter(pk=imported.pk).update(state=WorkState.WAITING)
    tasks.run_import(imported.pk)

    assert (Import.objects.count(), Space.objects.count()) == (1, 1)
    assert Membership.objects.filter(person__isnull=False).count() == 1


def test_a_file_that_is_too_large_is_refused_while_it_streams(upload, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 100_000)

    page = sent(upload.client, b"x" * 200_000)

    assert "larger than 64 MB" in page.text
    assert not Import.objects.exists()


def test_no_file_at_all_is_told_in_words(upload):
    page = upload.client.post(UPLOAD, {})

    assert page.status_code == 200
    assert "This field is required" in page.text


def test_a_file_is_seen_by_nobody_but_who_sent_it(upload, client):
    _page, imported = upload(PATH.read_bytes())
    client.force_login(make.person())

    page = client.get(reverse("spacefile:import_result", args=[imported.pk]))

    assert page.status_code == 404
    assert "Files you have sent" not in client.get(UPLOAD).text


def test_a_page_that_waits_follows_by_itself_in_parts(upload):
    imported = Import.objects.create(asked_by=Person.objects.get(), content=b"")
    address = reverse("spacefile:import_result", args=[imported.pk])

    page = upload.client.get(address).text
    part = upload.client.get(address, headers={"HX-Request": "true"}).text

    assert 'hx-trigger="every 2s"' in part and "Look again" in part
    assert "<html" in page and "<html" not in part


# --- download ------------------------------------------------------------------------------


@pytest.fixture
def circle():
    return store(document())


def address(space):
    return reverse("spacefile:export_space", args=[space.slug])


@pytest.mark.parametrize(("format", "write"), [("yaml", write_yaml), ("json", write_json)])
@pytest.mark.parametrize("audience", ["space", "organisation"])
def test_the_file_is_what_the_audience_may_see(circle, signed_in, format, write, audience):
    client = signed_in(make.member(circle, Role.CONVENER))

    reply = client.get(address(circle), {"audience": audience, "format": format})

    data = reply.getvalue()
    assert data == write(fetch_for(circle, audience, circle.today))
    assert f"lower-leg-circle-{audience}" in reply["Content-Disposition"]
    assert read(data)[1] == []


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CONVENER, 200),
        (Role.FACILITATOR, 200),
        (Role.EVALUATOR, 200),
        (Role.PARTICIPANT, 403),
        (Role.SPONSOR, 403),
    ],
)
def test_conveners_facilitators_and_evaluators_download(circle, signed_in, role, status):
    client = signed_in(make.member(circle, role))

    assert client.get(address(circle)).status_code == status
    asked = {"audience": "space", "format": "json"}
    assert client.get(address(circle), asked).status_code == status


def test_the_page_names_what_stays_behind_in_as_many_queries(
    circle, signed_in, django_assert_max_num_queries
):
    make.story(in_space=circle, state=StoryState.DRAFT)
    client = signed_in(make.member(circle, Role.CONVENER))

    with django_assert_max_num_queries(20):
        page = client.get(address(circle)).text

    assert "accounts of people, with their e-mail addresses: 2" in page
    assert "stories still being written: 1" in page


def test_stories_that_were_kept_to_their_tellers_are_in_no_download(circle, signed_in):
    kept = make.story(in_space=circle, title="Nobody else reads this")
    client = signed_in(make.member(circle, Role.CONVENER))

    found, _faults = read(
        client.get(address(circle), {"audience": "space", "format": "yaml"}).getvalue()
    )

    assert kept.ref not in {story.id for story in found.stories}
    assert len(found.stories) == 10


def test_a_wrong_choice_comes_back_to_the_page(circle, signed_in):
    client = signed_in(make.member(circle, Role.CONVENER))

    page = client.get(address(circle), {"audience": "press", "format": "yaml"})

    assert "press" in page.text and page["Content-Type"].startswith("text/html")


def test_a_downloaded_space_can_be_brought_again(circle, upload, found):
    data = write_json(fetch_for(circle, "space", circle.today))
    other, _faults = read(data)
    moved = replace(other, space=replace(other.space, slug="moved"))

    _page, imported = upload(write_json(moved), "space.json")
    found(imported)

    assert Space.objects.get(slug__startswith="moved-").stories.count() == 10
