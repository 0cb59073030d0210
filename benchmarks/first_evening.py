"""An evening as somebody new has it, timed in a real Chromium: first start, first answer, feedback, second take.

    python benchmarks/first_evening.py [FOLDER]     (a folder for pictures; none are kept without it)

The clock starts with the command that serves the pages, in an empty data folder. The person reads for a while where
there is something to read; how long is said in ``READING``. The microphone plays the long synthetic answer, which does
not answer the question.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.stop_to_feedback import FEEDBACK, LONGEST_WAIT_MS, begin, launched, spoken, until_spoken
from tests.served import served

SPOKEN = 40.0
"""Seconds of each take."""
READING = {"the first page": 5.0, "the question": 3.0, "the feedback": 20.0}
"""Seconds that somebody takes to read."""


def main() -> None:
    """Go through the evening and print when each thing was there."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = spoken(Path(folder), SPOKEN, 1.5)
        data = Path(folder) / "data"
        data.mkdir()
        with launched(playwright, file) as browser, browser.new_context(viewport={"width": 1280, "height": 900}) as new:
            evening = Evening(new.new_page(), pictures)
            with served(data) as pages:
                evening.page.goto(pages.way_in())
                evening.go_through()


class Evening:
    """One evening.

    Attributes:
        page: The tab.

    """

    def __init__(self, page: Page, pictures: Path | None) -> None:
        """Start the clock."""
        self.page = page
        self._pictures = pictures
        self._started = time.perf_counter()

    def go_through(self) -> None:
        """Two takes of the easy question."""
        start = self.page.get_by_role("button", name="Start", exact=True)
        self._is_there(start, "the first page")
        start.click()
        self._is_there(self.page.locator(".recorder[data-ready]"), "the question")
        self._speak("the first take is spoken")
        self._is_there(self.page.locator(FEEDBACK), "the feedback")
        self.page.get_by_role("button", name="Try it now").click()
        self._is_there(self.page.locator(".st-key-this_take"), "what to try")
        self._speak("the second take is spoken")
        self._is_there(self.page.locator(FEEDBACK), "the second feedback")

    def _speak(self, what: str) -> None:
        begin(self.page)
        until_spoken(self.page, SPOKEN)
        self._print(what)
        self.page.get_by_role("button", name="Stop recording").click()

    def _is_there(self, part: Locator, what: str) -> None:
        part.wait_for(timeout=LONGEST_WAIT_MS)
        self._print(what)
        time.sleep(READING.get(what, 0.0))

    def _print(self, what: str) -> None:
        print(f"{time.perf_counter() - self._started:6.1f} s  {what}", flush=True)
        if self._pictures:
            self.page.screenshot(path=self._pictures / f"{what.replace(' ', '-')}.png")


if __name__ == "__main__":
    main()
