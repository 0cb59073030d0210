"""The data path on one screen: recording, words, answer, measurements, attempt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rehearse import audio
from rehearse.analysis.assemble import answer_from_sound, answer_from_text, measure
from rehearse.events.markers import MARKERS
from rehearse.files.program import program_version
from rehearse.model import Answer, Attempt, Origin, Question, Recording
from rehearse.story import find_story, load
from rehearse.transcription import Transcriber

Progress = Callable[[str, float], None]
"""Called with the step (``decode``, ``transcribe``, ``measure``) and how much of it is done, 0 to 1."""


def warm_up() -> None:
    """Begin to load what is needed behind the listening, on a thread beside it; what goes wrong is told when it is used."""
    ThreadPoolExecutor(1, "rehearse-warm-up").submit(load)


def analyse_take(
    path: Path,
    *,
    transcriber: Callable[[], Transcriber],
    take_id: str,
    spoken_at: datetime | None = None,
    question: Question | None = None,
    origin: Origin = Origin(),  # noqa: B008 - frozen
    markers: Collection[str] = MARKERS,
    progress: Progress | None = None,
) -> Attempt:
    """Analyse a recording on disk: decode it, hash it, and ``process`` it.

    Args:
        path: The recording.
        transcriber: Gives who listens, and is asked once the sound is decoded.
        take_id: Names the attempt.
        spoken_at: When it was said, in UTC; None takes the time of the file.
        question: What was asked, where it is known.
        origin: How the recording came about.
        markers: Discourse markers to look for.
        progress: Called at each step.

    Raises:
        ValueError: The file holds no sound that can be read.
        OSError: The file cannot be read.

    """
    if progress:
        progress("decode", 0.0)
    recording, digest = audio.load(path), audio.sha256(path)
    if progress:
        progress("transcribe", 0.0)
    return process(
        recording,
        question=question,
        transcriber=transcriber(),
        take_id=take_id,
        spoken_at=spoken_at or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        audio_name=path.name,
        sha256=digest,
        origin=origin,
        markers=markers,
        progress=progress,
    )


def process(
    recording: Recording,
    *,
    question: Question | None,
    transcriber: Transcriber,
    take_id: str,
    spoken_at: datetime,
    audio_name: str | None = None,
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
        audio_name: File name inside the take's folder.
        sha256: Of the recording's bytes.
        origin: How the recording came about.
        markers: Discourse markers to look for.
        progress: Called at each step.

    """
    report = progress or (lambda _step, _fraction: None)

    def listening(fraction: float) -> None:
        # Not before: while the weights load, two more threads would only hold each other up.
        if not fraction:
            warm_up()
        report("transcribe", fraction)

    heard = transcriber(recording, listening)
    report("measure", 0.0)
    answer = answer_from_sound(recording, heard, question, markers=markers)
    attempt = replace(
        _attempt(answer, take_id, spoken_at),
        question=question,
        model=transcriber.name,
        audio=audio_name,
        sha256=sha256,
        origin=origin,
        program=program_version(),
    )
    report("measure", 1.0)
    return attempt


def process_text(
    text: str,
    *,
    kind: str | None,
    take_id: str,
    spoken_at: datetime,
    question: Question | None = None,
    markers: Collection[str] = MARKERS,
) -> Attempt:
    """Analyse an answer that is text already; all that needs sound is None. ``kind`` may be known without a question."""
    answer = answer_from_text(text, kind, markers=markers)
    return replace(_attempt(answer, take_id, spoken_at), question=question, stated_kind=kind)


def _attempt(answer: Answer, take_id: str, spoken_at: datetime) -> Attempt:
    """Measure an answer, and note what it holds."""
    return Attempt(
        id=take_id,
        question=None,
        spoken_at=spoken_at,
        duration=answer.duration,
        model=None,
        transcript=answer.transcript,
        fillers=answer.fillers,
        pauses=answer.pauses,
        measurements=measure(answer),
        story=find_story(answer.transcript, answer.kind),
        quality=answer.quality,
        speech=answer.speech,
        pauses_known=None if answer.recording is None else answer.pauses_known,
    )
