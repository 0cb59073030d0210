"""A worker thread that analyses takes in the order they were submitted.

The takes on disk are the persistent queue: a killed process loses no take,
because a take without an attempt in the history is offered again.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from rehearse.analysis.corrections import carry_over
from rehearse.app.settings import read_settings
from rehearse.events.sound_meter import SoundMeter
from rehearse.model import Attempt
from rehearse.pipeline import analyse_take, warm_up
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from rehearse.transcription import Transcriber, WindowTranscriber
from rehearse.transcription.live import LiveTranscription, Meanwhile

STEPS = ("decode", "transcribe", "measure", "save")
"""Steps of processing a take, in order."""

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]

_LOG = logging.getLogger(__name__)


class _CancelledError(Exception):
    """The person cancelled the take while it was being analysed."""


@dataclass(frozen=True, slots=True)
class Job:
    """Progress of the analysis of one take.

    Attributes:
        take_id: The take's id.
        state: ``waiting``, ``running``, ``done``, ``failed`` or ``cancelled``.
        step: One of ``STEPS``; the last one reached if the job has ended.
        fraction: Fraction of this step that is done, 0 to 1.
        error: One sentence; None unless the job has failed.

    """

    take_id: str
    state: JobState = "waiting"
    step: str = STEPS[0]
    fraction: float = 0.0
    error: str | None = None

    @property
    def pending(self) -> bool:
        """Whether it is waiting or running."""
        return self.state in ("waiting", "running")


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """One submission of a take, distinct from any other submission of the same take."""

    take: Take
    transcriber: Callable[[], Transcriber]
    meter: SoundMeter | None


class Worker:
    """Analyses one take at a time on its own thread.

    The thread is a daemon, so that closing the program never waits for an
    analysis: the take stays on disk and is offered again.

    Attributes:
        store: The store that the takes come from.
        history: Where the attempts are stored.

    """

    def __init__(self, store: TakeStore, history: History, transcriber: Callable[[], WindowTranscriber]) -> None:
        """Start the thread; ``transcriber`` is first called when a take needs it."""
        self.store = store
        self.history = history
        self._transcriber = transcriber
        self._queue: queue.Queue[_Run] = queue.Queue()
        self._jobs: dict[str, Job] = {}
        self._runs: dict[str, _Run] = {}
        self._read: set[str] = set()
        self._lock = threading.Lock()
        threading.Thread(target=self._work, name="rehearse-worker", daemon=True).start()

    def submit(
        self, take: Take, transcriber: Callable[[], Transcriber] | None = None, meter: SoundMeter | None = None
    ) -> None:
        """Queue a take; one that is already waiting or running is not queued twice.

        If it has been analysed before, that analysis is added to the history's
        ``earlier`` ones, and the person's corrections of its words and fillers are
        carried over. ``transcriber`` replaces the default one; ``meter`` has measured
        the sound while it was recorded.
        """
        with self._lock:
            known = self._jobs.get(take.id)
            if known is not None and known.pending:
                return
            run = _Run(take, transcriber or self._transcriber, meter)
            self._jobs.pop(take.id, None)  # a take that is submitted again is the newest
            self._read.discard(take.id)
            self._jobs[take.id], self._runs[take.id] = Job(take.id), run
        self._queue.put(run)

    def live(self, meanwhile: Meanwhile | None = None) -> LiveTranscription:
        """Return a transcriber to ``submit`` a take with that is still being spoken; it listens from now on.

        Args:
            meanwhile: Called with the sound so far whenever there is more.

        Raises:
            ValueError: The weights are missing; the analysis of the take will say so too.

        """
        warm_up()
        return LiveTranscription(self._transcriber(), meanwhile)

    def status(self, take_id: str) -> Job | None:
        """Return the progress of a take; None if it was not submitted to this worker."""
        with self._lock:
            return self._jobs.get(take_id)

    def pending(self) -> tuple[Job, ...]:
        """Return the jobs that are waiting or running, in order of submission."""
        with self._lock:
            return tuple(job for job in self._jobs.values() if job.pending)

    def unread(self) -> tuple[Job, ...]:
        """Return the jobs that are pending or have ended and are not marked as read, in order of submission."""
        with self._lock:
            return tuple(job for job in self._jobs.values() if job.pending or job.take_id not in self._read)

    def mark_read(self, take_id: str) -> None:
        """Note that the person has seen how a job ended; without effect on one that is pending or unknown."""
        with self._lock:
            job = self._jobs.get(take_id)
            if job is not None and not job.pending:
                self._read.add(take_id)

    def cancel(self, take_id: str) -> None:
        """Cancel a waiting or running take; after this returns, nothing of it is saved."""
        with self._lock:
            job = self._jobs.get(take_id)
            if job is not None and job.pending:
                self._jobs[take_id] = replace(job, state="cancelled")

    def _work(self) -> None:
        while True:
            self._perform(self._queue.get())

    def _perform(self, run: _Run) -> None:
        try:
            self._save(run, self._analyse(run))
        except _CancelledError:
            pass
        except (ValueError, OSError) as error:
            self._fail(run, str(error))
        except Exception:  # noqa: BLE001 - the thread must outlive any take, and the person must see that theirs failed
            _LOG.exception("take %s could not be analysed", run.take.id)
            self._fail(run, "The analysis stopped unexpectedly; the recording is safe, try it again.")
        with self._lock:  # a run holds what was heard and measured, some tens of MB
            if self._runs.get(run.take.id) is run:
                del self._runs[run.take.id]

    def _analyse(self, run: _Run) -> Attempt:
        take = run.take
        markers = read_settings(self.history.documents).markers
        attempt = analyse_take(
            take.audio,
            transcriber=run.transcriber,
            take_id=take.id,
            spoken_at=take.recorded_at,
            question=take.question,
            origin=take.origin,
            markers=markers,
            meter=run.meter,
            progress=lambda step, fraction: self._advance(run, step, fraction),
        )
        before = self.history.get(take.id)
        return attempt if before is None else carry_over(before, attempt, markers=markers)

    def _current(self, run: _Run) -> Job:
        """Return the job of a run; the lock must be held. Raises if it was cancelled, even if submitted again since."""
        job = self._jobs[run.take.id]
        if self._runs.get(run.take.id) is not run or not job.pending:
            raise _CancelledError
        return job

    def _advance(self, run: _Run, step: str, fraction: float) -> None:
        with self._lock:
            job = self._current(run)
            self._jobs[job.take_id] = replace(job, state="running", step=step, fraction=fraction)

    def _save(self, run: _Run, attempt: Attempt) -> None:
        self._advance(run, "save", 0.0)
        with self._lock:  # held while writing, so that no attempt appears after cancel() has returned
            job = self._current(run)
            # Another process may have deleted the take during the analysis, and its answer must not reappear.
            if not self.history.add(attempt, keep_replaced=True, wanted=lambda: self.store.get(attempt.id) is not None):
                self._jobs[job.take_id] = replace(job, state="cancelled")
                raise _CancelledError
            take = self.store.get(attempt.id)
            if take is not None and take.error is not None:
                self.store.fail(attempt.id, None)
            self._jobs[job.take_id] = replace(job, state="done", step="save", fraction=1.0)

    def _fail(self, run: _Run, message: str) -> None:
        with self._lock, suppress(_CancelledError):
            job = self._current(run)
            with suppress(OSError):  # on a full disk, the status in memory still reports it
                self.store.fail(job.take_id, message)
            self._jobs[job.take_id] = replace(job, state="failed", error=message)
