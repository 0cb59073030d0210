"""What only a browser can show of Practice: a silent microphone, a reload, sizes, what is hidden where."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Page, expect

from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.browser.conftest import ALLOWED, DEVICE, READY, RECORDING, SIDEWAYS, Open, only_local_hosts, settled

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
FINGER = 64
"""Pixels."""


@pytest.fixture(scope="session")
def silent(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Flags for a microphone that is muted."""
    path = tmp_path_factory.mktemp("silence") / "silence.wav"
    soundfile.write(path, np.zeros(16_000 * 60, np.float32), 16_000, subtype="PCM_16")
    return ALLOWED, DEVICE, f"--use-file-for-fake-audio-capture={path}"


def start(page: Page) -> None:
    page.locator(".recorder[data-ready]").wait_for(timeout=READY)
    page.get_by_role("button", name="Record", exact=True).click(timeout=READY)
    page.get_by_role("button", name="Stop recording").wait_for(timeout=READY)


def time_shown(page: Page) -> int:
    minutes, seconds = page.get_by_role("timer").inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


def test_a_muted_microphone_is_told_within_seconds_and_again_before_the_analysis(
    open_page: Open, silent: tuple[str, ...]
) -> None:
    page = open_page("", flags=silent)
    start(page)
    expect(page.get_by_role("status").get_by_text("I can't hear anything")).to_be_visible(timeout=6000)
    assert time_shown(page) <= 4
    page.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_text("I can't hear a voice in this recording.")).to_be_visible(timeout=READY)
    expect(page.get_by_text("I can't hear anything")).to_have_count(0)


def test_a_microphone_that_works_is_not_called_silent(open_page: Open) -> None:
    page = open_page("")
    start(page)
    page.wait_for_timeout(5000)
    expect(page.get_by_text("I can't hear anything")).to_have_count(0)


@pytest.mark.parametrize("look", [{}, PHONE])
def test_what_records_and_stops_can_be_hit_with_a_finger(open_page: Open, look: dict[str, object]) -> None:
    page = open_page("", **look)
    for name in ("Record", "Stop recording"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box(timeout=READY)
        assert box is not None
        assert min(box["width"], box["height"]) >= FINGER, name
        page.get_by_role("button", name=name, exact=True).click()
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_reload_during_the_analysis_finds_progress_and_then_the_way_to_the_feedback(
    open_page: Open, store: TakeStore
) -> None:
    page = open_page("")
    page.get_by_text("Upload a file").click(timeout=READY)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(RECORDING)
    page.get_by_text("Saved.").wait_for(timeout=READY)
    page.reload()
    link = page.locator(f"a[href*='{store.all()[0].id}']")
    expect(link).to_have_text(re.compile("Read the feedback"), timeout=2 * READY)
    other = open_page("")
    other.locator(f"a[href*='{store.all()[0].id}']").click(timeout=READY)
    expect(other).to_have_title(re.compile(" - Feedback - Rehearse$"), timeout=READY)
    other.get_by_role("link", name="Practice").click()
    other.get_by_text("Upload a file").wait_for(timeout=READY)
    settled(other)
    expect(other.locator(f"a[href*='{store.all()[0].id}']")).to_have_count(0)


def test_the_uploader_names_no_endings_and_takes_any_name(open_page: Open, tmp_path: Path) -> None:
    page = open_page("")
    page.get_by_text("Upload a file").click(timeout=READY)
    expect(page.get_by_text("Audio or video in any usual format")).to_be_visible(timeout=READY)
    expect(page.get_by_text(re.compile("per file|3G2", re.IGNORECASE)).locator("visible=true")).to_have_count(0)
    (tmp_path / "notes.txt").write_text("no sound")
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "notes.txt")
    expect(page.get_by_text("notes.txt: no sound could be decoded")).to_be_visible(timeout=READY)


def test_a_denied_microphone_leads_to_no_other_site(open_page: Open) -> None:
    page = open_page("", flags=(DEVICE,))
    page.get_by_role("button", name="Record", exact=True).click(timeout=READY)
    expect(page.get_by_text("does not let this page use the microphone")).to_be_visible(timeout=READY)
    elsewhere = page.locator("a[href^='http']:not([href*='//127.0.0.1'])")
    expect(elsewhere.locator("visible=true")).to_have_count(0)


def test_hints_to_keys_are_shown_where_there_is_a_keyboard(open_page: Open) -> None:
    hint = "Space starts and stops"
    expect(open_page("").get_by_text(hint)).to_be_visible(timeout=READY)
    phone = open_page("", **PHONE)
    phone.get_by_role("button", name="Record", exact=True).wait_for(timeout=READY)
    expect(phone.get_by_text(hint)).to_be_hidden()


def test_each_page_has_a_title_of_its_own(open_page: Open, store: TakeStore, history: History) -> None:
    take = store.save(RECORDING.read_bytes(), suffix=".flac", question=factories.QUESTION, origin=Origin("upload"))
    history.add(factories.attempt(take.id))
    page = open_page("")
    titles = {
        "practice": "Practice - Rehearse",
        "/": "Today - Rehearse",
        "library": "Library - Rehearse",
        "your_data": "Your data - Rehearse",
        f"feedback?take={take.id}": re.compile("^Tell me about a time when a deadline moved .* - Feedback - Rehearse$"),
    }
    with only_local_hosts(page):
        for path, title in titles.items():
            page.goto(urljoin(page.url, path))
            expect(page).to_have_title(title, timeout=READY)
            settled(page)


def test_of_two_buttons_the_one_that_loses_nothing_stands_out(
    open_page: Open, store: TakeStore, history: History
) -> None:
    take = store.save(RECORDING.read_bytes(), suffix=".flac", question=factories.QUESTION, origin=Origin("upload"))
    history.add(factories.attempt(take.id))
    page = open_page("library")
    page.get_by_role("button", name="Delete", exact=True).first.click(timeout=READY)
    settled(page)
    expect(page.get_by_role("button", name="Keep it")).to_have_attribute("kind", "primary")
    expect(page.get_by_role("button", name="Delete it")).to_have_attribute("kind", "secondary")
