"""A whole batch on a graphics card: how many hours of sound an hour, and how far its results are from the processor's.

    python -m benchmarks.batch_card [--hours 20] [--reference 24] [--device cuda] [--model tiny.en] [--seconds 420]

Makes answers of 20 to 90 s out of the recordings of the tests, each with bytes of its own, measures all of them on the
card as ``rehearse batch --device cuda`` does, and some of them on the processor too. Prints the rate while it goes, and
at the end: seconds of sound a second, how busy the processor was, how many words differ, and how far each measurement
is. With --device cpu it runs where there is no card. Ends by itself after --seconds, with the rate until then.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from rehearse import audio
from rehearse.app.batch.engine import LocalEngine, recordings_together
from rehearse.app.batch.results import rows
from rehearse.app.batch.run import Done, Settings, run
from rehearse.app.batch.sources import Item
from rehearse.app.batch.store import WorkStore
from rehearse.audio.wav import header
from rehearse.metrics import METRICS
from rehearse.transcription import Computing, whisper
from rehearse.transcription.card import card_problem, computing_on

RECORDINGS = Path(__file__).parent.parent / "tests" / "data" / "recordings"
SHORTEST, LONGEST = 20.0, 90.0
"""Seconds of an answer."""
MEAN = (SHORTEST + LONGEST) / 2
SHOWN_EVERY = 15.0
REFERENCE_SECONDS = 120.0
"""Most seconds on the processor."""


def clips() -> list[np.ndarray[Any, np.dtype[np.float32]]]:
    """Decode the recordings of the tests once."""
    return [audio.load(path).samples for path in sorted(RECORDINGS.rglob("*.flac"))]


def make(folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Write answers: recordings one after another, a little louder or softer each time."""
    sounds, written = clips(), []
    for number in range(count):
        wanted, parts = chance.uniform(SHORTEST, LONGEST), []
        while sum(map(len, parts)) < wanted * audio.SAMPLE_RATE:
            parts.append(chance.choice(sounds) * chance.uniform(0.6, 1.0))
        sound = np.concatenate(parts)[: round(wanted * audio.SAMPLE_RATE)]
        path = folder / f"{number:05}.wav"
        path.write_bytes(header(audio.SAMPLE_RATE, len(sound)) + (sound * 32767).astype("<i2").tobytes())
        written.append(path)
    return written


def seconds_of(path: Path) -> float:
    """Return the length of an answer that ``make`` wrote."""
    return path.stat().st_size / 2 / audio.SAMPLE_RATE


class Watch:
    """Prints the rate while a batch goes, and stops it when its time is up."""

    def __init__(self, name: str, limit: float) -> None:
        self.name, self.limit = name, limit
        self.done: list[Done] = []
        self.sound = 0.0
        self.first = self.last = self.begun = time.monotonic()
        self.shown = self.begun
        self.first_sound = 0.0

    def __call__(self, found: Done) -> None:
        """Count one answer."""
        now = time.monotonic()
        if not self.done:
            self.first, self.first_sound = now, seconds_of(Path(found.item.file))
        self.done.append(found)
        self.sound += seconds_of(Path(found.item.file))
        self.last = now
        if found.error is not None:
            print(f"  {found.error}")
        if now - self.shown > SHOWN_EVERY:
            self.shown = now
            print(f"  {self.name}: {len(self.done)} answers, {self.rate:.0f} x real time", flush=True)
        if now - self.begun > self.limit:
            raise KeyboardInterrupt

    @property
    def rate(self) -> float:
        """Seconds of sound a second, once the first answer is there: loading the weights is not counted."""
        return (self.sound - self.first_sound) / max(1e-9, self.last - self.first)


def batch(watch: Watch, files: Sequence[Path], folder: Path, engine: LocalEngine, settings: Settings) -> Watch:
    """Run one batch; print its rate, and return what it did."""
    name = watch.name
    store = WorkStore(folder)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        run([Item(str(file)) for file in files], store, engine, settings, watch)
    except KeyboardInterrupt:
        print(f"  {name}: stopped after {watch.limit:.0f} s")
    finally:
        store.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / (time.monotonic() - watch.begun)
    failed = sum(isinstance(found.error, str) for found in watch.done)
    print(
        f"{name}: {len(watch.done)} answers, {watch.sound / 3600:.2f} h of sound, {watch.rate:.0f} x real time "
        f"(with the start {watch.sound / (time.monotonic() - watch.begun):.0f} x; the first answer after "
        f"{watch.first - watch.begun:.1f} s), {busy:.1f} cores busy, "
        f"{failed} failed",
        flush=True,
    )
    return watch


def compare(card: dict[str, Any], processor: dict[str, Any]) -> None:
    """Print how far the rows of the same answers are from each other."""
    common = sorted(card.keys() & processor.keys())
    differing = total = 0
    fillers = []
    for name in common:
        one, other = (side[name]["transcript"]["text"].split() for side in (card, processor))
        same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
        differing += max(len(one), len(other)) - same
        total += len(other)
        counted = [
            sum(f["kind"] == "filled_pause" and f["status"] == "counted" for f in side[name]["fillers"])
            for side in (card, processor)
        ]
        fillers.append(counted[0] - counted[1])
    print(
        f"{len(common)} answers on both: {differing} of {total} words differ ({100 * differing / max(1, total):.2f} %)"
    )
    print(f"filled pauses: {sum(map(abs, fillers))} more or fewer, {sum(fillers):+d} in all")
    for metric in METRICS:
        pairs = [tuple(side[name]["measurements"][metric]["value"] for side in (card, processor)) for name in common]
        known = [(a, b) for a, b in pairs if a is not None and b is not None]
        far = sorted(abs(a - b) for a, b in known)
        unknown = sum((a is None) != (b is None) for a, b in pairs)
        if far and (far[-1] or unknown):
            print(f"  {metric:32} median {median(far):.3f}, most {far[-1]:.3f}, not judged on one side alone {unknown}")


def rows_of(folder: Path, watch: Watch, settings: Settings) -> dict[str, Any]:
    """Return the rows of a batch by file."""
    store = WorkStore(folder)
    try:
        return {row["file"]: row for row in rows(watch.done, store, settings)}
    finally:
        store.close()


def first_words(files: Sequence[Path], model: str, computing: Computing) -> None:
    """Transcribe a few answers in this very process, so that an error of the card is seen whole."""
    recordings = [audio.load(file) for file in files]
    begun = time.monotonic()
    transcriber = whisper(model, computing=computing)
    transcriber.together(recordings[:1])
    print(f"loaded, and one answer transcribed, after {time.monotonic() - begun:.1f} s")
    begun = time.monotonic()
    outputs = transcriber.together(recordings)
    seconds, sound = time.monotonic() - begun, sum(recording.duration for recording in recordings)
    words = sum(len(output.words) for output in outputs)
    print(
        f"one process, {len(files)} answers together: {words} words, {sound / seconds:.0f} x real time, detector, "
        "spectra and words alone",
        flush=True,
    )


def linked_libraries() -> None:
    """Start again with links to CUDA 13's libraries under the names of CUDA 12's, where only those are installed.

    CTranslate2 opens its libraries by name, and the linker reads its path when a program starts.
    """
    problem = card_problem()
    if problem is None or "LINKED" in os.environ:
        return
    spec = find_spec("nvidia")
    folders = [lib for place in (spec and spec.submodule_search_locations) or () for lib in Path(place).glob("*/lib")]
    links = Path(tempfile.mkdtemp(prefix="rehearse-links-"))
    for folder in folders:
        for library in folder.glob("libcublas*.so.13"):
            (links / library.name.replace(".so.13", ".so.12")).symlink_to(library)
    print(f"{problem}; trying again with links to {[path.name for path in links.iterdir()]}", flush=True)
    path = os.pathsep.join(map(str, [links, *folders, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])]))
    environment = {**os.environ, "LD_LIBRARY_PATH": path, "LINKED": "yes"}
    os.execve(  # noqa: S606 - this very script
        sys.executable, [sys.executable, "-m", "benchmarks.batch_card", *sys.argv[1:]], environment
    )


def main() -> None:
    """Run both batches and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=20.0)
    parser.add_argument("--reference", type=int, default=24, help="answers that are measured on the processor too")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--seconds", type=float, default=420.0, help="most seconds for the batch on the card")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--together", type=int, help="recordings that a worker transcribes together")
    parser.add_argument("--folder", type=Path, help="where the answers are made (default: a temporary folder)")
    given = parser.parse_args()
    if given.device == "cuda":
        linked_libraries()
    computing = computing_on(given.device)
    with tempfile.TemporaryDirectory(prefix="rehearse-card-", dir=given.folder) as name:
        folder = Path(name)
        (folder / "answers").mkdir()
        begun = time.monotonic()
        files = make(folder / "answers", round(given.hours * 3600 / MEAN), random.Random(0))
        print(f"{len(files)} answers made in {time.monotonic() - begun:.0f} s; {os.cpu_count()} cores", flush=True)
        together = given.together or recordings_together(computing)
        first_words(files[: 2 * together if given.device == "cuda" else 1], given.model, computing)
        settings = Settings(given.model, computing=computing, together=together)
        card = LocalEngine(given.model, workers=given.workers, computing=computing, together=together)
        on_card = batch(Watch(given.device, given.seconds), files, folder / "card", card, settings)
        if given.reference:
            plain = Settings(given.model)
            processor = LocalEngine(given.model, workers=given.workers)
            on_processor = batch(
                Watch("processor", REFERENCE_SECONDS), files[: given.reference], folder / "processor", processor, plain
            )
            compare(rows_of(folder / "card", on_card, settings), rows_of(folder / "processor", on_processor, plain))


if __name__ == "__main__":
    main()
    sys.exit()
