"""Small builders that every test may use: answers from text, plain sounds, a whole attempt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from rehearse.events.hedges import find_hedges
from rehearse.events.repetitions import find_repetitions
from rehearse.metrics import METRICS
from rehearse.model import (
    Answer,
    Attempt,
    Filler,
    Measurement,
    Pause,
    Question,
    Recording,
    Span,
    Story,
    Transcript,
    Voice,
    Word,
)

SAMPLE_RATE = 16_000
FILLED_PAUSES = frozenset({"um", "uh", "er", "erm", "hmm", "ah"})
SPOKEN_AT = datetime(2025, 3, 14, 9, 26, 53, tzinfo=UTC)
QUESTION = Question(
    id="deadline-moved",
    prompt="Tell me about a time when a deadline moved and you had to change your plan.",
    kind="behavioral",
    listen_for=("what changed", "your own decision"),
    probes=("What would you do differently?",),
)


def words(text: str, *, start: float = 0.0, seconds: float | None = None) -> tuple[Word, ...]:
    """Spread the words of ``text`` evenly over ``seconds``; 0.4 s each where none are given."""
    heard = text.split()
    step = 0.4 if seconds is None else seconds / max(len(heard), 1)
    return tuple(Word(word, start + i * step, start + (i + 1) * step, 0.9) for i, word in enumerate(heard))


def write(folder: Path, name: str, text: str | bytes) -> Path:
    """Put a file into a folder."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def written(text: str) -> Transcript:
    """Give each word its character offsets, as a text answer has them."""
    found = re.finditer(r"\S+", text)
    return Transcript(tuple(Word(word.group(), word.start(), word.end()) for word in found), timed=False)


def say(
    text: str,
    *,
    seconds: float | None = None,
    kind: str | None = None,
    pauses: Sequence[tuple[float, float]] = (),
    recording: Recording | None = None,
) -> Answer:
    """Speak ``text`` from 0 to ``seconds`` without a gap; um, uh, er, erm, hmm and ah are counted as fillers.

    ``pauses`` gives (start, end) in seconds; they do not move the words.
    """
    heard = words(text, seconds=seconds)
    end = heard[-1].end if heard else (seconds or 0.0)
    transcript = Transcript(heard, "en" if heard else None)
    return Answer(
        transcript=transcript,
        fillers=filled_pauses(heard),
        pauses=tuple(Pause(Span(first, last)) for first, last in pauses),
        hedges=find_hedges(transcript),
        repetitions=find_repetitions(transcript),
        speech=Span(0.0, end) if heard else None,
        duration=end,
        kind=kind,
        recording=recording,
    )


def analysed(
    answer: Answer,
    *measurements: Measurement,
    story: Story = Story(None),  # noqa: B008 - frozen
    question: Question | None = None,
    kind: str | None = None,
) -> Attempt:
    """Give the attempt that an answer makes, with these measurements and this story."""
    return Attempt(
        id="take-1",
        question=question,
        spoken_at=SPOKEN_AT,
        duration=answer.duration,
        model=None,
        transcript=answer.transcript,
        fillers=answer.fillers,
        pauses=answer.pauses,
        measurements=measurements,
        story=story,
        speech=answer.speech,
        stated_kind=kind or answer.kind,
    )


def hum(*, low: float, high: float, seconds: float = 20.0) -> Answer:
    """Speak at one level, the pitch gliding evenly in semitones from ``low`` to ``high`` Hz in each second."""
    count = round(seconds * 100)
    glide = low * (high / low) ** ((np.arange(count) % 100 + 0.5) / 100)
    voice = Voice(0.01, glide, np.full(count, -20.0, np.float32), np.ones(count, bool))
    return replace(say("la " * round(3 * seconds), seconds=seconds), voice=voice)


def filled_pauses(heard: Sequence[Word]) -> tuple[Filler, ...]:
    """Find the words that are filled pauses whatever their neighbours are."""
    bare = [word.text.strip(".,!?").lower() for word in heard]
    return tuple(
        Filler("filled_pause", text, Span(word.start, word.end, word.text), ("transcript",), 0.9, index=index)
        for index, (text, word) in enumerate(zip(bare, heard, strict=True))
        if text in FILLED_PAUSES
    )


def tone(seconds: float = 1.0, *, hertz: float = 220.0, peak: float = 0.3, sample_rate: int = SAMPLE_RATE) -> Recording:
    """Sound a sine wave; a peak above 1 comes back clipped."""
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    wave = peak * np.sin(2 * np.pi * hertz * time)
    return Recording(np.clip(wave, -1, 1).astype(np.float32), sample_rate)


def silence(seconds: float = 1.0, *, sample_rate: int = SAMPLE_RATE) -> Recording:
    """Keep digital silence."""
    return Recording(np.zeros(round(seconds * sample_rate), np.float32), sample_rate)


def joined(*parts: Recording) -> Recording:
    """Play recordings of one sample rate one after the other."""
    return Recording(np.concatenate([part.samples for part in parts]), parts[0].sample_rate)


def measured_as(metric: str, value: float | None) -> Measurement:
    """Give a value by today's formula; of a metric that is not known here by its first one."""
    version = METRICS[metric].version if metric in METRICS else 1
    return Measurement(metric, value, (Span(0.5, 1.0),), version)


def attempt(
    id: str = "take-1",  # noqa: A002 - the field's own name
    *,
    text: str = "Um, last spring I led the move to the new ward and the waiting list fell by a third.",
    question: Question | None = QUESTION,
    spoken_at: datetime = SPOKEN_AT,
    duration: float | None = 12.5,
    model: str | None = "tiny.en",
    values: Mapping[str, float | None] | None = None,
    story: Story | None = None,
) -> Attempt:
    """Give a plausible analysed answer; ``values`` are its measurements by metric."""
    answer = say(text, seconds=duration, pauses=((1.0, 1.4),))
    measured = {"speech_rate": 141.5, "filled_pause_rate": 4.8} if values is None else values
    return Attempt(
        id=id,
        question=question,
        spoken_at=spoken_at,
        duration=duration,
        model=model,
        transcript=answer.transcript,
        fillers=answer.fillers,
        pauses=answer.pauses,
        measurements=tuple(measured_as(metric, value) for metric, value in measured.items()),
        story=story or Story("story", Span(0.7, 5.0, "last spring I led"), action=(Span(2.1, 5.0, "I led"),)),
        audio="audio.wav",
        sha256="0" * 64,
    )
