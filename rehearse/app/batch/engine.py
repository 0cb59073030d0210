"""Worker processes on this machine: as many as measured best, each with one thread of the recogniser.

On two cores, one thread takes little more than half the processor time of two for the same words, so that processes
beside each other do more than threads within one (``benchmarks/batch_speed.py``).
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Literal, Protocol, TypeVar, cast

from rehearse.app.batch.derived import Derived, Task
from rehearse.app.batch.worker import derived_in, task_message
from rehearse.files import isolation
from rehearse.transcription import Device

Mark = TypeVar("Mark")

LIMIT_SECONDS = 300.0
"""Seconds without progress after which a recording is given up (house default); none is needed for four hours of sound,
the longest that is accepted."""
_TRIES = 2
"""How often a recording is tried whose worker ends unexpectedly, as where memory was short."""
_WATCHED_EVERY = 0.5
_AHEAD = 2
"""Tasks prepared for each worker."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one task.

    Attributes:
        derived: What was found; None if it failed.
        error: Why it failed, in one sentence; None if it did not.
        kind: ``refused`` for a file that is no usable recording, whoever tries; ``failed`` for what may succeed later.

    """

    derived: Derived | None = None
    error: str | None = None
    kind: Literal["refused", "failed"] | None = None


class Engine(Protocol):
    """Whatever measures the tasks of a batch."""

    def outcomes(self, tasks: Iterable[tuple[Mark, Task]]) -> Iterator[tuple[Mark, Outcome]]:
        """Measure tasks, each with a mark of the caller's; yield the outcomes as they come, with the mark.

        Tasks are taken from the iterable as workers become free. Leaving the iterator ends the workers.
        """


def workers_for(cores: int | None = None) -> int:
    """Return how many worker processes serve this machine best: one for each processor that may be used."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores or usable)


class LocalEngine:
    """Worker processes of this machine.

    Attributes:
        workers: How many.

    """

    def __init__(
        self,
        model: str,
        *,
        workers: int | None = None,
        threads: int = 1,
        device: Device = "cpu",
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        """Prepare the workers; each starts when it is first needed.

        Args:
            model: A model of the manifest, or a folder of weights.
            workers: How many processes; None chooses by the machine.
            threads: Threads of the recogniser in each.
            device: As in ``transcription.whisper``.
            limit_seconds: Seconds without progress after which a recording is given up.

        """
        self.workers = workers or workers_for()
        self._command = isolation.command("rehearse.app.batch.worker", model, str(threads), device)
        self._limit = limit_seconds

    def outcomes(self, tasks: Iterable[tuple[Mark, Task]]) -> Iterator[tuple[Mark, Outcome]]:
        """Measure tasks, as ``Engine`` says."""
        processes = [_Process(self._command, self._limit) for _ in range(self.workers)]
        free: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        for process in processes:
            free.put(process)
        ended = threading.Event()
        threading.Thread(target=_watch, args=(processes, ended), name="rehearse-watch", daemon=True).start()
        pool = ThreadPoolExecutor(self.workers, "rehearse-batch")
        try:
            yield from _in_turn(pool, free, tasks, _AHEAD * self.workers)
        finally:
            ended.set()
            for process in processes:
                process.end()
            pool.shutdown(cancel_futures=True)
            for process in processes:
                process.close()


def _in_turn(
    pool: ThreadPoolExecutor, free: queue.SimpleQueue[_Process], tasks: Iterable[tuple[Mark, Task]], most: int
) -> Iterator[tuple[Mark, Outcome]]:
    running: dict[Future[Outcome], Mark] = {}
    for mark, task in tasks:
        running[pool.submit(_performed, free, task)] = mark
        done, _ = wait(running, timeout=None if len(running) >= most else 0, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()


def _performed(free: queue.SimpleQueue[_Process], task: Task) -> Outcome:
    process = free.get()
    try:
        for _ in range(_TRIES):
            outcome = process.perform(task)
            if outcome is not None:
                return outcome
    finally:
        free.put(process)
    return Outcome(
        error=f"{task.name}: its analysis ended unexpectedly, {_TRIES} times; run the batch again", kind="failed"
    )


def _watch(processes: list[_Process], ended: threading.Event) -> None:
    while not ended.wait(_WATCHED_EVERY):
        for process in processes:
            process.end_if_late()


class _Process:
    """One worker process, started when it is needed and again after it has died."""

    def __init__(self, command: list[str], limit: float) -> None:
        self._command, self._limit = command, limit
        self._running: subprocess.Popen[str] | None = None
        self._deadline: float | None = None
        self._late = self._closed = False
        self._lock = threading.Lock()

    def perform(self, task: Task) -> Outcome | None:
        """Measure a recording; None if the process died over it."""
        running = self._started()
        if running is None:
            return Outcome(error=f"{task.name}: the batch was stopped", kind="failed")
        with suppress(OSError):
            given = cast("IO[str]", running.stdin)
            given.write(json.dumps(task_message(task)) + "\n")
            given.flush()
        outcome = self._outcome(cast("IO[str]", running.stdout))
        self._deadline = None
        if outcome is None and self._late:
            self._late = False
            return Outcome(error=f"{task.name}: no progress for {self._limit:.0f} s, so it was given up", kind="failed")
        return outcome

    def _outcome(self, said: IO[str]) -> Outcome | None:
        self._deadline = time.monotonic() + self._limit
        for line in said:
            message = json.loads(line)
            self._deadline = time.monotonic() + self._limit
            if "row" in message:
                return Outcome(derived_in(message))
            for kind in ("refused", "failed"):
                if kind in message:
                    return Outcome(error=message[kind], kind=kind)
        return None

    def _started(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._closed:
                return None
            if self._running is None or self._running.poll() is not None:
                self._running = subprocess.Popen(  # noqa: S603 - our own program
                    self._command,
                    env=isolation.environment(GOMP_SPINCOUNT="1000"),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                )
            return self._running

    def end_if_late(self) -> None:
        """End the process if its recording has made no progress for too long."""
        deadline = self._deadline
        if deadline is not None and time.monotonic() > deadline and self._running is not None:
            self._late = True
            self._running.kill()

    def end(self) -> None:
        """End the process, and start none again."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.kill()

    def close(self) -> None:
        """Close the pipes of a process that has ended and is waited for by nobody."""
        if self._running is not None:
            with suppress(OSError), self._running:
                pass
