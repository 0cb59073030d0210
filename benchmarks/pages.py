"""Time the pages over a long history, in a real Chromium, with the server's peak memory.

    python benchmarks/pages.py [TAKES]     (default: 2000 takes, made by generated_history.py)

A page is interactive when its last part is on the screen and the server has nothing left to do for it. The first visit
starts the libraries that draw; the others are what a person meets when going from page to page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from generated_history import fill
from playwright.sync_api import Browser, sync_playwright
from screenshots import FLAGS, served

ROUNDS = 5
LONGEST_WAIT_MS = 60_000
LAST_PART = {
    "library": "[data-testid=stMainBlockContainer] [data-testid=stButton] button >> visible=true",
    "progress": "text=The days as a table",
    "compare": "text=Its feedback",
    "feedback": "text=Next question",
    "prepare": ".st-key-steps_later button >> nth=-1",
    "interview": ".st-key-begin button",
    "practice": ".recorder",
    "": ".st-key-hero button",
}
IDLE = "() => !document.querySelector('[data-test-script-state=running]')"


def main() -> None:
    """Make the history, time the pages, print the table."""
    takes = int([*sys.argv[1:], "2000"][0])
    data = Path(tempfile.mkdtemp())
    try:
        fill(data, takes)
        with served(data) as way_in, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            seconds = {
                page: [visit(browser, way_in(page), part) for _ in range(ROUNDS)] for page, part in LAST_PART.items()
            }
            browser.close()
            memory = peak_megabytes(str(urlsplit(way_in("")).port))
    finally:
        shutil.rmtree(data)
    print(f"| {takes} takes | first visit | others, median |\n|---|---|---|")
    for page, times in seconds.items():
        print(f"| {page or 'today'} | {times[0]:.1f} s | {median(times[1:]):.1f} s |")
    print(f"\nPeak memory of the server: {memory} MB")


def visit(browser: Browser, url: str, last_part: str) -> float:
    """Open a page as a new visitor; give the seconds until it is interactive."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    begun = time.perf_counter()
    page.goto(url)
    page.locator(last_part).first.wait_for(timeout=LONGEST_WAIT_MS)
    page.wait_for_function(IDLE, timeout=LONGEST_WAIT_MS)
    took = time.perf_counter() - begun
    page.context.close()
    return took


def peak_megabytes(port: str) -> int | None:
    """Read the peak memory of the process that serves on this port, from Linux; None elsewhere."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (process / "cmdline").read_bytes().decode().split("\0")
            status = (process / "status").read_text()
        except OSError:
            continue  # it has ended meanwhile
        if "rehearse.pages.serving" in arguments and any(argument.endswith(f"={port}") for argument in arguments):
            return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    return None


if __name__ == "__main__":
    main()
