"""Recording with this computer's microphone: at most one take at a time per process."""

from __future__ import annotations

import threading
from dataclasses import replace

from rehearse.audio import microphone
from rehearse.audio.recorder import Recorder
from rehearse.model import Origin, Question
from rehearse.storage.takes import Take, TakeStore


class Microphone:
    """The take being recorded, which survives a reload of the page.

    Attributes:
        take: The take being recorded; None if there is none.
        recorder: The recorder of that take; None if there is none.

    """

    def __init__(self) -> None:
        """Create a microphone that is not recording."""
        self.take: Take | None = None
        self.recorder: Recorder | None = None
        self._lock = threading.Lock()

    def start(self, store: TakeStore, question: Question | None, limit_seconds: float, origin: Origin) -> None:
        """Start a take, which stops automatically at the limit; does nothing if one is already being recorded.

        Raises:
            OSError: If the microphone cannot be opened.

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
        """Stop recording and return the stored take; None if another tab has already stopped it."""
        with self._lock:
            if self.take is None or self.recorder is None:
                return None
            take, recorder = self.take, self.recorder
            self.take = self.recorder = None
            recorder.stop()
            return store.finish(take)
