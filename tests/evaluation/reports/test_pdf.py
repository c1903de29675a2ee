"""The printed report says what is in the release, as text, to people and to screen readers."""

import dataclasses
import io

import pypdf
import pytest
from django.utils import translation

from evaluation.presentation.records import OnePage
from evaluation.reports import glyphs, pages, pdf
from evaluation.reports.pages.stories import LONGEST, QUOTED
from tests.evaluation.reports import samples


def read(release) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.render(release)))


def test_pdf_says_what_is_in_the_release():
    text = samples.pdf_text(pdf.render(samples.small()))

    for words in [
        "The river people",
        "The river is clean enough to swim in.",
        "2 of 3 stories",
        "The weir is still shut.",
        "A key for the weir.",
        "Who owns the weir?",
        "No fines",
        "Mo Ferry, boatman",
        "Mud got in.",
        "it made things worse",
        "22 of 71",
        "hoped for by 1 July 2026",
        "Nobody independent has looked.",
        "Two stories are no sample.",
        "Tellers approved every word.",
        "RIV-2025-1",
    ]:
        assert words in text, words


def test_pdf_says_what_did_not_go_well_before_what_moved():
    text = samples.pdf_text(pdf.render(samples.small()))

    assert text.index("The weir is still shut.") < text.index("What moved")


def test_pdf_shows_no_words_of_a_story_that_may_not_be_quoted():
    first, second = samples.stories()
    hidden = dataclasses.replace(first, quotable=False)
    text = samples.pdf_text(pdf.render(samples.small(stories=(hidden, second))))

    assert "Mud in the kit" not in text
    assert "The first sieve." not in text
    assert "Mo Ferry" not in text


def test_pdf_counts_a_moment_without_words():
    report = pages.report(samples.small())
    quoted = [story["title"] for story in report["stories"]["stories"]]

    assert quoted == ["Mud in the kit"]
    assert "1 more story" in report["stories"]["withheld"]


def test_pdf_hides_figures_about_too_few_people():
    text = samples.pdf_text(pdf.render(samples.small()))

    assert "too few people to show" in text
    assert "1 of 2" not in text
    assert "50 %" not in text


def test_pdf_is_tagged_and_dated_and_says_its_language():
    found = read(samples.small(language="de"))
    root = found.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert found.metadata.title == samples.small().title
    assert found.metadata.creation_date.date() == samples.small().issued_on


def test_pdf_embeds_its_fonts():
    fonts = read(samples.small()).pages[1]["/Resources"]["/Font"].get_object()
    for font in fonts.values():
        descriptor = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_pdf_treats_markup_as_words():
    text = samples.pdf_text(pdf.render(samples.everywhere(samples.HOSTILE)))

    assert '#panic("boom") *bold* $x^2$ @cite <script>alert(1)</script> `raw` // \\' in text


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "x" * 20_000,
        "long words " * 1_800,
        "مرحبا بالعالم " * 20,
        "שלום עולם (12) abc",
        "\u202eturned\u202c \u2066kept\u2069 \u200d \u200b",
        "漢字かな नमस्ते ไทย \U0001f468\u200d\U0001f469\u200d\U0001f467 \ue000 \ufeff \ufffe",
        "\0\a\x1b\x7f\x85",
        "e\u0301\u0323\u0302" * 30,
        "one\n\n\ntwo\ttab\r\nthree",
    ],
)
@pytest.mark.parametrize("bundled_only", [False, True])
def test_pdf_is_made_whatever_people_write(words, bundled_only):
    """With the machine's typefaces and, as on a bare one, without any."""
    printed = pdf.render(samples.everywhere(words), bundled_only=bundled_only)
    assert printed.startswith(b"%PDF")


@pytest.mark.parametrize("language", ["ar", "he", "pt-br", "xx", "zh-hans"])
def test_pdf_is_made_in_any_language(language):
    assert pdf.render(samples.small(language=language)).startswith(b"%PDF")


def test_pdf_says_when_letters_could_not_be_printed():
    printed = samples.pdf_text(pdf.render(samples.everywhere("a \ue000 b")))

    assert f"a {glyphs.BOX} b" in printed
    assert "could not be set in print" in printed
    assert "could not be set in print" not in samples.pdf_text(pdf.render(samples.small()))


def test_pdf_of_nothing_teaches_what_will_be_here():
    text = samples.pdf_text(pdf.render(samples.empty()))

    assert "No story may be told to the organisation yet." in text
    assert "No claim has been agreed yet." in text


def test_pdf_quotes_a_bounded_selection_and_says_so():
    report = pages.report(samples.many(QUOTED + 10))

    assert len(report["stories"]["stories"]) == QUOTED
    assert f"{QUOTED} of the {QUOTED + 10} stories" in report["stories"]["lead"]


def test_pdf_of_very_many_stories_stays_a_report():
    found = read(samples.many(2_000))

    assert len(found.pages) < 60


def test_pdf_cuts_a_very_long_moment_with_an_ellipsis():
    report = pages.report(samples.small(moments=samples.moments("word " * 4_000)))
    first = report["stories"]["stories"][0]["steps"][0]["text"]

    assert first.endswith("…")
    assert len(first) <= LONGEST + 2


def test_pdf_quotes_on_its_one_page_only_who_may_be_quoted():
    release = samples.small(one_page=OnePage(story="S2"))
    report = pages.report(release)

    assert report["one_page"]["contributed"]["story"]["by"] == "Mo Ferry, boatman"


def test_pdf_words_are_in_the_language_of_the_release():
    with translation.override("de"):
        report = pages.report(samples.small())

    assert report["lang"] == "de"


def test_pdf_gives_the_whole_fingerprint():
    release = samples.small()

    assert release.sha256 in samples.pdf_text(pdf.render(release))
