"""Time from Stop to the feedback on the screen, in a real Chromium whose microphone plays a file.

    python benchmarks/stop_to_feedback.py [--seconds 30 60 180] [--rounds 3]

The answer is the long synthetic one, over and over, and breaks off in the middle of a sentence or, with ``--silence``,
so many seconds before Stop. The first recording of a server, during which the weights load, is not counted. The last
column is how
long a fixed piece of work took on this machine meanwhile: with nothing else to do, two processors take about 0.1 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import soundfile
from playwright.sync_api import Page, Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.served import Served, served

ANSWER = Path(__file__).parent.parent / "tests" / "data" / "recordings" / "synthetic" / "long_answer.flac"
FLAGS = ("--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
FEEDBACK = ".st-key-findings"
LONGEST_WAIT_MS = 120_000
WARM_UP = 5.0
RATE = 16_000


def main() -> None:
    """Record, stop, wait, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, nargs="+", default=[30, 60, 180])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--silence", type=float, default=0.0)
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    print(f"silence before Stop: {args.silence} s\n")
    print("| answer | median | worst | processor of the server | fixed work |\n|---|---|---|---|---|")
    try:
        with sync_playwright() as playwright:
            for seconds in args.seconds:
                file = spoken(folder, seconds, args.silence)
                with served(folder) as pages:
                    answer(playwright, pages, file, WARM_UP)
                    found = [answer(playwright, pages, file, seconds) for _ in range(args.rounds)]
                walls, works = zip(*found, strict=True)
                print(
                    f"| {seconds:.0f} s | {median(walls):.2f} s | {max(walls):.2f} s | {median(works):.2f} s "
                    f"| {work():.2f} s, load {os.getloadavg()[0]:.0f} |",
                    flush=True,
                )
    finally:
        shutil.rmtree(folder)


def spoken(folder: Path, seconds: float, silence: float) -> Path:
    """Write an answer that is long enough, and silent at the end."""
    sound, _ = soundfile.read(ANSWER, dtype="float32")
    count = round((seconds - silence) * RATE)
    said = np.tile(sound, -(-count // len(sound)))[:count]
    path = folder / f"{seconds:.0f}.wav"
    soundfile.write(path, np.concatenate([said, np.zeros(30 * RATE, np.float32)]), RATE, subtype="PCM_16")
    return path


def answer(playwright: Playwright, pages: Served, file: Path, seconds: float) -> tuple[float, float]:
    """Record one answer; return the seconds from Stop to the feedback, on the clock and of the server's processor."""
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={file}%noloop"]
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(pages.way_in())
        page.get_by_role("link", name="Practice", exact=True).click(timeout=LONGEST_WAIT_MS)
        begin(page)
        until_spoken(page, seconds)
        before, started = processor(pages), time.perf_counter()
        page.get_by_role("button", name="Stop recording").click()
        page.locator(FEEDBACK).wait_for(timeout=LONGEST_WAIT_MS)
        return time.perf_counter() - started, processor(pages) - before
    finally:
        browser.close()


def begin(page: Page) -> None:
    """Start the recorder."""
    page.locator(".recorder[data-ready]").wait_for(timeout=LONGEST_WAIT_MS)
    page.get_by_role("button", name="Record", exact=True).click()


def until_spoken(page: Page, seconds: float) -> None:
    """Wait until the recorder has so many seconds."""
    page.wait_for_function(
        "least => Number(document.querySelector('.recorder').dataset.spoken) >= least",
        arg=seconds,
        timeout=10_000 * seconds,
        polling=50,
    )


def processor(pages: Served) -> float:
    """Seconds of processor that the server has taken."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    for process in processes_of(pages):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def processes_of(pages: Served) -> list[int]:
    """Return the process that was started and those that it started, the latter first."""
    listed = subprocess.run(
        [shutil.which("ps") or "ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout.split()
    pairs = zip(map(int, listed[::2]), map(int, listed[1::2]), strict=True)
    return [*(process for process, parent in pairs if parent == pages.process.pid), pages.process.pid]


def work() -> float:
    """Seconds that a fixed piece of work takes."""
    matrix = np.random.default_rng(0).normal(size=(600, 600))
    started = time.perf_counter()
    for _ in range(10):
        matrix @ matrix
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
