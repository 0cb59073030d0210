"""A report opened from the disk: it plays its moments, runs nothing else and asks nobody for anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from rehearse.model import Attempt, Span, Story
from rehearse.views.report import render
from tests.browser.conftest import RECORDING, Open
from tests.factories import QUESTION, attempt

RUNS = "<img src=x onerror=alert(1)><script>alert(2)</script>"
PRINTED_WIDTH = 672  # A4 without the margins, at 96 pixels an inch


def open_report(open_window: Open, place: Path, spoken: Attempt, *, width: int = 900) -> tuple[Page, list[str]]:
    """Open a report with sound; the list fills with what it asks for and what it complains about."""
    file = place / "report.html"
    file.write_text(render(replace(spoken, audio=RECORDING.name), RECORDING.read_bytes()), encoding="utf-8")
    page = open_window(viewport={"width": width, "height": 900})
    noticed: list[str] = []
    page.on("request", lambda request: noticed.append(request.url.partition(":")[0]))
    page.on("console", lambda message: noticed.append(message.text))
    page.on("dialog", lambda dialog: (noticed.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri())
    return page, noticed


def test_a_moment_plays_from_its_start_and_stops_at_its_end(open_window, tmp_path):
    spoken = attempt(story=Story("story", situation=(Span(20.0, 21.0, "last spring"),)))
    page, noticed = open_report(open_window, tmp_path, spoken)
    page.get_by_role("button", name="Play the moment at 0:20").last.click()
    # The report's policy forbids evaluating strings, so what is waited for is a promise.
    assert page.locator("audio").evaluate("audio => audio.currentTime") >= 20.0
    ended = page.locator("audio").evaluate(
        """audio => new Promise(done => {
            audio.onpause = () => done(audio.currentTime)
            if (audio.paused) audio.onpause()
        })"""
    )
    assert 21.0 <= ended < 21.5
    assert set(noticed) <= {"file", "data"}


def test_what_would_run_is_shown_as_text(open_window, tmp_path):
    spoken = attempt(text=f"{RUNS} {'x' * 10_000}", question=replace(QUESTION, prompt=RUNS))
    page, noticed = open_report(open_window, tmp_path, spoken, width=390)
    expect(page.get_by_role("heading", level=1)).to_have_text(RUNS)
    assert set(noticed) <= {"file", "data"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_paper_the_player_is_gone_and_nothing_is_cut_off(open_window, tmp_path):
    page, _ = open_report(open_window, tmp_path, attempt(), width=PRINTED_WIDTH)
    page.emulate_media(media="print")
    expect(page.locator("audio")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PRINTED_WIDTH
