"""Recording with this computer's microphone: at most one take at a time per process.

``LiveListening`` is what both this microphone and a browser's have their sound heard by while it is recorded.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from rehearse.analysis.live import LiveAnalysis
from rehearse.app.worker import Worker
from rehearse.audio import microphone
from rehearse.audio.microphone import SAMPLE_RATE, Block
from rehearse.audio.recorder import Recorder
from rehearse.events.sound_meter import SoundMeter
from rehearse.model import Origin, Question
from rehearse.pages.practice.remarks import Remark, Remarks
from rehearse.storage.takes import Take, TakeStore
from rehearse.transcription.live import LiveTranscription

_LOG = logging.getLogger(__name__)


class LiveListening:
    """Has a take transcribed while it is recorded, if that is possible.

    Attributes:
        transcriber: The transcriber to submit the take with; None if it has to be transcribed when it is finished.
        meter: Measures the sound meanwhile, and goes with the take too; None if nothing was measured.

    """

    def __init__(self, worker: Worker) -> None:
        """Create it; listening begins with the first block."""
        self.transcriber: LiveTranscription | None = None
        self.meter: SoundMeter | None = None
        self._worker = worker
        self._is_possible = True

    def add(self, block: Block, sample_rate: int) -> None:
        """Add samples that are on the disk, shape (n,); returns at once, whatever happens to the listening.

        Sound at another rate than Whisper's is transcribed when it is finished.
        """
        if self._is_possible and self.transcriber is None:
            self._is_possible = False
            if sample_rate == SAMPLE_RATE:
                self._begin()
        live = self.transcriber  # another thread may let go of it
        if live is not None:
            live.add(block)

    def _begin(self) -> None:
        try:
            meanwhile = LiveAnalysis(SAMPLE_RATE)
            self.transcriber = self._worker.live(meanwhile)
            self.meter = meanwhile.meter
        except Exception:  # noqa: BLE001 - nothing may stop the recording; the analysis says what is wrong
            _LOG.debug("the recording is transcribed when it is finished", exc_info=True)

    def stop(self) -> None:
        """End without a result."""
        if self.transcriber is not None:
            self.transcriber.stop()
        self.release()

    def release(self) -> None:
        """Let go of what was heard and measured, once it has been handed on: a recording is remembered for longer."""
        self._is_possible = False
        self.transcriber = self.meter = None


class Microphone:
    """The take being recorded, which survives a reload of the page.

    Attributes:
        take: The take being recorded; None if there is none.
        recorder: The recorder of that take; None if there is none.
        listening: Has that take transcribed meanwhile, or the last one; None before the first.
        remarks: Decides what is said to the person meanwhile; None before the first take.

    """

    def __init__(self) -> None:
        """Create a microphone that is not recording."""
        self.take: Take | None = None
        self.recorder: Recorder | None = None
        self.listening: LiveListening | None = None
        self.remarks: Remarks | None = None
        self._lock = threading.Lock()

    def start(
        self,
        store: TakeStore,
        worker: Worker,
        question: Question | None,
        limit_seconds: float,
        origin: Origin,
        *,
        remark: Remark | None = None,
    ) -> None:
        """Start a take, which stops automatically at the limit; does nothing if one is already being recorded.

        Raises:
            OSError: If the microphone cannot be opened.

        """
        with self._lock:
            if self.take is not None:
                return
            take = store.begin(question, replace(origin, microphone=microphone.microphone_name()))
            listening = LiveListening(worker)
            recorder = Recorder(take.audio, max_seconds=limit_seconds, written=listening.add)
            try:
                recorder.start()
            except (OSError, ValueError):
                store.delete(take.id)
                raise
            self.take, self.recorder, self.listening = take, recorder, listening
            self.remarks = Remarks(remark, listening)

    def stop(self, store: TakeStore) -> Take | None:
        """Stop recording and return the stored take; None if another tab has already stopped it."""
        with self._lock:
            if self.take is None or self.recorder is None:
                return None
            take, recorder = self.take, self.recorder
            self.take = self.recorder = None
            recorder.stop()
            return store.finish(take)
