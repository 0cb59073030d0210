"""Take pictures of every page: desktop, phone, dark. For the documentation, and for looking at with a stranger's eyes.

    python benchmarks/screenshots.py [FOLDER]     (default: docs/screenshots)

One recording is really analysed; the history around it is made by ``generated_history.py`` and
``generated_interview.py``.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

from generated_history import fill
from generated_interview import go_through, prepare
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from rehearse import audio, pipeline, transcription
from rehearse.files.paths import models_folder
from rehearse.model import Origin
from rehearse.progress.comparison import compare_wordings
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore

ROOT = Path(__file__).parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
PAST = 45
TALLEST = 4000
COLOURS = 128
LONGEST_WAIT_MS = 20_000
SETTLE_MS = 2_500
FLAGS = ("--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@dataclass(frozen=True, slots=True)
class Look:
    """One way a page is seen."""

    name: str
    width: int
    height: int
    dark: bool = False
    phone: bool = False


LOOKS = (Look("desktop", 1280, 800), Look("dark", 1280, 800, dark=True), Look("phone", 390, 844, phone=True))


def main() -> None:
    """Make the history, serve the pages, take the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp())
    data = home / "rehearse"
    try:
        fill(data, PAST)
        prepare(data)
        debriefed = go_through(data)
        newest = analysed(data)
        pages = {
            "home": "",
            "practice": "practice",
            "prepare": "prepare",
            "interview": "interview",
            "debrief": f"interview?round={debriefed}",
            "feedback": f"feedback?take={newest}",
            "compare": f"compare?take={told_twice(History(data / 'history.db'))}",
            "progress": "progress",
            "library": "library",
            "your_data": "your_data",
            "settings": "settings",
        }
        with served(data) as way_in, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for look in LOOKS:
                for name, path in pages.items():
                    picture(browser, way_in(path), look, folder / f"{name}-{look.name}.png")
            browser.close()
    finally:
        shutil.rmtree(home)


def analysed(data: Path) -> str:
    """Record and analyse one answer for real, and leave another one unfinished; return the first one's id."""
    store, history = TakeStore(data / "takes"), History(data / "history.db")
    answered = {summary.question_id for summary in history.summaries()}
    question = next(one for one in shipped_questions() if one.kind == "behavioral" and one.id not in answered)
    sound = RECORDING.read_bytes()
    store.save(sound, suffix=".flac", question=question, origin=Origin("computer"))
    take = store.save(sound, suffix=".flac", question=question, origin=Origin("browser"))
    attempt = pipeline.process(
        audio.load(take.audio),
        question=question,
        transcriber=transcription.whisper(),
        take_id=take.id,
        spoken_at=take.recorded_at,
        audio_name=take.audio.name,
        origin=take.origin,
    )
    history.add(attempt)
    history.describe(take.id, rating=4)
    return take.id


def told_twice(history: History) -> str:
    """Find two answers that tell one occasion in different words; give the later one's id."""
    pairs = (pair for pair in combinations(history.attempts(), 2) if pair[0].question == pair[1].question)
    shared = {pair[0].id: compare_wordings(*pair) for pair in pairs}
    return max((take for take in shared if not shared[take].by_heart), key=lambda take: shared[take].shared or 0.0)


@contextmanager
def served(data: Path) -> Iterator[Callable[[str], str]]:
    """Serve the pages over a data folder; yield what gives the address that lets in to a page."""
    server = subprocess.Popen(
        [sys.executable, "-c", "from rehearse.cli import run; run()", "page", "--no-browser"],
        cwd=ROOT,
        # The page of one's own data names folders: let them be nobody's.
        env={
            **os.environ,
            "REHEARSE_DATA": str(data),
            "REHEARSE_MODELS": str(models_folder()),
            "HOME": str(data.parent),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield partial(with_key, printed_address(server))
    finally:
        server.terminate()
        server.wait()


def printed_address(server: subprocess.Popen[str]) -> str:
    """Give the address that lets in, which the server prints once it listens."""
    found = next((line.split()[2] for line in server.stdout or () if line.startswith("rehearse: open ")), None)
    return found or sys.exit(f"the pages were not served, which ended with {server.wait()}")


def with_key(address: str, path: str) -> str:
    """Give the address that lets in to a page, ``path`` with its query."""
    start, key = address.split("?")
    return f"{start}{path}{'&' if '?' in path else '?'}{key}"


def picture(browser: Browser, url: str, look: Look, path: Path) -> None:
    """Take one picture of the whole page once it has settled."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
        is_mobile=look.phone,
        has_touch=look.phone,
    )
    page = context.new_page()
    page.goto(url)
    page.get_by_test_id("stMainBlockContainer").get_by_role("heading").first.wait_for(timeout=LONGEST_WAIT_MS)
    page.wait_for_timeout(SETTLE_MS)
    page.set_viewport_size({"width": look.width, "height": tall_enough(page, look)})
    page.wait_for_timeout(SETTLE_MS)
    keep_small(page.screenshot(), path)
    context.close()
    print(path)


def tall_enough(page: Page, look: Look) -> int:
    """Give the height that shows the whole page: Streamlit scrolls inside of it."""
    needed = page.locator(".stMain").evaluate("main => main.scrollHeight")
    return max(look.height, min(int(needed), TALLEST))


def keep_small(png: bytes, path: Path) -> None:
    """Write the picture with a palette: a page has few colours."""
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
