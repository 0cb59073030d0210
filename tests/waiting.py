"""Waiting for another thread or program, for as long as a busy machine may need."""

from __future__ import annotations

import time
from collections.abc import Callable

from rehearse.app.worker import Job, Worker
from rehearse.storage.takes import Take

PATIENCE = 60.0
"""Seconds; only a test that fails waits so long, so it is far above what any machine takes."""


def until(condition: Callable[[], bool]) -> None:
    """Wait until this becomes true; what does not come about fails the test."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, f"nothing happened for {PATIENCE:.0f} s"
        time.sleep(0.01)


def ended(worker: Worker, take: Take) -> Job:
    """Wait until the take is through."""
    until(lambda: (job := worker.status(take.id)) is not None and not job.pending)
    job = worker.status(take.id)
    assert job is not None
    return job
