"""The page on which people are invited: what it shows is what it sends."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spaces.models import Invitation, Person
from spaces.permissions import Role
from tests import make
from tests.test_bad_input import Forms

FORM = (
    "Timestamp,Email Address,Gender,Full name,Health condition\n"
    '1/26/2026 8:47:53,ana@example.org,woman,Ana Alves,"diabetes,\nsince May"\n'
)


@pytest.fixture
def leader(space):
    return make.member(space, Role.CONVENER)


@pytest.fixture
def post(space, leader, signed_in):
    """A function that sends the page's form and gives back the answer."""
    client, address = signed_in(leader), reverse("spaces:invitations", args=[space.slug])
    return lambda **words: client.post(
        address, {"role": "participant", "message": "", "once": "k"} | words
    )


def file(content, name="people.csv"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def fields(page) -> dict:
    """What the page's form sends as it stands."""
    parser = Forms()
    parser.feed(page.text)
    [form] = [form["fields"] for form in parser.forms if "addresses" in form["fields"]]
    [listed] = re.findall(r'<textarea name="addresses"[^>]*>\s?([^<]*)</textarea>', page.text)
    mend = re.findall(r'name="mend" value="([^"]*)"', page.text)
    plain = listed.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return {"seen": form["seen"], "addresses": plain, "mend": mend}


def invited():
    return sorted(Invitation.objects.values_list("email", "name"))


def test_preview_sends_nothing(post):
    page = post(addresses="bo@example.org\nnot an address")
    assert "invited as bo@example.org" in page.text
    assert "is not an e-mail address" in page.text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "content",
    ["name,e-mail\r\nP0,p0@example.org\r\n", "\ufeffName;E-Mail\r\nP0;p0@example.org\r\n"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_exactly_those_of_the_preview_are_invited_the_file_s_among_them(post, content, encoding):
    page = post(addresses="more@example.org", file=file(content.encode(encoding)))
    assert "2 people will be invited" in page.text
    answer = post(send="yes", **fields(page))
    assert answer.status_code == 302
    assert invited() == [("more@example.org", ""), ("p0@example.org", "P0")]


def test_a_list_changed_after_the_preview_is_shown_before_it_is_sent(post):
    kept = fields(post(addresses="bo@example.org"))
    page = post(send="yes", **kept | {"addresses": "bo@example.org\ncem@example.org"})
    assert not Invitation.objects.exists()
    assert "cem@example.org" in fields(page)["addresses"]  # what was changed stays
    post(send="yes", **fields(page))
    assert invited() == [("bo@example.org", ""), ("cem@example.org", "")]


def test_rows_that_cannot_be_read_stay_to_be_mended(post):
    kept = fields(post(addresses="bo@example.org\nCem <cem at example.org>"))
    assert kept["mend"] == ["Cem &lt;cem at example.org&gt;"]
    page = post(send="yes", **kept | {"mend": ["Cem <cem at example.org>"]})
    assert page.status_code == 200
    assert invited() == [("bo@example.org", "")]
    left = fields(page)
    assert (left["addresses"].strip(), len(left["mend"])) == ("", 1)
    page = post(**left | {"mend": ["Cem <cem@example.org>"]})
    assert post(send="yes", **fields(page)).status_code == 302
    assert ("cem@example.org", "Cem") in invited()


def test_more_than_one_mail_round_takes_stay_in_the_list(post):
    many = "\n".join(f"p{number}@example.org" for number in range(502))
    kept = fields(post(addresses=many))
    page = post(send="yes", **kept)
    assert Invitation.objects.count() == 500
    assert fields(page)["addresses"].split() == ["p500@example.org", "p501@example.org"]


def test_sent_twice_nobody_is_invited_twice(post):
    kept = fields(post(addresses="bo@example.org\nnonsense"))
    kept["mend"] = ["nonsense"]
    post(send="yes", **kept)
    post(send="yes", **kept)
    assert invited() == [("bo@example.org", "")]


def test_of_a_form_s_answers_nothing_but_names_and_addresses_is_shown_or_kept(post, space):
    page = post(file=file(FORM))
    assert "These columns are kept nowhere: Timestamp, Gender and Health condition" in page.text
    assert "diabetes" not in page.text
    post(send="yes", **fields(page))
    assert invited() == [("ana@example.org", "Ana Alves")]


def test_a_file_that_is_no_text_is_refused_in_words(post):
    assert "not UTF-8 text" in post(file=file("Zo\xeb;zoe@example.org".encode("latin-1"))).text
    assert not Invitation.objects.exists()
    assert Person.objects.count() == 1
