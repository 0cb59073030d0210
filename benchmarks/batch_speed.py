"""How much faster a batch is than a plain loop over faster-whisper, how soon a second run ends, and how memory grows.

    python -m benchmarks.batch_speed [--files 8] [--rounds 3] [--memory 0]

Answers of 20 to 90 s are cut into as many parts as there are rounds. In each round the loop and the batch take turns on
the same files, so that a busy machine slows both, and the ratio is taken round by round. The loop is one process that
calls ``transcribe`` for one file after another: same weights, int8, beam 5, word times, on all cores; its weights are
loaded before the clock starts. The batch is the whole command, workers and all, with decoding, measuring and writing;
its start is counted, so that few files a round show less than many. Processor seconds hardly change with load.

--memory N then runs the batch over N and 10 N files, and compares the peaks of the process that writes the results.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.batch_card import make, seconds_of
from rehearse import weights

PLAIN = """
import sys, time
from faster_whisper import WhisperModel
model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", local_files_only=True)
print("ready", flush=True)
sys.stdin.readline()
start, busy = time.monotonic(), time.process_time()
for file in sys.argv[2:]:
    segments, _ = model.transcribe(file, beam_size=5, word_timestamps=True)
    list(segments)
print(time.monotonic() - start, time.process_time() - busy)
"""
BATCH = [sys.executable, "-c", "from rehearse.cli import run; run()", "batch"]


def plain(files: list[Path]) -> tuple[float, float]:
    """Return the seconds and the processor seconds of the loop, without loading."""
    command = [sys.executable, "-c", PLAIN, str(weights.path("tiny.en")), *map(str, files)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            msg = "the loop did not start"
            raise RuntimeError(msg)
        out, _ = process.communicate("go\n")
    seconds, busy = map(float, out.split())
    return seconds, busy


def batch(files: list[Path], out: Path, *options: str) -> tuple[float, float, int]:
    """Return the seconds and processor seconds of a whole batch, and the largest process in MB."""
    start = time.monotonic()
    process = subprocess.Popen(
        [*BATCH, *map(str, files), "--out", str(out), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        msg = f"the batch ended with status {process.returncode}"
        raise RuntimeError(msg)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def memory(base: Path, files: list[Path], count: int) -> None:
    """Compare the peak memory over ``count`` and ten times as many files."""
    peaks = []
    for times in (1, 10):
        folder = base / f"many-{times}"
        folder.mkdir()
        for number in range(count * times):
            shutil.copy(files[number % len(files)], folder / f"{number:05}.wav")
        seconds, _, _ = batch([folder], base / "memory")
        again, _, peak = batch([folder], base / "memory")
        peaks.append(peak)
        print(f"{count * times} files: {seconds:.1f} s, again {again:.1f} s, peak {peak} MB")
    print(f"peak over {10 * count} files: {peaks[1] / peaks[0]:.2f} of that over {count}")


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=8, help="files in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, help="files for the smaller of two runs; 0 leaves it out")
    parser.add_argument("--workers", help="as for `rehearse batch`")
    parser.add_argument("--together", help="as for `rehearse batch`")
    given = parser.parse_args()
    chosen = {"--workers": given.workers, "--together": given.together}
    options = [part for name, value in chosen.items() if value for part in (name, value)]
    ratios, again = [], []
    with tempfile.TemporaryDirectory(prefix="rehearse-speed-") as name:
        base = Path(name)
        (base / "answers").mkdir()
        hours = given.files * given.rounds * 55 / 3600
        files = make(base / "answers", hours, random.Random(1))
        for turn in range(given.rounds):
            part = files[turn :: given.rounds]
            sound = sum(map(seconds_of, part))
            loop, loop_busy = plain(part)
            own, busy, peak = batch(part, base / f"out-{turn}", *options)
            second, _, _ = batch(part, base / f"out-{turn}", *options)
            ratios.append(loop / own)
            again.append(own / second)
            print(
                f"{len(part)} files, {sound:.0f} s of sound: loop {loop:.1f} s, batch {own:.1f} s = {loop / own:.2f} x "
                f"({sound / own:.0f} x real time), second run {second:.1f} s, peak {peak} MB; "
                f"processor seconds: loop {loop_busy:.1f}, batch {busy:.1f}; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
        print(f"throughput of a batch: {median(ratios):.2f} x the loop's ({min(ratios):.2f} to {max(ratios):.2f})")
        print(f"second run: {median(again):.0f} x faster")
        workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"largest process: {workers} MB")
        if given.memory:
            memory(base, files, given.memory)


if __name__ == "__main__":
    main()
