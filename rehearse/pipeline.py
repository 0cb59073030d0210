"""The data path on one screen: recording, words, answer, measurements, attempt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from importlib.metadata import version

from rehearse import allocator, content
from rehearse.analysis import answer_from_sound, answer_from_text, measure
from rehearse.datatypes import Attempt, Origin, Question, Recording
from rehearse.events.markers import MARKERS
from rehearse.transcription import Transcriber

Progress = Callable[[str, float], None]
"""Called with the step (``transcribe``, ``measure``) and how much of it is done, 0 to 1."""


def warm_up() -> None:
    """Begin to load what is needed behind the listening, on a thread beside it; what goes wrong is told when it is used."""
    ThreadPoolExecutor(1, "rehearse-warm-up").submit(content.load)


def process(
    recording: Recording,
    *,
    question: Question | None,
    transcriber: Transcriber,
    take_id: str,
    spoken_at: datetime,
    audio: str | None = None,
    sha256: str | None = None,
    origin: Origin = Origin(),  # noqa: B008 - frozen
    markers: Collection[str] = MARKERS,
    progress: Progress | None = None,
) -> Attempt:
    """Analyse one recorded answer.

    Args:
        recording: Mono sound at 16 kHz, as ``audio.load`` gives it.
        question: What was asked, where it is known.
        transcriber: Listens to it.
        take_id: Names the attempt.
        spoken_at: When it was said, in UTC.
        audio: File name inside the take's folder.
        sha256: Of the recording's bytes.
        origin: How the recording came about.
        markers: Discourse markers to look for.
        progress: Told of each step.

    """
    told = progress or (lambda _step, _fraction: None)

    def listening(fraction: float) -> None:
        # Not before: while the weights load, two more threads would only hold each other up.
        if not fraction:
            warm_up()
        told("transcribe", fraction)

    heard = transcriber(recording, listening)
    # What Whisper leaves lies in pieces, and the parser of a long answer would need as much again.
    allocator.give_back_what_is_freed(recording.duration)
    told("measure", 0.0)
    answer = answer_from_sound(recording, heard, question, markers=markers)
    attempt = Attempt(
        id=take_id,
        question=question,
        spoken_at=spoken_at,
        duration=recording.duration,
        model=transcriber.name,
        transcript=answer.transcript,
        fillers=answer.fillers,
        pauses=answer.pauses,
        measurements=measure(answer),
        story=content.find_story(answer.transcript, answer.kind),
        audio=audio,
        sha256=sha256,
        quality=answer.quality,
        speech=answer.speech,
        origin=origin,
        program=version("rehearse"),
    )
    told("measure", 1.0)
    return attempt


def process_text(
    text: str, *, kind: str | None, take_id: str, spoken_at: datetime, markers: Collection[str] = MARKERS
) -> Attempt:
    """Analyse an answer that is text already; all that needs sound is None."""
    answer = answer_from_text(text, kind, markers=markers)
    return Attempt(
        id=take_id,
        question=None,
        spoken_at=spoken_at,
        duration=None,
        model=None,
        transcript=answer.transcript,
        fillers=answer.fillers,
        measurements=measure(answer),
        story=content.find_story(answer.transcript, kind),
    )
