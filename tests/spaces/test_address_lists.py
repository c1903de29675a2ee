"""Lists of people as mail programs, spreadsheets and forms write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spaces.address_lists import read_list
from spaces.addresses import Fate, one_spelling, read_addresses

ANA_AND_BEN = [("ana@example.org", "Ana Alves"), ("ben@example.org", "Ben Okri")]
AS_WRITTEN = {
    "cells of a spreadsheet": "Ana Alves\tana@example.org\nBen Okri\tben@example.org\n",
    "a mail program's line": "Alves, Ana <ana@example.org>; Okri, Ben <ben@example.org>",
    "the same with commas": "Alves, Ana <ana@example.org>, Okri, Ben <ben@example.org>",
    "names in quotes": '"Alves, Ana" <ana@example.org>, "Ben Okri" <ben@example.org>',
    "names as one says them": "Ana Alves <ana@example.org>, Ben Okri <ben@example.org>",
    "semicolons and a heading": "\ufeffName;E-Mail\r\n"
    "Ana Alves;ana@example.org\r\nBen Okri;ben@example.org\r\n",
    "a line for the spreadsheet": "sep=;\nName;E-Mail\n"
    "Ana Alves;ana@example.org\nBen Okri;ben@example.org",
    "lines above the heading": "Our group\n\nE-mail,Name\n"
    "ana@example.org,Ana Alves\nben@example.org,Ben Okri",
    "columns in any order": "name,e-mail\nana@example.org,Ana Alves\nBen Okri,ben@example.org",
    "marks of a list": "1. Ana Alves <ana@example.org>\n• Ben Okri <ben@example.org>",
    "addresses without brackets": "Ana Alves ana@example.org\nben@example.org (Ben Okri)",
    "an organisation beside the name": "Alves, Ana (North) <ana@example.org>; "
    "Okri, Ben <ben@example.org>",
    "a head of a mail": "To: Ana Alves <ana@example.org>; Ben Okri <ben@example.org>",
    "links": "Ana Alves <mailto:ana@example.org>\nBen Okri <mailto:ben@example.org>",
    "signs of other scripts": "Ana Alves <ana＠example.org>；Ben Okri <ben@example.org>",
    "an address book": "First Name,Last Name,Company,E-mail Address\n"
    "Ana,Alves,A,ana@example.org\nBen,Okri,B,ben@example.org",
    "capitals": "E-MAIL;NAME\nANA@EXAMPLE.ORG;Ana Alves\nben@example.org;Ben Okri",
}  # fmt: skip
HEADINGS = [
    ("E-mail", "Name"),
    ("Email Address", "Full name"),
    ("E-Mail-Adresse", "Vollständiger Name"),
    ("Correo electrónico", "Nombre y apellidos"),
    ("Dirección de correo electrónico", "Nombre completo"),
    ("Adresse e-mail", "Nom complet"),
    ("Courriel", "Nom et prénom"),
    ("Endereço de e-mail", "Nome completo"),
    ("البريد الإلكتروني", "الاسم الكامل"),
    ("Wie lautet Deine E-Mail-Adresse?", "Wie heißt Du?"),
    ("¿Cuál es tu correo electrónico?", "¿Cómo te llamas?"),
]
TWO_HALVES = [
    ("E-Mail", "Vorname", "Nachname"),
    ("E-Mail", "Vorname", "Name"),
    ("E-mail", "First name", "Surname"),
    ("Correo", "Nombre", "Apellidos"),
    ("Adresse e-mail", "Prénom", "Nom"),
    ("E-mail", "Nome", "Sobrenome"),
    ("البريد الإلكتروني", "الاسم الأول", "اسم العائلة"),
]
FORM = (
    "Timestamp,Email Address,Gender,Full name,Health condition,What changed?\n"
    '1/26/2026 8:47:53,ana@example.org,woman,Ana Alves,diabetes,"I tried it\nand came back, well"\n'
    "1/26/2026 9:09:05,ben@example.org,man,Ben Okri,none,Nothing yet\n"
)


def people(text):
    rows = read_addresses(text, taken=[], invited=[])
    return [(row.address.email, row.address.name) for row in rows if row.address]


@pytest.mark.parametrize("text", AS_WRITTEN.values(), ids=AS_WRITTEN)
def test_people_are_found_however_the_list_is_written(text):
    assert people(text) == ANA_AND_BEN


@pytest.mark.parametrize("headings", HEADINGS, ids=[pair[0] for pair in HEADINGS])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_are_known_in_every_language_of_the_site(headings, delimiter):
    rows = [headings, *ANA_AND_BEN]
    assert people("\n".join(delimiter.join(row) for row in rows)) == ANA_AND_BEN


@pytest.mark.parametrize("headings", TWO_HALVES, ids=[halves[1] for halves in TWO_HALVES])
def test_two_halves_of_a_name_are_put_together(headings):
    text = ";".join(headings) + "\nana@example.org;Ana;Alves\nben@example.org;Ben;Okri"
    assert people(text) == ANA_AND_BEN


def test_invisible_characters_and_spellings_of_a_domain_make_no_second_person():
    text = "ana@exam\u200dple.org\u200b\nana@example.org\n"
    text += "ana@bücher.example\nana@xn--bcher-kva.example"
    fates = [row.fate for row in read_addresses(text, taken=[], invited=[])]
    assert fates == [Fate.INVITED, Fate.LEFT_OUT, Fate.INVITED, Fate.LEFT_OUT]


def test_who_takes_part_or_is_invited_is_known_in_any_spelling():
    text = "here@bücher.example, ASKED@xn--bcher-kva.example"
    rows = read_addresses(
        text, taken=["Here@xn--bcher-kva.example"], invited=["asked@bücher.example"]
    )
    assert [row.problem.split(" ")[0] for row in rows] == ["takes", "is"]


def test_a_letter_that_only_looks_double_is_another_domain():
    assert one_spelling("ana@faß.example") != one_spelling("ana@fass.example")


def test_a_form_s_answers_are_read_by_their_headings_and_nothing_else_is_taken():
    read = read_list(FORM)
    assert people(FORM) == ANA_AND_BEN
    assert read.left_out == ["Timestamp", "Gender", "Health condition", "What changed?"]
    assert "diabetes" not in str(read.entries)


def test_a_form_whose_headings_nobody_knows_gives_addresses_alone():
    read = read_list(FORM.replace("Email Address", "Where can we reach you?"))
    assert [(entry.email, entry.name) for entry in read.entries] == ANA_AND_BEN
    row = read_list("diabetes;ana@example.org;Ana Alves").entries
    assert "diabetes" not in str(row)


def test_every_pasted_row_has_its_fate():
    rows = read_addresses(
        "ANA@example.org\nAna Alves <ana@example.org>; bo@example.org\nnonsense\n"
        "here@example.org, asked@example.org\nCem;cem at example.org",
        taken=["Here@example.org"],
        invited=["asked@example.org"],
    )
    fates = [(row.address.email if row.address else row.problem.split(" ")[0]) for row in rows]
    assert fates == ["ana@example.org", "stands", "bo@example.org", "is", "takes", "is", "is", "is"]
    assert rows[0].address.name == "Ana Alves"  # the second row knew it


def test_a_row_of_a_table_without_address_stays_to_be_mended():
    rows = read_addresses(
        "Name;E-Mail\nAna;ana@example.org\nBen;\nCem;kaputt", taken=[], invited=[]
    )
    assert [row.typed for row in rows if row.fate == Fate.TO_MEND] == ["Ben", "Cem <kaputt>"]


def test_a_line_far_too_long_is_no_address():
    (row,) = read_addresses("a" * 200_000, taken=[], invited=[])
    assert row.address is None
    assert "is not an e-mail address" in row.problem


WORDS = st.text(alphabet=st.characters() | st.sampled_from(",;\"<>()\t @.'-"), max_size=30)
WRITTEN = ["{0} <{1}>", "{0};{1}", "{0},{1}", "{0}\t{1}", "{1}", "{1} {0}", '"{0}" <{1}>']
ROWS = st.tuples(
    st.sampled_from(WRITTEN), WORDS, st.sampled_from(["a@example.org", "C@bücher.example"])
)


@given(st.lists(ROWS, max_size=3))
def test_what_was_read_reads_the_same_again(rows):
    text = "\n".join(written.format(name, email) for written, name, email in rows)
    read = [row.address for row in read_addresses(text, taken=[], invited=[]) if row.address]
    again = read_addresses("\n".join(map(str, read)), taken=[], invited=[])
    assert [row.address for row in again] == read
