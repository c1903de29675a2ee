"""Frame, derive an indicator, observe, read the matrix, download the report."""

import re

import pytest
from playwright.sync_api import expect

from evaluation.models import Release
from spaces import actions
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_up(page, words):
    """Open a fold if it is shut."""
    fold = page.locator("summary", has_text=words)
    if fold.count() and fold.locator("xpath=..").get_attribute("open") is None:
        fold.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_hope_becomes_an_indicator_and_a_report(visit, javascript, tmp_path):
    ana = make.person("Ana Alves")
    space = actions.found_space(by=ana, name="The Tuesday Round", purpose="Fewer people wait.")
    here = f"/spaces/{space.slug}"

    page = visit(ana, f"{here}/framing/draft/", javascript=javascript)
    page.get_by_label("The difference we care about").fill("Nobody waits three weeks.")
    page.get_by_role("button", name="Begin the draft").click()
    open_up(page, "Add a hope")
    page.get_by_label("Cycle", exact=True).select_option("applied")
    page.get_by_label("The hope").fill("Every referral is read the same day")
    page.get_by_role("button", name="Add a hope").click()
    expect(page.get_by_text("Every referral is read the same day").first).to_be_visible()
    page.get_by_role("link", name="Answer it, and see who has").click()
    page.get_by_label("I agree, for myself").check()
    page.get_by_role("button", name="Give my answer").click()
    page.get_by_role("button", name="Let the frame stand").click()

    page.goto(f"{here}/framing/")
    expect(page.get_by_text("Nobody waits three weeks.").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Derive an indicator")).first.click()
    page.get_by_label("Name", exact=True).fill("Read the same day")
    expect(page.locator(".kind-fields:visible")).to_have_count(0)
    page.get_by_role("radio", name=re.compile("^A ratio")).check()
    expect(page.locator(".kind-fields:visible")).to_have_count(1)
    expect(page.locator("[data-kind=ratio]")).to_be_visible()
    page.get_by_role("radio", name="Not known").check()
    page.get_by_role("button", name="Watch this from now on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read the same day")

    page.goto(f"{here}/evaluation/indicators/I1/observe/")
    page.get_by_label("Period", exact=True).fill("2026-Q2")
    page.get_by_label("So many").first.fill("12")
    page.get_by_label("Of so many").fill("9")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("12 of 9 cannot be").first).to_be_visible()
    page.get_by_label("Of so many").fill("16")
    page.get_by_role("button", name="Record it").click()

    page.goto(f"{here}/evaluation/")
    row = page.get_by_role("row", name=re.compile("^Applied"))
    expect(row.get_by_text("Every referral is read the same day")).to_be_visible()
    expect(row.get_by_text("12 of 16")).to_be_visible()

    page.get_by_role("link", name="Freeze as dataset").click()
    page.get_by_role("button", name="Look at what would go in").click()
    page.get_by_role("button", name=re.compile("^Freeze")).click()
    number = Release.objects.get().number
    page.goto(f"{here}/evaluation/releases/{number}/")
    for form in ("PDF", "spreadsheet"):
        page.get_by_role("button", name=re.compile(form, re.IGNORECASE)).first.click()
    link = page.get_by_role("link", name=re.compile("PDF", re.IGNORECASE)).first
    with page.expect_download() as downloading:
        link.click()
    saved = tmp_path / "report.pdf"
    downloading.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF-")
