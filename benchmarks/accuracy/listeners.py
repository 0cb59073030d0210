"""What each way of listening makes of a recording: plain faster-whisper, a prompt for the whole file, and rehearse.

Plain faster-whisper is ``transcribe`` with beam 5, word timestamps, int8, its own temperatures and no conditioning on
earlier text. Its pauses are the gaps of at least 0.25 s between words, and its speech rate runs from the first word to
the last: what a script built on it would report.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.accuracy.truth import content_words
from rehearse import audio, weights
from rehearse.language.words import is_filled_pause
from rehearse.model import Attempt, Span
from rehearse.pipeline import process
from rehearse.transcription import whisper

LIST = "Um, uh, er, hmm, ah."
"""The prompt that brings most filled pauses back, given once for the whole file."""
_SHORTEST_PAUSE = 0.25
_SEED = 0
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Output:
    """What came out for one recording.

    Attributes:
        filled_pauses: Those counted.
        seconds: On the clock, loading of the model left out.
        words: Content words, plain; None where the tool tells none.
        pauses: Silent pauses; None likewise.
        values: Measurements by name; None where one is undefined.

    """

    filled_pauses: tuple[Span, ...]
    seconds: float
    words: tuple[str, ...] | None = None
    pauses: tuple[Span, ...] | None = None
    values: Mapping[str, float | None] = field(default_factory=dict)


Listener = Callable[[Path], Output]


def plain(model: str, prompt: str | None = None) -> Listener:
    """Load faster-whisper as a script would."""
    import ctranslate2
    from faster_whisper import WhisperModel

    # The retries at higher temperatures draw at random; drawn the same way, a run can be repeated.
    ctranslate2.set_random_seed(_SEED)
    # As many threads as there are processors, as rehearse takes; faster-whisper's own default is four.
    threads = os.cpu_count() or 1
    loaded = WhisperModel(str(weights.path(model)), device="cpu", compute_type="int8", cpu_threads=threads)

    def listen(path: Path) -> Output:
        started = time.perf_counter()
        segments, _ = loaded.transcribe(
            str(path), beam_size=5, word_timestamps=True, condition_on_previous_text=False, initial_prompt=prompt
        )
        words = [word for segment in segments for word in segment.words or ()]
        return _from_words(words, time.perf_counter() - started)

    return listen


def _from_words(words: Sequence[Any], seconds: float) -> Output:
    filled = [word for word in words if is_filled_pause(word.word)]
    content = [word for word in words if not is_filled_pause(word.word) and content_words(word.word)]
    length = content[-1].end - content[0].start if content else 0.0
    return Output(
        filled_pauses=tuple(Span(word.start, max(word.start, word.end)) for word in filled),
        seconds=seconds,
        words=content_words(" ".join(word.word for word in content)),
        pauses=tuple(_gaps(content)),
        values={"speech_rate": 60 * len(content) / length if length > 0 else None},
    )


def _gaps(words: Sequence[Any]) -> Iterator[Span]:
    for before, after in itertools.pairwise(words):
        if after.start - before.end >= _SHORTEST_PAUSE:
            yield Span(before.end, after.start)


def rehearse(model: str) -> Listener:
    """Load rehearse; each recording goes the whole way, from the file to the measurements."""
    transcriber = whisper(model)

    def listen(path: Path) -> Output:
        started = time.perf_counter()
        recording = audio.load(path)
        attempt = process(recording, question=None, transcriber=transcriber, take_id=path.stem, spoken_at=_NEVER)
        return _from_attempt(attempt, time.perf_counter() - started)

    return listen


def _from_attempt(attempt: Attempt, seconds: float) -> Output:
    counted = [f.span for f in attempt.fillers if f.kind == "filled_pause" and f.status == "counted"]
    return Output(
        filled_pauses=tuple(counted),
        seconds=seconds,
        words=content_words(attempt.transcript.text),
        pauses=tuple(pause.span for pause in attempt.pauses),
        values=attempt.values,
    )
