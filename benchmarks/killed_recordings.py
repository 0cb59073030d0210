"""Kill the tab, the browser or the server at random moments of a recording, and see how much of it is lost.

    python benchmarks/killed_recordings.py [--kinds tab browser server] [--rounds 5] [--seed 1] [--table killed.md]

What was spoken is what the recorder showed last before the kill; what is left is what the take's file holds half a
second later. What is killed is started anew each time, the rest stays, and so does the folder, in which an answer lies
that was finished before; at the end a new start looks for what was left, and every take must be there with all that its
file held. The table is written after each kill, so that a run can be interrupted.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright
from stop_to_feedback import ANSWER, RATE, begin, launched, practice, processes_of, spoken

from rehearse import audio
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore
from tests.served import Served, served
from tests.waiting import until

KINDS = ("tab", "browser", "server")
WHEN = 1.0, 12.0
"""Seconds of recording between which it is killed."""
HEADER, BYTES_PER_SECOND = 44, 2 * RATE
SHOWN = "() => document.querySelector('.recorder').dataset.spoken"


@dataclass(slots=True)
class Losses:
    """What the kills of one kind have cost.

    Attributes:
        seconds: What each recording lost of what the recorder had shown.
        gone: Recordings of which nothing is left.
        finished: Takes that were complete, or rescued, before and are gone or shorter at the end.

    """

    seconds: list[float] = field(default_factory=list)
    gone: int = 0
    finished: int = 0


def main() -> None:
    """Kill, start again, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--table", type=Path)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    folder = Path(tempfile.mkdtemp())
    losses = {kind: Losses() for kind in args.kinds}
    try:
        file = spoken(folder, 30, 0)
        with sync_playwright() as playwright:
            for kind in args.kinds:
                places = Places(playwright, file, Path(tempfile.mkdtemp(dir=folder)))
                for _ in killed(places, kind, [chance.uniform(*WHEN) for _ in range(args.rounds)], losses[kind]):
                    if args.table:
                        args.table.write_text(table(losses))
    finally:
        shutil.rmtree(folder)
    print(table(losses))


def table(losses: dict[str, Losses]) -> str:
    """Return the counts so far as a table."""
    rows = ["| killed | times | most lost | takes that are gone | finished answers gone |", "|---|---|---|---|---|"]
    for kind, found in losses.items():
        times, most = len(found.seconds) + found.gone, max(found.seconds, default=0.0)
        rows.append(f"| {kind} | {times} | {most:.2f} s | {found.gone} | {found.finished} |")
    return "\n".join(rows) + "\n"


@dataclass(frozen=True, slots=True)
class Places:
    """Where it happens: what starts a browser, what its microphone plays, the folder of the answers."""

    playwright: Playwright
    file: Path
    data: Path


def killed(places: Places, kind: str, moments: Sequence[float], losses: Losses) -> Iterator[None]:
    """Kill after so many seconds of a recording each, counting what is lost; yield after each, and at the end."""
    store = TakeStore(places.data / "takes")
    known = {store.save(ANSWER.read_bytes(), suffix=".flac", origin=Origin("upload")).id: 0.0}
    with ExitStack() as lasting:
        pages = None if kind == "server" else lasting.enter_context(served(places.data))
        browser = None if kind == "browser" else lasting.enter_context(launched(places.playwright, places.file))
        for moment in moments:
            with ExitStack() as once:
                own_pages = pages or once.enter_context(served(places.data))
                own_browser = browser or once.enter_context(launched(places.playwright, places.file))
                said = kill(kind, own_browser, own_pages, moment)
            left = held(store, known)
            print(f"{kind}: {said:.1f} s shown, {[f'{seconds:.1f}' for seconds in left.values()]} s left", flush=True)
            losses.gone += not left
            losses.seconds += [max(0.0, said - seconds) for seconds in left.values()]
            known |= left
            yield
    store.recover()
    finished = {take.id: audio.length(take.audio) for take in store.all()}
    losses.finished += sum(finished.get(take_id, -1.0) < seconds - 1 / RATE for take_id, seconds in known.items())
    yield


def held(store: TakeStore, known: dict[str, float]) -> dict[str, float]:
    """Return the seconds that the files of new takes hold, by id, whether or not their recording has ended."""
    found: dict[str, float] = {}
    for folder in store.root.iterdir():
        sizes = [file.stat().st_size for file in folder.glob("audio*.wav")]
        if folder.name not in known and sizes:
            found[folder.name] = max(0, max(sizes) - HEADER) / BYTES_PER_SECOND
    return found


def kill(kind: str, browser: Browser, pages: Served, after: float) -> float:
    """Record, end one of the three after so many seconds, without a chance to say so; return what was spoken."""
    context = browser.new_context()
    page = context.new_page()
    practice(page, pages)
    begin(page)
    page.wait_for_timeout(1000 * after)
    doomed = processes(kind, browser, pages)
    said = float(page.evaluate(SHOWN))
    for process in doomed:
        with suppress(ProcessLookupError):  # it ended with the one before
            os.kill(process, signal.SIGKILL)
    time.sleep(0.5)
    if kind == "server":  # a busy machine takes its time to end what was killed
        until(lambda: is_closed(pages.port))
    close(page)
    return said


def is_closed(port: int) -> bool:
    """Whether nobody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def close(page: Page) -> None:
    """Close what may be gone already."""
    with suppress(Error):
        page.context.close()


def processes(kind: str, browser: Browser, pages: Served) -> list[int]:
    """Return the processes of one of the three."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    tabs = [process["id"] for process in found if process["type"] == "renderer"]
    others = [process["id"] for process in found if process["type"] != "renderer"]
    return {"tab": tabs, "browser": [*tabs, *others], "server": processes_of(pages)}[kind]


if __name__ == "__main__":
    main()
