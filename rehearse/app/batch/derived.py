"""One recording of a batch, from its file to what is stored of it: run by a worker, wherever that is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearse.app.batch.recognised import Remembering, Replayed, recognised_bytes, recognised_in
from rehearse.app.batch.rows import AS_BUILT, Choices, recording_row
from rehearse.metrics import METRICS
from rehearse.metrics.judgement import judgement
from rehearse.model import Attempt, FeedbackContext, Question
from rehearse.pipeline import Progress, analyse_take
from rehearse.progress.measurement_error import expected_range
from rehearse.storage.history.json_codec import attempt_text
from rehearse.transcription import Transcriber

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


def derive(task: Task, model: str, transcriber: Callable[[], Transcriber], progress: Progress | None = None) -> Derived:
    """Measure one recording.

    Args:
        task: The recording.
        model: Name of the weights with which it was transcribed.
        transcriber: Returns the transcriber; called only if the task needs one.
        progress: Called at each step.

    Raises:
        ValueError: The file contains no sound that can be decoded, or has changed since it was listed.
        OSError: The file cannot be read.

    """
    used: list[Remembering] = []

    def chosen() -> Transcriber:
        if task.recognised is not None:
            return Replayed(model, recognised_in(task.recognised))
        used.append(Remembering(transcriber()))
        return used[0]

    attempt = analyse_take(
        Path(task.path),
        transcriber=chosen,
        take_id=task.sha256,
        spoken_at=_NO_TIME,
        question=task.question,
        markers=task.choices.markers,
        progress=progress,
    )
    if attempt.sha256 != task.sha256:
        msg = f"{task.name}: changed while it was being read; run the batch again once it is whole"
        raise OSError(msg)
    last = used[0].last if used else None
    row = {**recording_row("", attempt, task.choices), **_for_summary(attempt, task.choices)}
    return Derived(
        None if last is None else recognised_bytes(last), attempt_text(attempt), json.dumps(row, ensure_ascii=False)
    )


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
