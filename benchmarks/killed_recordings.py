"""Kill the tab, the browser or the server at random moments of a recording, and see how much of it is lost.

    python benchmarks/killed_recordings.py [--rounds 5] [--seed 1]

A take's sound is what its file holds when the next server has started and looked for what was left. What was spoken is
what the recorder showed last before the kill. A take that was finished before is counted as lost if it is gone.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright
from stop_to_feedback import FLAGS, begin, processes_of, spoken

from rehearse import audio
from rehearse.storage.takes import TakeStore
from tests.served import Served, served

KINDS = ("tab", "browser", "server")
LONGEST = 12.0
SHOWN = "() => document.querySelector('.recorder').dataset.spoken"


def main() -> None:
    """Kill, start again, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    folder = Path(tempfile.mkdtemp())
    try:
        file = spoken(folder, 30, 0)
        with sync_playwright() as playwright:
            lost = {kind: [once(playwright, folder, file, kind, chance) for _ in range(args.rounds)] for kind in KINDS}
    finally:
        shutil.rmtree(folder)
    print("| killed | times | most lost | takes that are gone |\n|---|---|---|---|")
    for kind, found in lost.items():
        known = [seconds for seconds in found if seconds is not None]
        print(f"| {kind} | {len(found)} | {max(known, default=0):.1f} s | {found.count(None)} |")


def once(playwright: Playwright, folder: Path, file: Path, kind: str, chance: random.Random) -> float | None:
    """Return the seconds that one kill costs; None if the whole take, or an earlier one, is gone."""
    data = Path(tempfile.mkdtemp(dir=folder))
    store = TakeStore(data / "takes")
    flags = [*FLAGS, f"--use-file-for-fake-audio-capture={file}%noloop"]
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
    try:
        with served(data) as pages:
            page = browser.new_page()
            page.goto(pages.way_in())
            page.get_by_role("link", name="Practice", exact=True).click()
            begin(page)
            page.wait_for_timeout(1000 * chance.uniform(1, LONGEST))
            said = float(page.evaluate(SHOWN))
            kill(kind, browser, pages)
            time.sleep(0.5)
    finally:
        browser.close()
    left = store.recover() or store.all()
    print(f"{kind}: {said:.1f} s shown, {[audio.length(take.audio) for take in left]} s left", flush=True)
    return max(0.0, said - audio.length(left[0].audio)) if left else None


def kill(kind: str, browser: Browser, pages: Served) -> None:
    """End one of the three, without a chance to say so."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    tabs = [process["id"] for process in found if process["type"] == "renderer"]
    others = [process["id"] for process in found if process["type"] != "renderer"]
    doomed = {"tab": tabs, "browser": [*tabs, *others], "server": processes_of(pages)}[kind]
    for process in doomed:
        with suppress(ProcessLookupError):  # it ended with the one before
            os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    main()
