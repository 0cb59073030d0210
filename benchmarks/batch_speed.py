"""How much faster a batch is than a plain loop over faster-whisper, how soon a second run ends, and how memory grows.

    python -m benchmarks.batch_speed [--files 8] [--rounds 3] [--table 10 100 1000] [--loop-up-to 100]

Answers of 20 to 90 s are cut into as many parts as there are rounds. In each round the loop and the batch take turns on
the same files, so that a busy machine slows both, and the ratio is taken round by round. The loop is one process that
calls ``transcribe`` for one file after another: same weights, int8, beam 5, word times, on all cores; its weights are
loaded before the clock starts. The batch is the whole command, workers and all, with decoding, measuring and writing;
its start is counted, so that few files a round show less than many. Processor seconds hardly change with load.

--table then runs batches of so many files, all different, and compares their peaks of memory.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
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


def table(base: Path, counts: list[int], loop_up_to: int) -> None:
    """Time batches of so many answers, each with bytes of its own, and compare their peaks of memory.

    The second run starts no workers, so that its peak is that of the process which writes the results.
    """
    peaks = []
    for count in counts:
        folder = base / f"table-{count}"
        folder.mkdir()
        files = make(folder, count, random.Random(count))
        sound = sum(map(seconds_of, files))
        loop = f"loop {plain(files)[0]:.1f} s, " if count <= loop_up_to else ""
        own, busy, peak = batch([folder], base / f"results-{count}")
        again, _, writing = batch([folder], base / f"results-{count}")
        peaks.append((peak, writing))
        print(
            f"{count} files, {sound / 3600:.2f} h of sound: {loop}batch {own:.1f} s ({sound / own:.0f} x real time), "
            f"again {again:.1f} s, largest process {peak} MB, writing {writing} MB; "
            f"processor seconds {busy:.1f}; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    for (fewer, less), (more, peaks_of_more) in pairwise(zip(counts, peaks, strict=True)):
        largest, writing = (peak / other for peak, other in zip(peaks_of_more, less, strict=True))
        print(f"peak over {more} files: largest process {largest:.2f}, writing {writing:.2f} of that over {fewer}")


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=8, help="files in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--table", type=int, nargs="*", default=[], metavar="N", help="also batches of so many files")
    parser.add_argument("--loop-up-to", type=int, default=100, help="most files in the table that the loop does too")
    parser.add_argument("--workers", help="as for `rehearse batch`")
    parser.add_argument("--together", help="as for `rehearse batch`")
    given = parser.parse_args()
    chosen = {"--workers": given.workers, "--together": given.together}
    options = [part for name, value in chosen.items() if value for part in (name, value)]
    ratios, again = [], []
    with tempfile.TemporaryDirectory(prefix="rehearse-speed-") as name:
        base = Path(name)
        (base / "answers").mkdir()
        files = make(base / "answers", given.files * given.rounds, random.Random(1))
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
        table(base, given.table, given.loop_up_to)


if __name__ == "__main__":
    main()
