"""One recording of a batch, from its file to what is stored of it: run by a worker, wherever that is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from rehearse import audio
from rehearse.app.batch.recognised import Replayed, recognised_bytes, recognised_in
from rehearse.app.batch.rows import AS_BUILT, Choices, recording_row
from rehearse.metrics import METRICS
from rehearse.metrics.judgement import judgement
from rehearse.model import Attempt, FeedbackContext, Question, RecogniserOutput, Recording
from rehearse.pipeline import Progress, process
from rehearse.progress.measurement_error import expected_range
from rehearse.storage.history.json_codec import attempt_text
from rehearse.transcription import BatchTranscriber

Value = TypeVar("Value")

_DECODERS = 8
"""Most decoders at work at once for one worker (house default)."""
_NO_TIME = datetime.fromtimestamp(0, UTC)
"""Results depend on the sound, not on when it was spoken: that is added where they are written."""


@dataclass(frozen=True, slots=True)
class Task:
    """One recording to be measured.

    Attributes:
        path: Where its bytes are.
        name: What it is called in messages.
        sha256: Of its bytes.
        question: What was asked, where it is known.
        choices: What is counted and judged.
        recognised: The recogniser's output, if it is stored.

    """

    path: str
    name: str
    sha256: str
    question: Question | None = None
    choices: Choices = AS_BUILT
    recognised: bytes | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """What is stored of one recording.

    Attributes:
        recognised: The recogniser's output; None if the task had it.
        attempt: The attempt as JSON.
        row: Its row as JSON, without what belongs to the file and the person.

    """

    recognised: bytes | None
    attempt: str
    row: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a recording has no result.

    Attributes:
        error: One sentence.
        kind: ``refused`` for a file that is no usable recording, whoever tries; ``failed`` for what may succeed later.

    """

    error: str
    kind: Literal["refused", "failed"]


def derive(
    tasks: Sequence[Task], model: str, transcriber: Callable[[], BatchTranscriber], progress: Progress | None = None
) -> Iterator[Derived | Failure]:
    """Measure some recordings, whose windows are transcribed together; yield what comes of each, in their order.

    Args:
        tasks: The recordings.
        model: Name of the weights.
        transcriber: Returns the transcriber; called only if a task needs one.
        progress: Called at each step.

    """
    report = progress or (lambda _step, _fraction: None)
    report("decode", 0.0)
    # Each decoder is a process of its own, so that threads suffice to have several at work.
    with ThreadPoolExecutor(min(len(tasks), _DECODERS)) as pool:
        sounds = list(pool.map(lambda task: _attempted(task, lambda: _loaded(task, report)), tasks))
    wanted = [index for index, task in enumerate(tasks) if task.recognised is None]
    outputs = _transcribed(tasks, sounds, [i for i in wanted if isinstance(sounds[i], Recording)], transcriber, report)
    for index, (task, sound) in enumerate(zip(tasks, sounds, strict=True)):
        output = outputs.get(index)
        if isinstance(sound, Failure) or isinstance(output, Failure):
            yield sound if isinstance(sound, Failure) else cast("Failure", output)
        else:
            yield _attempted(task, partial(_derived, task, model, sound, output, report))


def _loaded(task: Task, report: Progress) -> Recording:
    path = Path(task.path)
    recording = audio.load(path, lambda fraction: report("decode", fraction))
    if audio.sha256(path) != task.sha256:
        msg = f"{task.name}: changed while it was being read; run the batch again once it is whole"
        raise OSError(msg)
    return recording


def _transcribed(
    tasks: Sequence[Task],
    sounds: Sequence[Recording | Failure],
    wanted: Sequence[int],
    transcriber: Callable[[], BatchTranscriber],
    report: Progress,
) -> dict[int, RecogniserOutput | Failure]:
    """Return the recogniser's outputs by position; where transcribing together fails, each is tried alone."""
    recordings = {index: cast("Recording", sounds[index]) for index in wanted}
    if not recordings:
        return {}
    together = _attempted(
        tasks[wanted[0]],
        lambda: transcriber().together(list(recordings.values()), lambda fraction: report("transcribe", fraction)),
    )
    if isinstance(together, Failure) and len(wanted) > 1:
        alone = (_transcribed(tasks, sounds, [index], transcriber, report) for index in wanted)
        return {index: output for found in alone for index, output in found.items()}
    return {wanted[0]: together} if isinstance(together, Failure) else dict(zip(wanted, together, strict=True))


def _derived(
    task: Task, model: str, recording: Recording, output: RecogniserOutput | None, report: Progress
) -> Derived:
    known = recognised_in(task.recognised) if task.recognised is not None else output
    if known is None:
        msg = f"{task.name}: was not transcribed"
        raise ValueError(msg)
    attempt = process(
        recording,
        question=task.question,
        transcriber=Replayed(model, known),
        take_id=task.sha256,
        spoken_at=_NO_TIME,
        sha256=task.sha256,
        markers=task.choices.markers,
        progress=report,
    )
    row = {**recording_row("", attempt, task.choices), **_for_summary(attempt, task.choices)}
    return Derived(
        None if output is None else recognised_bytes(output), attempt_text(attempt), json.dumps(row, ensure_ascii=False)
    )


def _attempted(task: Task, work: Callable[[], Value]) -> Value | Failure:
    """Do one part of a task; whatever goes wrong costs this recording alone."""
    try:
        return work()
    except ValueError as error:
        return Failure(str(error), "refused")
    except OSError as error:
        return Failure(f"{task.name}: {error.strerror}" if error.errno is not None else str(error), "failed")
    except Exception as error:  # noqa: BLE001 - its own message may quote what was said
        kind = type(error).__name__
        return Failure(f"{task.name}: its analysis ended unexpectedly ({kind}); run the batch again", "failed")


def _for_summary(attempt: Attempt, choices: Choices) -> dict[str, Any]:
    """Return for each metric the range of its true value and how it is judged, where either is known."""
    context = FeedbackContext(frozenset(choices.unjudged))
    expected, standing = {}, {}
    for name, value in attempt.values.items():
        metric = METRICS[name]
        if (found := expected_range(attempt, name)) is not None:
            expected[name] = [round(edge, 3) for edge in found]
        if metric.typical is not None or metric.by_kind:
            judged = judgement(attempt, metric, value, context)
            standing[name] = judged.standing or judged.reason
    return {"expected": expected, "standing": standing, "program": attempt.program}
