"""How long ``rehearse`` takes, beside a plain faster-whisper script, and how much memory.

python benchmarks/speed.py [--rounds 5]

All are whole processes that take turns on the same recording with the same weights, and the ratio is taken pair by
pair, so that a busy machine slows both. It still slows rehearse more, which uses two processors where the plain script
uses
little more than one: measure on a quiet machine. Processor seconds hardly change with load. The plain script runs
twice:
as faster-whisper is by default, which on a processor is float32, and in the int8 that rehearse uses. Bytecode is
written
first, as an installation does, so that nothing is compiled in a run.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright
from screenshots import printed_address

from rehearse import weights

ROOT = Path(__file__).parent.parent
ANSWER = ROOT / "tests" / "data" / "recordings" / "synthetic" / "long_answer.flac"
REHEARSE = [sys.executable, "-c", "from rehearse.cli import run; run()"]
PLAIN = """
import sys
from faster_whisper import WhisperModel
model = WhisperModel(sys.argv[1], device="cpu", compute_type=sys.argv[2])
segments, _ = model.transcribe(sys.argv[3], beam_size=5, word_timestamps=True)
print([(word.word, word.start, word.end) for segment in segments for word in segment.words])
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one whole process: seconds on the clock and of the processors, peak memory in MB."""

    seconds: float
    processor: float
    memory: float


def whole_process(command: Sequence[str]) -> Cost:
    """Run a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[:3]} ended with {process.returncode}")
    kilo = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * kilo / 1e6)


def middle(command: Sequence[str], rounds: int) -> float:
    """Give the middle of several runs, in seconds, the first one left out, which fills the caches."""
    return median([whole_process(command).seconds for _ in range(rounds + 1)][1:])


def analyze(rounds: int) -> None:
    """Compare ``rehearse analyze`` with the plain script, in turns."""
    plain = [sys.executable, "-c", PLAIN, str(weights.path("tiny.en"))]
    commands = {
        "rehearse analyze": [*REHEARSE, "analyze", "--json", str(ANSWER)],
        "plain, default": [*plain, "default", str(ANSWER)],
        "plain, int8": [*plain, "int8", str(ANSWER)],
    }
    turns = [{name: whole_process(command) for name, command in commands.items()} for _ in range(rounds + 1)][1:]
    for name in commands:
        runs = [turn[name] for turn in turns]
        ratios = [turn["rehearse analyze"].seconds / turn[name].seconds for turn in turns]
        print(
            f"{name:18}{median(run.seconds for run in runs):6.2f} s   "
            f"processor {median(run.processor for run in runs):5.2f} s   peak {max(run.memory for run in runs):4.0f} "
            "MB   "
            f"rehearse takes {median(ratios):.2f} of it ({min(ratios):.2f} to {max(ratios):.2f})"
        )


def page() -> float:
    """Give the seconds from ``rehearse`` until a browser shows a page with a button to press."""
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        start = time.perf_counter()
        command = [*REHEARSE, "page", "--no-browser"]
        environment = os.environ | {"REHEARSE_DATA": data}
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            tab.goto(printed_address(server))
            tab.locator("[data-testid=stMain] button:enabled").first.wait_for()
            return time.perf_counter() - start
        finally:
            server.terminate()
            server.wait()
            browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each (default: 5)")
    given = parser.parse_args().rounds
    compileall.compile_dir(ROOT / "rehearse", quiet=1)
    analyze(given)
    print(f"{'import rehearse':24}{middle([sys.executable, '-c', 'import rehearse'], given):6.2f} s")
    print(f"{'rehearse --help':24}{middle([*REHEARSE, '--help'], given):6.2f} s")
    print(f"{'page interactive':24}{median(page() for _ in range(3)):6.2f} s")
    print(f"load of the machine now: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
