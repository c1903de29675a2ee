"""What is sent is too much: the answer says where, how much may be sent and what to do."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spaces.permissions import Role
from tests import make

TOO_LONG = "x" * (10 * 1024 * 1024 + 1)


@pytest.fixture
def leader(space):
    return make.member(space, Role.CONVENER)


def test_form_with_too_many_fields_is_told_so(space, leader, signed_in):
    words = {f"field-{number}": "x" for number in range(1001)}
    answer = signed_in(leader).post(reverse("spaces:edit_space", args=[space.slug]), words)
    assert answer.status_code == 400
    assert "more than 1,000 fields" in answer.text


def test_form_with_too_long_a_text_is_told_so(space, leader, signed_in):
    answer = signed_in(leader).post(
        reverse("spaces:edit_space", args=[space.slug]), {"purpose": TOO_LONG}
    )
    assert answer.status_code == 400
    assert "larger than 10 MB" in answer.text


def test_form_with_too_many_files_is_told_so(space, leader, signed_in):
    files = {f"file-{number}": SimpleUploadedFile("a.csv", b"a") for number in range(101)}
    answer = signed_in(leader).post(reverse("spaces:invitations", args=[space.slug]), files)
    assert answer.status_code == 400
    assert "more than 100 files" in answer.text


def test_call_with_too_much_is_told_so_in_its_own_words(space, leader, signed_in):
    answer = signed_in(leader).post(
        reverse("api:stories", args=[space.slug]),
        json.dumps({"title": TOO_LONG}),
        "application/json",
    )
    assert answer.status_code == 413
    assert "10 MB" in answer.json()["detail"]
