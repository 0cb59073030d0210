"""Take pictures of every page: desktop, phone, dark. For looking at, with a stranger's eyes.

    python benchmarks/screenshots.py [FOLDER]     (default: docs/screenshots, which git ignores)

One recording is really analysed; the past that the progress page draws is made up around it.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, sync_playwright

from rehearse import audio, pipeline, transcription
from rehearse.datatypes import Attempt, Origin
from rehearse.history import History
from rehearse.questions import question_sets
from rehearse.takes import TakeStore

ROOT = Path(__file__).parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
PAST = 14
LONGEST_WAIT_MS = 20_000
SETTLE_MS = 2_500
FLAGS = ("--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@dataclass(frozen=True, slots=True)
class Look:
    """One way a page is seen; ``height`` is tall, because Streamlit scrolls inside the page."""

    name: str
    width: int
    height: int
    dark: bool = False
    phone: bool = False


LOOKS = (
    Look("desktop", 1280, 1500),
    Look("dark", 1280, 1500, dark=True),
    Look("phone", 390, 2400, phone=True),
)


def main() -> None:
    """Make the history, serve the pages, take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp())
    try:
        newest = fill(data)
        with served(data) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            pages = {
                "practice": "",
                "feedback": f"feedback?take={newest}",
                "progress": "progress",
                "library": "library",
            }
            for look in LOOKS:
                for name, path in pages.items():
                    picture(browser, f"{address}/{path}", look, folder / f"{name}-{look.name}.png")
            browser.close()
    finally:
        shutil.rmtree(data)


def fill(data: Path) -> str:
    """Analyse the recording, make up a past around it, leave one take unfinished; return the newest take's id."""
    store, history = TakeStore(data / "takes"), History(data / "history.db")
    questions = [question for one in question_sets() for question in one.questions if question.kind == "behavioral"]
    chance = random.Random(1)  # noqa: S311 - no secret
    sound = RECORDING.read_bytes()
    transcriber = transcription.whisper()
    store.save(sound, suffix=".flac", question=questions[1], origin=Origin("computer"))
    for step in range(PAST, -1, -1):
        question = questions[step % len(questions)]
        take = store.save(sound, suffix=".flac", question=question, origin=Origin("browser"))
        if step == PAST:
            first = pipeline.process(
                audio.load(take.audio),
                question=question,
                transcriber=transcriber,
                take_id=take.id,
                spoken_at=take.recorded_at,
                audio=take.audio.name,
            )
        history.add(past(replace(first, id=take.id, question=question), step, chance))
    return take.id


def past(attempt: Attempt, days: int, chance: random.Random) -> Attempt:
    """Move an attempt into the past and vary its numbers; today's stay as they were measured."""
    if days == 0:
        return attempt
    measured = tuple(
        replace(one, value=None if one.value is None else one.value * chance.uniform(0.8, 1.4))
        for one in attempt.measurements
    )
    return replace(attempt, spoken_at=attempt.spoken_at - timedelta(days=1.7 * days), measurements=measured)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve the pages over a data folder; yield the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = "import sys; from rehearse.cli import main; sys.exit(main())"
    server = subprocess.Popen(
        [sys.executable, "-c", start, "page", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "REHEARSE_DATA": str(data)},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Wait until the server answers, 30 s at most."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("the pages were not served")


def picture(browser: Browser, url: str, look: Look, path: Path) -> None:
    """Take one picture once the page has settled."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
        is_mobile=look.phone,
        has_touch=look.phone,
    )
    page = context.new_page()
    page.goto(url)
    page.get_by_test_id("stMainBlockContainer").get_by_role("button").first.wait_for(timeout=LONGEST_WAIT_MS)
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=path)
    context.close()
    print(path)


if __name__ == "__main__":
    main()
