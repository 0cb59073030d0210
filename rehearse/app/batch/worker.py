"""A worker process: measures the recordings that it is given, one line of JSON for each on standard input and output.

Run as ``python -m rehearse.app.batch.worker MODEL THREADS DEVICE``. It ends when its input does, so that none outlives
a batch that was killed. A fault of the decoder or of the recogniser's native code costs one recording.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any, TextIO

from rehearse.app.batch.derived import Derived, Task, derive
from rehearse.app.batch.rows import Choices
from rehearse.files import malloc_tuning
from rehearse.files.json_decode import question_from
from rehearse.transcription import Device, Transcriber, whisper

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


def derived_message(derived: Derived) -> Message:
    """Return what came of a task as one JSON object."""
    recognised = None if derived.recognised is None else base64.b64encode(derived.recognised).decode()
    return {"recognised": recognised, "attempt": derived.attempt, "row": derived.row}


def derived_in(message: Message) -> Derived:
    """Read what ``derived_message`` wrote."""
    recognised = message["recognised"]
    return Derived(recognised and base64.b64decode(recognised), message["attempt"], message["row"])


def serve(model: str, transcriber: Callable[[], Transcriber], given: TextIO, say: Callable[[Message], None]) -> None:
    """Measure what is given until the input ends."""
    for line in given:
        task = task_in(json.loads(line))
        try:
            derived = derive(task, model, transcriber, lambda step, fraction: say({"step": step, "done": fraction}))
            say(derived_message(derived))
        except ValueError as error:
            say({"refused": str(error)})
        except OSError as error:
            say({"failed": f"{task.name}: {error.strerror}" if error.errno is not None else str(error)})
        except Exception as error:  # noqa: BLE001 - the others go on; its own message may quote what was said
            kind = type(error).__name__
            say({"failed": f"{task.name}: its analysis ended unexpectedly ({kind}); run the batch again"})


def main(model: str, threads: str, device: Device) -> None:
    """Serve standard input."""
    # Ctrl-C reaches every process of the terminal; the batch itself ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    malloc_tuning.keep_what_is_freed()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message

    def say(message: Message) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    @cache
    def transcriber() -> Transcriber:
        return whisper(model, threads=int(threads), device=device)

    name = transcriber().name
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        serve(name, transcriber, sys.stdin, say)
    except BrokenPipeError:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "cuda" if sys.argv[3] == "cuda" else "cpu")
