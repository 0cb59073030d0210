"""A worker process: measures the recordings that it is given, one line of JSON for each on standard input and output.

Run as ``python -m rehearse.app.batch.worker MODEL THREADS DEVICE``; a line holds tasks whose windows are transcribed
together. It ends when its input does, so that none outlives
a batch that was killed. A fault of the decoder or of the recogniser's native code costs one recording.
"""

from __future__ import annotations

import base64
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any, TextIO

from rehearse.app.batch.derived import Derived, Failure, Task, derive
from rehearse.app.batch.rows import Choices
from rehearse.files import malloc_tuning
from rehearse.files.json_decode import question_from
from rehearse.transcription import BatchTranscriber, named, whisper
from rehearse.transcription.card import computing_on

Message = dict[str, Any]
"""One line: a task, how far it is, or what came of it."""


def task_message(task: Task) -> Message:
    """Return a task as one JSON object."""
    return {
        "path": task.path,
        "name": task.name,
        "sha256": task.sha256,
        "question": task.question and asdict(task.question),
        "markers": list(task.choices.markers),
        "unjudged": sorted(task.choices.unjudged),
        "recognised": None if task.recognised is None else base64.b64encode(task.recognised).decode(),
    }


def task_in(message: Message) -> Task:
    """Read what ``task_message`` wrote."""
    return Task(
        message["path"],
        message["name"],
        message["sha256"],
        message["question"] and question_from(message["question"]),
        Choices(tuple(message["markers"]), tuple(message["unjudged"])),
        None if message["recognised"] is None else base64.b64decode(message["recognised"]),
    )


def result_message(result: Derived | Failure) -> Message:
    """Return what came of a task as one JSON object."""
    if isinstance(result, Failure):
        return {"error": result.error, "kind": result.kind}
    recognised = None if result.recognised is None else base64.b64encode(result.recognised).decode()
    return {"recognised": recognised, "attempt": result.attempt, "row": result.row}


def result_in(message: Message) -> Derived | Failure | None:
    """Read what ``result_message`` wrote; None for a message that only says how far the work is."""
    if "error" in message:
        return Failure(message["error"], message["kind"])
    if "row" not in message:
        return None
    recognised = message["recognised"]
    return Derived(recognised and base64.b64decode(recognised), message["attempt"], message["row"])


def serve(
    model: str, transcriber: Callable[[], BatchTranscriber], given: TextIO, say: Callable[[Message], None]
) -> None:
    """Measure what is given, a list of tasks on each line, until the input ends."""
    for line in given:
        tasks = [task_in(message) for message in json.loads(line)]
        for result in derive(tasks, model, transcriber, lambda step, fraction: say({"step": step, "done": fraction})):
            say(result_message(result))


def main(model: str, threads: str, device: str) -> None:
    """Serve standard input."""
    # Ctrl-C reaches every process of the terminal; the batch itself ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    malloc_tuning.keep_what_is_freed()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message
    lock = threading.Lock()

    def say(message: Message) -> None:
        with lock:  # decoders report from threads of their own
            out.write(json.dumps(message) + "\n")
            out.flush()

    @cache
    def transcriber() -> BatchTranscriber:
        return whisper(model, threads=int(threads), computing=computing_on(device))

    try:
        serve(named(model), transcriber, io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8"), say)
    except BrokenPipeError:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
