"""Recording with this computer's microphone: at most one take at a time in the whole process."""

from __future__ import annotations

import threading
from dataclasses import replace

from rehearse.audio import microphone
from rehearse.audio.recorder import Recorder
from rehearse.model import Origin, Question
from rehearse.storage.takes import Take, TakeStore


class Microphone:
    """Holds the take that is being recorded, so that a reloaded page finds it again.

    Attributes:
        take: The take being recorded; None when nothing is.
        recorder: Its recorder.

    """

    def __init__(self) -> None:
        """Nothing is being recorded."""
        self.take: Take | None = None
        self.recorder: Recorder | None = None
        self._lock = threading.Lock()

    def start(self, store: TakeStore, question: Question | None, limit_seconds: float, origin: Origin) -> None:
        """Start a take, which ends by itself at the limit.

        Raises:
            OSError: The microphone cannot be opened.

        """
        with self._lock:
            if self.take is not None:
                return
            take = store.begin(question, replace(origin, microphone=microphone.microphone_name()))
            recorder = Recorder(take.audio, max_seconds=limit_seconds)
            try:
                recorder.start()
            except (OSError, ValueError):
                store.delete(take.id)
                raise
            self.take, self.recorder = take, recorder

    def stop(self, store: TakeStore) -> Take | None:
        """Stop and keep the take; None where another tab has already stopped it."""
        with self._lock:
            if self.take is None or self.recorder is None:
                return None
            take, recorder = self.take, self.recorder
            self.take = self.recorder = None
            recorder.stop()
            return store.finish(take)
