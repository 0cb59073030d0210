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
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from itertools import islice
from typing import IO, Protocol, TypeVar, cast

from rehearse import weights
from rehearse.app.batch.derived import Derived, Failure, Task
from rehearse.app.batch.worker import result_in, task_message
from rehearse.files import isolation
from rehearse.transcription import CPU, Computing

Mark = TypeVar("Mark")
Result = Derived | Failure
"""What came of one task."""

LIMIT_SECONDS = 300.0
"""Seconds without progress after which a recording is given up (house default); none is needed for four hours of sound,
the longest that is accepted."""
_THREADS = {"OPENBLAS_NUM_THREADS": "1"}
"""Arithmetic beside Whisper takes one thread: the processes fill the cores."""
_TRIES = 2
"""How often a recording is tried whose worker ends unexpectedly, as where memory was short."""
_WATCHED_EVERY = 0.5
_WORKER_BYTES, _TIMES_WEIGHTS = 350_000_000, 2
"""Memory of a worker beside the weights, and how often it holds those while it loads them (450 MB with tiny.en)."""
_SHARE_OF_MEMORY = 0.8
"""Share of the machine's memory that the workers may take together (house default)."""
_WINDOWS_OF_A_RECORDING = 2
"""Windows of an answer of 20 to 56 s, as most are."""
_AHEAD = 2
"""Bundles prepared for each worker."""
_SHARES = 2
"""Parts into which what is left is divided for each worker (house default)."""


class Engine(Protocol):
    """Whatever measures the tasks of a batch."""

    def outcomes(self, tasks: Iterable[tuple[Mark, Task]]) -> Generator[tuple[Mark, Result]]:
        """Measure tasks, each with a mark of the caller's; yield the outcomes as they come, with the mark.

        Tasks are taken from the iterable a little before workers become free. Closing the generator ends the workers.
        """


def workers_for(model: str) -> int:
    """Return how many worker processes serve this machine best: one a processor, as far as its memory goes."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not hasattr(os, "sysconf"):
        return usable
    files = (file for file in weights.resolve(model).rglob("*") if file.is_file())
    each = _WORKER_BYTES + _TIMES_WEIGHTS * sum(file.stat().st_size for file in files)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * _SHARE_OF_MEMORY
    return max(1, min(usable, int(memory // each)))


def recordings_together(computing: Computing) -> int:
    """Return how many recordings of a minute fill a batch of windows; on a processor nothing is gained by it."""
    return 1 if computing.device == "cpu" else max(1, computing.windows // _WINDOWS_OF_A_RECORDING)


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
        computing: Computing = CPU,
        together: int = 1,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        """Prepare the workers; each starts when it is first needed.

        Args:
            model: A model of the manifest, or a folder of weights.
            workers: How many processes; None chooses by the machine.
            threads: Threads of the recogniser in each.
            computing: Where the recogniser is computed, and how.
            together: Recordings whose windows a worker transcribes together.
            limit_seconds: Seconds without progress after which a recording is given up.

        """
        self.workers = workers or workers_for(model)
        self._together = together
        self._command = isolation.command("rehearse.app.batch.worker", model, str(threads), computing.device)
        self._limit = limit_seconds

    def outcomes(self, tasks: Iterable[tuple[Mark, Task]]) -> Generator[tuple[Mark, Result]]:
        """Measure tasks, as ``Engine`` says."""
        processes = [_Process(self._command, self._limit) for _ in range(self.workers)]
        free: queue.SimpleQueue[_Process] = queue.SimpleQueue()
        for process in processes:
            free.put(process)
        ended = threading.Event()
        threading.Thread(target=_watch, args=(processes, ended), name="rehearse-watch", daemon=True).start()
        pool = ThreadPoolExecutor(self.workers, "rehearse-batch")
        try:
            yield from _in_turn(pool, free, bundles(tasks, self._together, self.workers), _AHEAD * self.workers)
        finally:
            ended.set()
            for process in processes:
                process.end()
            pool.shutdown(cancel_futures=True)
            for process in processes:
                process.close()


def bundles(tasks: Iterable[Mark], size: int, workers: int) -> Iterator[list[Mark]]:
    """Yield bundles of ``size`` tasks, and of fewer near the end, so that no worker is left with a large one alone."""
    source = iter(tasks)
    waiting = deque(islice(source, _SHARES * workers * size))
    while waiting:
        fair = -(-len(waiting) // (_SHARES * workers))
        yield [waiting.popleft() for _ in range(min(size, fair))]
        waiting.extend(islice(source, _SHARES * workers * size - len(waiting)))


def _in_turn(
    pool: ThreadPoolExecutor,
    free: queue.SimpleQueue[_Process],
    bundles: Iterable[list[tuple[Mark, Task]]],
    most: int,
) -> Iterator[tuple[Mark, Result]]:
    running: dict[Future[list[Result]], list[Mark]] = {}
    for bundle in bundles:
        running[pool.submit(_performed, free, [task for _, task in bundle])] = [mark for mark, _ in bundle]
        yield from _ended(running, wait_for_one=len(running) >= most)
    while running:
        yield from _ended(running, wait_for_one=True)


def _ended(running: dict[Future[list[Result]], list[Mark]], *, wait_for_one: bool) -> Iterator[tuple[Mark, Result]]:
    done, _ = wait(running, timeout=None if wait_for_one else 0, return_when=FIRST_COMPLETED)
    for future in done:
        yield from zip(running.pop(future), future.result(), strict=True)


def _performed(free: queue.SimpleQueue[_Process], tasks: Sequence[Task]) -> list[Result]:
    """Measure a bundle; those behind a recording over which the process died are measured alone."""
    process = free.get()
    try:
        results = process.perform(tasks)
        for task in tasks[len(results) :]:
            results += _alone(process, task, _TRIES - (len(tasks) == 1))
    finally:
        free.put(process)
    return results


def _alone(process: _Process, task: Task, tries: int) -> list[Result]:
    for _ in range(tries):
        results = process.perform([task])
        if results:
            return results
    message = f"{task.name}: its analysis ended unexpectedly, {_TRIES} times; run the batch again"
    return [Failure(message, "failed")]


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

    def perform(self, tasks: Sequence[Task]) -> list[Result]:
        """Measure recordings; there are fewer results than tasks if the process died over the next one."""
        running = self._started()
        if running is None:
            return [Failure(f"{task.name}: the batch was stopped", "failed") for task in tasks]
        with suppress(OSError):
            given = cast("IO[str]", running.stdin)
            given.write(json.dumps([task_message(task) for task in tasks]) + "\n")
            given.flush()
        results = self._results(cast("IO[str]", running.stdout), len(tasks))
        self._deadline = None
        if len(results) < len(tasks):
            late = self._discard(running)
            message = f"{tasks[len(results)].name}: no progress for {self._limit:.0f} s, so it was given up"
            results += [Failure(message, "failed")] if late and len(tasks) == 1 else []
        return results

    def _discard(self, running: subprocess.Popen[str]) -> bool:
        """Wait for the end of a process that answers no more; return whether it was ended for being late."""
        with suppress(OSError), running:
            running.kill()
        with self._lock:
            late, self._late = self._late, False
            if self._running is running:
                self._running = None
        return late

    def _results(self, said: IO[str], wanted: int) -> list[Result]:
        results: list[Result] = []
        self._deadline = time.monotonic() + self._limit
        while len(results) < wanted and (line := said.readline()).endswith("\n"):
            self._deadline = time.monotonic() + self._limit
            result = result_in(json.loads(line))
            results += [result] if result is not None else []
        return results

    def _started(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._closed:
                return None
            if self._running is None:
                self._running = subprocess.Popen(  # noqa: S603 - our own program
                    self._command,
                    env=isolation.environment(**_THREADS),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                )
            return self._running

    def end_if_late(self) -> None:
        """End the process if its recording has made no progress for too long."""
        with self._lock:
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
