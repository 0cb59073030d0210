"""A person speaks into the browser and reads what they said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rehearse import audio
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests.browser.conftest import ALLOWED, DEVICE, READY, Open, only_local_hosts
from tests.waiting import until

ANALYSED = 2 * READY
FILLER = re.compile(r"^(um|uh).*, (filled pause|possible filler), at", re.IGNORECASE)


def start(page: Page) -> None:
    page.locator(".recorder[data-ready]").wait_for(timeout=READY)
    page.get_by_role("button", name="Record", exact=True).click(timeout=READY)
    page.get_by_role("button", name="Stop recording").wait_for(timeout=READY)


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop recording").click()


def has_ended(page: Page) -> None:
    """Wait until the answer is saved: its feedback opens, or it is said to be silent."""
    feedback = page.locator(".st-key-findings")
    feedback.or_(page.get_by_text("I can't hear a voice")).first.wait_for(timeout=ANALYSED)


def spoken(page: Page, *, seconds: int) -> None:
    """Record so much; on a busy machine Chromium's fake microphone plays its file more slowly, so for longer then."""
    start(page)
    page.wait_for_function(
        """seconds => document.querySelector(".recorder .elapsed").textContent
            .split(":").reduce((sum, part) => 60 * sum + Number(part), 0) >= seconds""",
        arg=seconds,
        timeout=5000 * seconds,
    )
    stop(page)


def test_an_answer_spoken_into_the_browser_comes_back_measured(
    open_page: Open, microphone_file: Path, store: TakeStore, history: History
) -> None:
    page = open_page("", flags=(ALLOWED, DEVICE, f"--use-file-for-fake-audio-capture={microphone_file}%noloop"))
    with only_local_hosts(page):
        page.reload()
        question = page.locator(".st-key-question h1").inner_text(timeout=READY)
        spoken(page, seconds=33)
        page.locator(".st-key-findings").wait_for(timeout=ANALYSED)
        [take] = [take for take in store.all() if take.id in page.url]
        words = page.get_by_role("group", name="Transcript")
        for said in ("night shift", "radiology", "waiting time"):
            first, second = said.split()[0], said.split()[-1]
            expect(words).to_contain_text(first, timeout=READY)
            expect(words).to_contain_text(second)
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        # From the first sound to the last, 31.2 s were said.
        expect(page.get_by_test_id("stMetric").filter(has_text="Answer length")).to_contain_text("31 s")
        fillers = page.get_by_role("button", name=FILLER)
        assert 3 <= fillers.count() <= 5, "four were said"
        page.wait_for_timeout(500)

    attempt = history.get(take.id)
    assert attempt is not None
    assert attempt.duration is not None
    assert attempt.duration == pytest.approx(audio.length(take.audio), abs=0.1)


def test_space_starts_and_stops_the_recorder(open_page: Open, store: TakeStore) -> None:
    page = open_page("")
    page.locator(".recorder[data-ready]").wait_for(timeout=READY)
    before = len(store.all())
    page.keyboard.press("Space")
    page.get_by_role("button", name="Stop recording").wait_for(timeout=READY)
    page.wait_for_timeout(800)
    page.keyboard.press("Space")
    has_ended(page)
    assert len(store.all()) == before + 1


def test_a_second_press_of_stop_shows_no_error(open_page: Open) -> None:
    page = open_page("")
    start(page)
    page.wait_for_timeout(800)
    page.evaluate(
        """() => {
            const press = () => document.querySelector('[aria-label="Stop recording"]')?.click()
            press()
            for (let place = 1; place < 20; place++) setTimeout(press, 20 * place)
        }"""
    )
    has_ended(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_leaving_while_recording_asks_first_and_keeps_what_was_said(open_page: Open, store: TakeStore) -> None:
    page = open_page("")
    asked: list[str] = []
    before = len(store.all())
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    start(page)
    page.wait_for_function("() => Number(document.querySelector('.recorder').dataset.spoken) >= 0.5")
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Record", exact=True).wait_for(timeout=READY)
    page.reload()
    assert asked == ["beforeunload"]
    until(lambda: len(store.all()) == before + 1)


def test_a_click_that_would_end_the_recording_asks_first_and_loses_nothing(open_page: Open, store: TakeStore) -> None:
    page = open_page("")
    answers = [False, True]
    page.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    before = len(store.all())
    question = page.locator(".st-key-question h1")
    asked = question.inner_text()
    start(page)
    page.get_by_role("button", name="Next", exact=True).click()
    assert question.inner_text() == asked
    page.get_by_role("button", name="Stop recording", exact=True).wait_for()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(question).not_to_have_text(asked, timeout=READY)
    page.get_by_role("button", name="Record", exact=True).wait_for(timeout=READY)
    assert answers == []
    until(lambda: len(store.all()) == before + 1)


def test_a_denied_microphone_is_explained(open_page: Open) -> None:
    page = open_page("", flags=(DEVICE,))
    page.get_by_role("button", name="Record", exact=True).click(timeout=READY)
    expect(page.get_by_text("does not let this page use the microphone")).to_be_visible(timeout=READY)


def test_a_computer_without_a_microphone_is_told_so(open_page: Open) -> None:
    page = open_page("", flags=(ALLOWED,))
    expect(page.get_by_text("finds no microphone")).to_be_visible(timeout=READY)
    page.get_by_role("button", name="The microphone does not work").click()
    expect(page.get_by_text("Safari before 18.4")).to_be_visible()


def test_an_image_named_wav_is_refused_with_a_sentence(open_page: Open, store: TakeStore, tmp_path: Path) -> None:
    picture = tmp_path / "my portrait.wav"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    page = open_page("")
    before = len(store.all())
    page.get_by_text("Upload a file").click(timeout=READY)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(picture)
    expect(page.get_by_text("my portrait.wav: no sound could be decoded")).to_be_visible(timeout=READY)
    assert len(store.all()) == before
