"""What is done after Stop, step by step, for an answer that arrives quicker than it could be spoken.

    python benchmarks/after_stop.py [--seconds 30 180 600] [--rounds 3] [--speed 10] [--model tiny.en]
                                    [--profile] [--same]

The blocks go the way of the browser's: to the disk, then to the listening. The answer is the long synthetic one, over
and over, with 1.5 s of silence before Stop. ``--profile`` prints where the time of the last round goes;
``--same`` analyses the file of the last round by itself and compares all that was found.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.stop_to_feedback import spoken
from rehearse.app.feedback_context import feedback_context
from rehearse.app.worker import Worker
from rehearse.feedback import give_feedback
from rehearse.model import Attempt, Origin
from rehearse.pages.practice.browser_recording import BrowserRecording, Ticket
from rehearse.pages.practice.live_recording import LiveListening
from rehearse.pipeline import analyse_take
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from rehearse.story import key_words
from rehearse.transcription import Transcriber, whisper

STEPS = ("finish", "decode", "transcribe", "measure", "save", "feedback")
RATE = 16_000
BLOCK = RATE // 10
SILENCE = 1.5


def main() -> None:
    """Push, stop, analyse, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, nargs="+", default=[30, 180, 600])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--speed", type=float, default=10.0, help="times as fast as it is spoken")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--same", action="store_true")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        history = History(folder / "history.db")
        store = TakeStore(folder / "takes")
        transcriber = whisper(args.model)
        worker = Worker(store, history, lambda: transcriber)
        profile = cProfile.Profile() if args.profile else None
        timed(worker, sound(folder, 5), args.speed)  # loads the weights and the parser
        print("| answer | " + " | ".join(STEPS) + " | in all |\n|" + "---|" * (len(STEPS) + 2))
        for seconds in args.seconds:
            samples = sound(folder, seconds)
            for number in range(args.rounds):
                last = number == args.rounds - 1
                found = timed(worker, samples, args.speed, profile if last else None)
                show(f"{seconds:.0f} s", found)
            if profile is not None:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
            if args.same:
                print("same as from the file:", is_same(worker, transcriber))
    finally:
        shutil.rmtree(folder)


def sound(folder: Path, seconds: float) -> npt.NDArray[np.int16]:
    """Return the samples of an answer that is silent before its end."""
    samples, _ = soundfile.read(spoken(folder, seconds, SILENCE), dtype="int16", frames=round(seconds * RATE))
    return np.asarray(samples, np.int16)


def show(label: str, found: list[float]) -> None:
    """Print a row."""
    print(f"| {label} | " + " | ".join(f"{step:.3f}" for step in found) + f" | {sum(found):.2f} |", flush=True)


def timed(
    worker: Worker, samples: npt.NDArray[np.int16], speed: float, profile: cProfile.Profile | None = None
) -> list[float]:
    """Record one answer, and return the seconds of each of ``STEPS``."""
    recording, finished = pushed(worker, samples, speed)
    moments = [time.perf_counter()]
    take = recording.stop()
    moments.append(time.perf_counter())
    if profile is not None:
        profile.enable()
    attempt = analysed(take, finished[0], moments)
    worker.history.add(attempt)
    moments.append(time.perf_counter())
    give_feedback(attempt, feedback_context(worker.history.documents, attempt))
    key_words(attempt.transcript)
    moments.append(time.perf_counter())
    if profile is not None:
        profile.disable()
    return list(np.diff(moments))


def facts_of(take: Take) -> dict[str, Any]:
    """Return what the analysis of a take is told of it."""
    return {
        "take_id": take.id,
        "spoken_at": take.recorded_at,
        "question": take.question,
        "origin": take.origin,
    }


def is_same(worker: Worker, transcriber: Transcriber) -> bool:
    """Whether the newest answer is what its file gives by itself."""
    take = worker.store.all()[0]
    found = worker.history.get(take.id)
    alone = analyse_take(take.audio, transcriber=lambda: transcriber, **facts_of(take))
    worker.history.add(alone)
    return found is not None and found == worker.history.get(take.id)


def pushed(
    worker: Worker, samples: npt.NDArray[np.int16], speed: float
) -> tuple[BrowserRecording, list[LiveListening]]:
    """Push an answer as the browser does, its last silence as slowly as it is silent."""
    finished: list[LiveListening] = []
    ticket = Ticket(
        worker.store,
        worker,
        shipped_questions()[0],
        Origin("browser"),
        600,
        lambda _take, listening: finished.append(listening),
    )
    recording = BrowserRecording(ticket)
    recording.begin(RATE)
    due = time.monotonic()
    for number, start in enumerate(range(0, len(samples), BLOCK)):
        due += BLOCK / RATE / (speed if start < len(samples) - SILENCE * RATE else 1.0)
        recording.push(number, samples[start : start + BLOCK])
        time.sleep(max(0.0, due - time.monotonic()))
    return recording, finished


def analysed(take: Take, listening: LiveListening, moments: list[float]) -> Attempt:
    """Analyse the take that was heard, and note when each step begins."""
    live = listening.transcriber
    if live is None:
        msg = "the take was not heard while it was recorded"
        raise ValueError(msg)

    def note(step: str, fraction: float) -> None:
        if step in ("transcribe", "measure") and not fraction and len(moments) <= STEPS.index(step):
            moments.append(time.perf_counter())

    attempt = analyse_take(take.audio, transcriber=lambda: live, meter=listening.meter, progress=note, **facts_of(take))
    moments.append(time.perf_counter())
    return attempt


if __name__ == "__main__":
    main()
