"""Time from Stop to the feedback on the screen, in a real Chromium.

    python benchmarks/stop_to_feedback.py [--seconds 30 60 180] [--rounds 3] [--silence 1.5] [--model base]
    python benchmarks/stop_to_feedback.py --microphone computer [--speed 10]

The answer is the long synthetic one, over and over, and breaks off in the middle of a sentence or, with ``--silence``,
so many seconds before Stop. The browser's microphone plays it as fast as it is spoken. The computer's is a stand-in for
the device alone, which plays it ``--speed`` times as fast, silence excepted: harder than life, since as much has to be
heard in less time. A recording stops by itself after 600 s.

One server serves all rounds of a microphone and a length; its first recording, during which the weights load, is not
counted. Each round is printed. The last columns are the processor that the server took, and how long a fixed piece of
work took on this machine meanwhile: with nothing else to do, two processors take about 0.1 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np
import soundfile
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from rehearse.app.settings import Settings, write_settings
from rehearse.storage.history import History
from tests.served import ROOT, Served, served

ANSWER = ROOT / "tests" / "data" / "recordings" / "synthetic" / "long_answer.flac"
DEVICES = Path(__file__).parent / "devices"
FLAGS = ("--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
FEEDBACK = ".st-key-findings"
LONGEST_WAIT_MS = 120_000
WARM_UP = 5.0
RATE = 16_000
BYTES_PER_SECOND = 2 * RATE


def main() -> None:
    """Record, stop, wait, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, nargs="+", default=[30, 60, 180])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--silence", type=float, default=0.0)
    parser.add_argument("--microphone", choices=["browser", "computer"], default="browser")
    parser.add_argument("--speed", type=float, default=10.0)
    parser.add_argument("--model")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    rows = ["| answer | rounds | median | worst | processor of the server |", "|---|---|---|---|---|"]
    print(f"{args.microphone}, {args.model or 'default model'}, silence before Stop: {args.silence} s", flush=True)
    try:
        with sync_playwright() as playwright:
            for seconds in args.seconds:
                found = list(rounds(playwright, folder, seconds, args))
                walls, works = zip(*found, strict=True)
                rows.append(
                    f"| {seconds:.0f} s | {len(found)} | {median(walls):.2f} s | {max(walls):.2f} s "
                    f"| {median(works):.2f} s |"
                )
    finally:
        shutil.rmtree(folder)
        print("\n".join(rows))


def rounds(
    playwright: Playwright, folder: Path, seconds: float, args: argparse.Namespace
) -> Iterator[tuple[float, float]]:
    """Record as many answers as are asked for; yield the seconds from Stop to the feedback, and of the processor."""
    file, data = spoken(folder, seconds, args.silence), Path(tempfile.mkdtemp(dir=folder))
    if args.model:
        write_settings(History(data / "history.db").documents, Settings(model=args.model))
    environment = {
        "PYTHONPATH": os.pathsep.join(map(str, [DEVICES, ROOT])),
        "MICROPHONE_FILE": str(file),
        "MICROPHONE_SPEED": str(args.speed),
        "MICROPHONE_SPOKEN": str(seconds - args.silence),
    }
    record = by_browser if args.microphone == "browser" else by_computer
    with served(data, environment=environment) as pages, launched(playwright, file) as browser:
        answer(browser, pages, record, WARM_UP)
        for number in range(1, args.rounds + 1):
            wall, work_of_server = answer(browser, pages, record, seconds)
            print(
                f"{seconds:.0f} s, round {number}: {wall:.2f} s, processor {work_of_server:.2f} s, "
                f"fixed work {work():.2f} s, load {os.getloadavg()[0]:.0f}",
                flush=True,
            )
            yield wall, work_of_server


def spoken(folder: Path, seconds: float, silence: float) -> Path:
    """Write an answer that is long enough, and silent at the end."""
    sound, _ = soundfile.read(ANSWER, dtype="float32")
    count = round((seconds - silence) * RATE)
    said = np.tile(sound, -(-count // len(sound)))[:count]
    path = folder / f"{seconds:.0f}.wav"
    soundfile.write(path, np.concatenate([said, np.zeros(30 * RATE, np.float32)]), RATE, subtype="PCM_16")
    return path


@contextmanager
def launched(playwright: Playwright, file: Path) -> Iterator[Browser]:
    """Start a Chromium whose microphone plays a file, from its start for each recording."""
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={file}%noloop"]
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    try:
        yield browser
    finally:
        browser.close()


def answer(browser: Browser, pages: Served, record: Callable[..., Locator], seconds: float) -> tuple[float, float]:
    """Record one answer; return the seconds from Stop to the feedback, on the clock and of the server's processor."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        practice(page, pages)
        stop = record(page, pages, seconds)
        before, started = processor(pages), time.perf_counter()
        stop.click()
        page.locator(FEEDBACK).wait_for(timeout=LONGEST_WAIT_MS)
        return time.perf_counter() - started, processor(pages) - before


def practice(page: Page, pages: Served) -> None:
    """Go to the page that records."""
    page.goto(pages.way_in())
    page.get_by_role("link", name="Practice", exact=True).click(timeout=LONGEST_WAIT_MS)


def by_browser(page: Page, _pages: Served, seconds: float) -> Locator:
    """Record so many seconds with the browser's microphone; return the button that stops it."""
    begin(page)
    until_spoken(page, seconds)
    return page.get_by_role("button", name="Stop recording")


def by_computer(page: Page, pages: Served, seconds: float) -> Locator:
    """Record so many seconds with this computer's microphone; return the button that stops it."""
    page.get_by_text("This computer's microphone", exact=True).click(timeout=LONGEST_WAIT_MS)
    page.locator(".st-key-start button").click(timeout=LONGEST_WAIT_MS)  # the browser's has the same name
    stop = page.locator(".st-key-stop button")
    stop.wait_for(timeout=LONGEST_WAIT_MS)
    parts = (pages.log.parent / "takes").glob("*/audio.part.wav")
    part = next(parts)
    while part.stat().st_size < seconds * BYTES_PER_SECOND:
        time.sleep(0.01)
    return stop


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
