"""The data flow on one screen: recording, words, answer, measurements, attempt."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rehearse import audio
from rehearse.analysis.assemble import answer_from_sound, answer_from_text, measure
from rehearse.coaching import find_confirmed_story
from rehearse.events.markers import MARKERS
from rehearse.events.sound_meter import SoundMeter
from rehearse.files import malloc_tuning
from rehearse.files.program import program_version
from rehearse.model import Answer, Attempt, Origin, Question, Recording
from rehearse.story import load
from rehearse.transcription import Transcriber

Progress = Callable[[str, float], None]
"""Called with the step (``decode``, ``transcribe``, ``measure``) and the fraction of it that is done, 0 to 1."""


def warm_up() -> None:
    """Start loading the parser in a background thread during transcription; errors are raised when it is used."""
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
    meter: SoundMeter | None = None,
    progress: Progress | None = None,
) -> Attempt:
    """Analyse a recording on disk: decode it, hash it, and ``process`` it.

    Args:
        path: The recording.
        transcriber: Returns the transcriber; called once the sound is decoded.
        take_id: Id of the attempt.
        spoken_at: When it was spoken, in UTC; None uses the file's modification time.
        question: What was asked, where it is known.
        origin: Where the recording comes from.
        markers: Discourse markers to count.
        meter: What has measured the sound while it was recorded; None if nothing has.
        progress: Called at each step.

    Raises:
        ValueError: The file contains no sound that can be decoded.
        OSError: The file cannot be read.

    """
    report = progress or (lambda _step, _fraction: None)
    report("decode", 0.0)
    recording, digest = audio.load(path, lambda fraction: report("decode", fraction)), audio.sha256(path)
    report("transcribe", 0.0)
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
        meter=meter,
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
    meter: SoundMeter | None = None,
    progress: Progress | None = None,
) -> Attempt:
    """Analyse one recorded answer.

    Args:
        recording: Mono sound at 16 kHz, as returned by ``audio.load``.
        question: What was asked, where it is known.
        transcriber: Transcribes the recording.
        take_id: Id of the attempt.
        spoken_at: When it was spoken, in UTC.
        audio_name: File name inside the take's folder.
        sha256: SHA-256 of the recording's bytes.
        origin: Where the recording comes from.
        markers: Discourse markers to count.
        meter: What has measured the sound while it was recorded; None if nothing has.
        progress: Called at each step.

    """
    report = progress or (lambda _step, _fraction: None)

    def listening(fraction: float) -> None:
        # Not earlier: while the weights load, more threads would only slow each other down.
        if not fraction:
            warm_up()
        report("transcribe", fraction)

    recognised = transcriber(recording, listening)
    # What Whisper leaves is fragmented, and the parser of a long answer would need as much again.
    malloc_tuning.return_free_memory(recording.duration)
    report("measure", 0.0)
    answer = answer_from_sound(recording, recognised, question, markers=markers, meter=meter)
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
    """Analyse a text answer; everything that needs sound is None. ``kind`` may be given without a question."""
    answer = answer_from_text(text, kind, markers=markers)
    return replace(_attempt(answer, take_id, spoken_at), question=question, stated_kind=kind)


def _attempt(answer: Answer, take_id: str, spoken_at: datetime) -> Attempt:
    """Measure an answer, and build an attempt from it."""
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
        story=find_confirmed_story(answer.transcript, answer.kind),
        quality=answer.quality,
        speech=answer.speech,
        pauses_known=None if answer.recording is None else answer.pauses_known,
    )
