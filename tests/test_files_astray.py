"""A file of another kind is told from its first bytes, wherever one can be chosen, in words."""

import io
import json
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluation.models import Import
from evaluation.reports import csvzip, json_, pdf, xlsx
from learningspaces.lib.file_kinds import astray, astray_among_lists, is_space_file
from spacefile.writing import write_json, write_yaml
from spaces.models import Invitation
from spaces.permissions import Role
from tests import make
from tests.evaluation.reports import samples
from tests.spacefile.example import PATH, document


def zipped(*names):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


def workbook():
    kept = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["ana@example.org"])
    book.save(kept)
    return kept.getvalue()


def open_document(kind):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return kept.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
FILES = {
    "xlsx": (workbook(), "This is a workbook"),
    "our xlsx": (xlsx.render(samples.small()), "This is a workbook"),
    "xls": (OLD + "Workbook".encode("utf-16-le") + bytes(90), "This is a workbook"),
    "ods": (open_document("spreadsheet"), "This is a workbook"),
    "odt": (open_document("text"), "This is a document"),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), "This is a document"),
    "doc": (OLD + "WordDocument".encode("utf-16-le"), "This is a document"),
    "zip": (zipped("a.csv", "b.csv"), "This is an archive"),
    "gz": (b"\x1f\x8b\x08\x00abc", "This is an archive"),
    "our zip": (csvzip.render(samples.small()), "This is a release"),
    "our json": (json_.render(samples.small()), "This is a release"),
    "answer": (b'{"count": 1, "next": null, "results": []}', "This is an answer"),
    "xml": (b'<?xml version="1.0"?>\n<people/>', "This is XML"),
    "xml with a mark": (b"\xef\xbb\xbf<people>\n</people>", "This is XML"),
    "xml in utf-16": ('<?xml version="1.0"?><a/>'.encode("utf-16"), "This is XML"),
    "html": (b"<!DOCTYPE html><html></html>", "This is a web page"),
    "ics": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "This is a calendar"),
    "vcf": (b"BEGIN:VCARD\r\nEMAIL:ana@example.org\r\n", "This is a card"),
    "pdf": (pdf.render(samples.small()), "This is a PDF"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "This is a picture"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "This is a picture"),
    "gif": (b"GIF89a\x01\x00", "This is a picture"),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "This is a picture"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "This is a picture"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "This is a picture"),
}  # fmt: skip
SPACES = {
    "yaml": PATH.read_bytes(),
    "written": write_yaml(document()),
    "json": write_json(document()),
}
LISTS = [
    b"ana@example.org\n",
    b"name;e-mail\nAna;ana@example.org\n",
    b"<ana@example.org>, Ben <b@x.org>",
    b"",
]


@pytest.fixture
def choose(space, signed_in):
    """A function that chooses a file under Invite and gives what stands beside it."""
    client = signed_in(make.member(space, Role.FACILITATOR))

    def chosen(content):
        words = {"role": Role.PARTICIPANT, "file": SimpleUploadedFile("people.csv", content)}
        page = client.post(reverse("spaces:invitations", args=[space.slug]), words)
        assert page.status_code == 200
        return " ".join(page.context["form"].errors.get("file", []))

    return chosen


@pytest.mark.parametrize("kind", FILES)
def test_file_of_another_kind_is_told_where_people_are_invited(choose, kind):
    content, said = FILES[kind]
    assert choose(content).startswith(said)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("kind", SPACES)
def test_space_file_is_sent_where_spaces_begin(choose, kind):
    assert "choose it under Start a space" in choose(SPACES[kind])
    assert astray(SPACES[kind]) is None


def test_any_other_json_is_no_list_of_addresses(choose):
    assert choose(b'[{"email": "ana@example.org"}]').startswith("This is JSON")


@pytest.mark.parametrize("content", LISTS)
def test_list_is_taken_for_nothing_else(content):
    assert astray_among_lists(content) is None
    assert not is_space_file(content)


@pytest.mark.parametrize("kind", FILES)
def test_file_of_another_kind_is_told_where_a_space_is_brought(
    db, signed_in, django_capture_on_commit_callbacks, kind
):
    content, said = FILES[kind]
    client = signed_in(make.person())
    sent = {"file": SimpleUploadedFile("space.yaml", content)}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("spacefile:import_space"), sent)
    assert said in " ".join(Import.objects.get().faults)


def test_large_workbook_is_told_as_one(choose):
    assert choose(workbook() + bytes(2_000_000)).startswith("This is a workbook")


def test_json_of_a_space_with_a_fault_is_still_read_as_one():
    broken = json.dumps({"as_of": "2025-12-31", "space": {"slug": "x"}}).encode()
    assert astray(broken) is None
    assert is_space_file(broken)
