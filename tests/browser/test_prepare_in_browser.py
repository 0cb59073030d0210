"""Prepare in a real browser: from a resume's PDF to the thank-you note, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rehearse.preparation.preparation import KIND, load
from rehearse.storage.history import History
from tests.browser.conftest import READY, SIDEWAYS, Open, only_local_hosts, settled
from tests.documents import RESUME, pdf

PARTS = ("Plan", "Research", "CV", "Job", "Stories", "Set-up", "After")


@pytest.fixture(autouse=True)
def nothing_prepared(history: History) -> Iterator[None]:
    """Leave nothing behind for the next test of this file."""
    yield
    for name in history.documents.all(KIND):
        history.documents.delete(KIND, name)


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it, as a person does; it is kept at that moment."""
    box = settled(page).get_by_role("textbox", name=label)
    box.fill(text)
    box.press("Control+Enter" if box.evaluate("e => e.tagName") == "TEXTAREA" else "Enter")


def part(page: Page, name: str) -> None:
    settled(page).get_by_test_id("stMainBlockContainer").get_by_role("radio", name=name, exact=True).click()


def test_from_a_resume_to_the_thank_you_note(open_page: Open, history: History, tmp_path: Path) -> None:
    resume = tmp_path / "resume.pdf"
    resume.write_bytes(pdf(RESUME))
    page = open_page("prepare")
    with only_local_hosts(page):
        fill(page, "Company", "Northside")
        fill(page, "Role you apply for", "ward manager")
        fill(page, "Who will be there", "Ann Lee, finance director: what agency staff cost")
        part(page, "CV")
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(resume)
        expect(page.get_by_text("Led a team of 34 nurses across two wards", exact=True)).to_be_visible(timeout=READY)
        page.get_by_role("link", name="Talk about it").nth(1).click()
        title = page.get_by_role("heading", level=1)
        expect(title).to_contain_text('Your CV says "Led a team of 34 nurses', timeout=READY)
        page.get_by_role("link", name="Prepare").click()
        part(page, "After")
        fill(page, "The questions they asked", "Why did you leave?")
        expect(page.get_by_text("These now make up your set")).to_be_visible(timeout=READY)
        settled(page).get_by_role("button", name="what agency staff cost").click()
        note = page.get_by_label("Your note, to edit")
        note.wait_for(timeout=READY)
        fill(page, "Your name", "Maya")
        # The note drafted anew is another field; for a moment the one before is still on the page.
        note.filter(has_text="Maya").wait_for(timeout=READY)
        expect(note).to_have_count(1)
        letter = note.input_value()
    assert letter.startswith(
        "Dear Ann Lee,\n\nThank you for talking with me about the role of ward manager at Northside."
    )
    assert "We spoke about what agency staff cost." in letter
    page.reload()
    expect(page.get_by_label("Your note, to edit")).to_have_value(letter, timeout=READY)
    assert load(history.documents).debrief.asked[0].question == "Why did you leave?"


def test_no_part_scrolls_sideways_on_a_phone(open_page: Open) -> None:
    page = open_page("prepare", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    for name in PARTS:
        part(page, name)
        expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked(timeout=READY)
        page.wait_for_timeout(300)
        assert page.evaluate(SIDEWAYS) <= 0, name
