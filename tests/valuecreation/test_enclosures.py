import io
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from spaces import uploads
from spaces.models import Upload, UploadState
from spaces.permissions import Role
from tests import brought, make
from valuecreation import actions
from valuecreation.consent import Attribution, Use
from valuecreation.models import Enclosure

PICTURE = brought.picture("JPEG", place=True)


@pytest.fixture
def me(space):
    return make.membership(space, make.person("Fatima Benali"), Role.PARTICIPANT)


@pytest.fixture
def peer(space):
    return make.member(space, name="Grace Osei")


@pytest.fixture
def told(space, me):
    return make.story(in_space=space, teller=me, shared=True)


def put_in(told, content=PICTURE, **words) -> Enclosure:
    moment = told.steps.get().moment
    row = actions.enclose(told, moment, by=told.teller, file=brought.file(content), **words)
    uploads.make_ready(row.upload_id)
    row.upload.refresh_from_db()
    return row


def share(told, *uses, attribution=Attribution.NAMED, seen=None):
    seen = list(told.enclosures.values_list("public_id", flat=True)) if seen is None else seen
    words = {"attribution": attribution, "uses": [Use.LEARNING, *uses], "files_seen": seen}
    return actions.give_consent(told, by=told.teller, audience=["space"], **words)


def address(row) -> str:
    names = [row.story.space.slug, row.story.public_id, row.public_id]
    return reverse("valuecreation:enclosure_file", args=names)


def page(told, moment=None) -> str:
    moment = moment or told.steps.get().moment
    names = [told.space.slug, told.public_id, moment.public_id]
    return reverse("valuecreation:enclosures", args=names)


def story_page(told) -> str:
    return reverse("valuecreation:story", args=[told.space.slug, told.public_id])


def test_photograph_is_put_in_and_shown_to_its_teller_without_its_place(told, me, signed_in):
    client = signed_in(me.person)
    sent = {"file": brought.file(PICTURE), "description": "A foot on a stool."}
    assert client.post(page(told), sent).status_code == HTTPStatus.FOUND
    row = told.enclosures.get()
    uploads.make_ready(row.upload_id)
    assert address(row) in client.get(story_page(told)).text
    answer = client.get(address(row))
    content = b"".join(answer.streaming_content)
    assert not Image.open(io.BytesIO(content)).getexif()
    assert int(answer["Content-Length"]) == len(content)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_others_see_it_only_after_the_teller_ticked_it(told, peer, signed_in):
    row = put_in(told, description="A foot on a stool.")
    client = signed_in(peer)
    assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
    assert "A foot on a stool." not in client.get(story_page(told)).text
    share(told)
    assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
    share(told, Use.IMAGE)
    assert client.get(address(row)).status_code == HTTPStatus.OK
    assert "A foot on a stool." in client.get(story_page(told)).text


def test_what_is_put_in_later_stays_with_the_teller(told, peer, signed_in):
    early = put_in(told)
    share(told, Use.IMAGE)
    late = put_in(told)
    client = signed_in(peer)
    assert client.get(address(early)).status_code == HTTPStatus.OK
    assert client.get(address(late)).status_code == HTTPStatus.NOT_FOUND
    share(told, Use.IMAGE, seen=[early.public_id])
    assert client.get(address(late)).status_code == HTTPStatus.NOT_FOUND
    share(told, Use.IMAGE)
    assert client.get(address(late)).status_code == HTTPStatus.OK


def test_narrowing_and_withdrawing_take_it_from_everybody_at_once(told, me, peer, signed_in):
    row = put_in(told)
    share(told, Use.IMAGE)
    share(told)
    client = signed_in(peer)
    assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
    share(told, Use.IMAGE)
    actions.withdraw_story(told, by=me)
    assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
    assert signed_in(me.person).get(address(row)).status_code == HTTPStatus.OK


@pytest.mark.parametrize("attribution", [Attribution.PSEUDONYM, Attribution.ANONYMOUS])
def test_no_face_and_no_voice_goes_along_with_a_nameless_teller(attribution, told, peer, signed_in):
    row = put_in(told, brought.recording())
    share(told, Use.AUDIO, attribution=attribution)
    client = signed_in(peer)
    assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
    assert row.public_id not in client.get(story_page(told)).text


def test_correcting_the_words_keeps_what_went_along(told, me, peer, signed_in):
    row = put_in(told)
    share(told, Use.IMAGE)
    moment = told.steps.get().moment
    fields = {"text": "We drew it, twice."}
    actions.change_moment(moment, by=me, seen=moment.revision, fields=fields, keep_sharing=True)
    assert signed_in(peer).get(address(row)).status_code == HTTPStatus.OK


def test_changed_description_is_with_the_teller_first(told, me, peer, signed_in):
    row = put_in(told, description="A foot.")
    share(told, Use.IMAGE)
    row.refresh_from_db()
    words = {"description": "A foot, in Larch Close.", "transcript": ""}
    actions.describe_enclosure(row, by=me, **words)
    assert signed_in(peer).get(address(row)).status_code == HTTPStatus.NOT_FOUND


def test_erasing_leaves_no_file(told, me, django_capture_on_commit_callbacks):
    row = put_in(told)
    share(told, Use.IMAGE)
    storage, place = row.upload.file.storage, row.upload.file.name
    assert storage.exists(place)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_story(told, by=me)
    assert not Upload.objects.exists()
    assert not storage.exists(place)


@pytest.mark.django_db(transaction=True)
def test_file_goes_when_it_is_removed_and_not_before_that_holds(space):
    told = make.story(in_space=space)
    row = put_in(told)
    storage, place = row.upload.file.storage, row.upload.file.name
    actions.remove_enclosure(row, by=told.teller)
    assert not storage.exists(place)


def test_making_ready_twice_draws_once(told):
    row = put_in(told)
    place = row.upload.file.name
    uploads.make_ready(row.upload_id)
    row.upload.refresh_from_db()
    assert row.upload.file.name == place


def test_picture_that_cannot_be_read_says_so_and_is_handed_to_nobody(told, me, signed_in):
    row = put_in(told, brought.picture("JPEG")[:300])
    assert row.upload.state == UploadState.REFUSED
    client = signed_in(me.person)
    assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
    assert "could not be read" in client.get(page(told)).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><script>alert(1)</script>", "neither a picture"),
        (b"", "empty"),
        (recorded := b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\xa9xyz+51.5-002.1/", "says where"),
    ],
)
def test_refused_file_is_named_with_the_mend_and_the_words_stay(content, said, told, me, signed_in):
    sent = {"file": brought.file(content, "a.jpg"), "description": "Heard on the ward."}
    answer = signed_in(me.person).post(page(told), sent)
    assert answer.status_code == HTTPStatus.OK
    assert said in answer.text
    assert "Heard on the ward." in answer.text
    assert not Upload.objects.exists()


def test_player_asks_for_a_part(told, me, signed_in):
    row = put_in(told, brought.recording())
    client = signed_in(me.person)
    whole = b"".join(client.get(address(row)).streaming_content)
    part = client.get(address(row), headers={"Range": "bytes=10-19"})
    assert part.status_code == HTTPStatus.PARTIAL_CONTENT
    assert part.content == whole[10:20]
    assert part["Content-Range"] == f"bytes 10-19/{len(whole)}"
    last = client.get(address(row), headers={"Range": "bytes=-5"})
    assert last.content == whole[-5:]
    beyond = client.get(address(row), headers={"Range": f"bytes={len(whole)}-"})
    assert beyond.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE


def test_document_is_downloaded_never_opened_in_the_page(told, me, signed_in):
    row = put_in(told, b"%PDF-1.7\n%%EOF")
    answer = signed_in(me.person).get(address(row))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Larch" not in answer["Content-Disposition"]


def test_consent_page_asks_about_pictures_only_where_there_are_some(told, me, signed_in):
    client = signed_in(me.person)
    consent = reverse("valuecreation:consent", args=[told.space.slug, told.public_id])
    assert 'value="image"' not in client.get(consent).text
    row = put_in(told)
    offered = client.get(consent).text
    assert 'value="image"' in offered
    sent = {"audience": ["space"], "attribution": "named", "uses": ["image"]}
    sent["files"] = row.public_id
    assert client.post(consent, sent).status_code == HTTPStatus.FOUND
    row.refresh_from_db()
    told.refresh_from_db()
    assert row.agreed_under_id == told.consent_id


def test_files_without_a_row_are_removed_after_a_while(told, monkeypatch):
    row = put_in(told)
    storage, place = row.upload.file.storage, row.upload.file.name
    Upload.objects.all().delete()
    assert uploads.forget_lost_files() == 0  # its row may be on the way
    later = timezone.now() + 2 * uploads.LEFT_BEHIND
    monkeypatch.setattr(uploads.timezone, "now", lambda: later)
    assert uploads.forget_lost_files() >= 1
    assert not storage.exists(place)
