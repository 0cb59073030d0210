"""Transcription of a recording while it is being made.

Each window is heard as soon as its end is decided, by a thread of its own, so
that only the last one is left when the speaker stops; and if there is silence
by then, it may have been heard too. Windows, detector and recogniser are those
of a finished recording, and so is the result.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rehearse.model import RecogniserOutput, Recording
from rehearse.transcription.chunking import SAMPLE_RATE, Chunker, Window
from rehearse.transcription.vad import Detector

if TYPE_CHECKING:
    import numpy.typing as npt

    from rehearse.transcription import HeardWindow, Listener, Progress, WindowTranscriber

MOST_WAITING = 2
"""Windows that may wait to be heard; with more, the computer is too slow to listen meanwhile (house default)."""
_QUICK = 4.0
"""Seconds that hearing a window may take so that the last one is worth being heard in advance (house default). It also
has to be over before that window could be complete, or the complete one would have to wait for it."""
_FULL_SCALE = np.float32(32_768)
_FIRST_SAMPLES = 2**20

_LOG = logging.getLogger(__name__)

Meanwhile = Callable[["npt.NDArray[np.float32]", RecogniserOutput], None]
"""Called on the thread that listens with all samples so far, the words of the complete windows, which remain the same
object while there are no others, and the speech probability as far as it has come."""


class LiveTranscription:
    """A ``Transcriber`` of one recording that listens while it is spoken.

    A computer that cannot keep up hears the rest at the end. If the file turns out to be something else than what
    arrived, or its sound has to be heard at another level, all of it is transcribed then.

    Attributes:
        name: Name of the model.

    """

    def __init__(self, transcriber: WindowTranscriber, meanwhile: Meanwhile | None = None) -> None:
        """Start listening; ``meanwhile`` is called with what there is so far whenever there is more."""
        self.name = transcriber.name
        self._meanwhile = meanwhile
        self._transcriber = transcriber
        self._listener: Listener | None = None
        self._samples, self._count = np.empty(_FIRST_SAMPLES, np.float32), 0
        self._detector, self._chunker = Detector(), Chunker()
        self._arrived: list[npt.NDArray[np.int16]] = []
        self._waiting: list[Window] = []
        self._heard: list[HeardWindow] = []
        self._complete = RecogniserOutput((), np.empty(0, np.float32), None)
        self._ahead: list[HeardWindow] = []
        self._took = 0.0
        self._asked: Callable[[RecogniserOutput, float], None] | None = None
        self._news = threading.Condition()
        self._has_ended = self._has_failed = self._is_behind = self._may_have_more = False
        self._thread = threading.Thread(target=self._work, name="rehearse-live", daemon=True)
        self._thread.start()

    @property
    def has_voice(self) -> bool:
        """Whether a voice has been heard so far."""
        return self._chunker.has_begun

    @property
    def spoken_seconds(self) -> float:
        """Seconds from the start to the end of the last speech so far."""
        return self._chunker.spoken_seconds

    def ask(self, answer: Callable[[RecogniserOutput, float], None]) -> None:
        """Have all that has been said by now heard, and ``answer`` called with it and the seconds so far.

        It is called on the thread that listens, and not at all if listening is behind or the recording ends first.
        """
        with self._news:
            self._asked = answer
            self._news.notify()

    def add(self, block: npt.NDArray[np.int16]) -> None:
        """Add samples at 16 kHz, shape (n,); returns at once."""
        with self._news:
            self._arrived.append(block)
            self._news.notify()

    def stop(self) -> None:
        """End without a result; whoever asks for one all the same gets it from the recording alone."""
        self._has_failed = True
        self._end()

    def __call__(self, recording: Recording, progress: Progress | None = None) -> RecogniserOutput:
        """Return what was heard of the recording, which is the one that was added."""
        report = progress or (lambda _: None)
        report(0.0)
        self._end()
        self._thread.join()
        try:
            if self._has_failed or not self._is_of(recording):
                return self._transcriber(recording, progress)
            return self._finish(report)
        finally:
            self._samples, self._count = np.empty(0, np.float32), 0
            self._arrived.clear()

    def listener(self) -> Listener:
        """Begin to listen to another recording."""
        return self._transcriber.listener()

    def _end(self) -> None:
        with self._news:
            self._has_ended = True
            self._news.notify()

    def _is_of(self, recording: Recording) -> bool:
        """Whether the recording is what arrived, and the detector would not run on it at another level."""
        self._detector.finish()
        return np.array_equal(self._samples[: self._count], recording.samples) and self._detector.is_plausible

    def _finish(self, report: Progress) -> RecogniserOutput:
        """Hear what is left."""
        samples, probability = self._samples[: self._count], self._detector.probability
        left = [*self._waiting, *self._chunker.feed(samples, probability), *self._chunker.finish(samples)]
        total = len(self._heard) + len(left)
        for window in left:
            report(len(self._heard) / total)
            self._heard += self._ahead if self._is_ahead(window) else self._hear(samples, window)
        report(1.0)
        return self._listening().joined(self._heard, probability)

    def _work(self) -> None:
        try:
            while self._listen():
                pass
        except Exception:  # noqa: BLE001 - the recording is on the disk, and its analysis says what is wrong
            _LOG.debug("live transcription ended", exc_info=True)
            self._has_failed = True

    def _listen(self) -> bool:
        """Take what has arrived and hear at most one window; False once no more will arrive."""
        with self._news:
            self._news.wait_for(lambda: self._arrived or self._has_ended or self._may_have_more or self._asked)
            arrived, self._arrived = self._arrived, []
            has_ended = self._has_ended
        for block in arrived:
            self._append(block.astype(np.float32) / _FULL_SCALE)
        if has_ended or self._has_failed:
            return False
        samples = self._samples[: self._count]
        if self._meanwhile is not None:
            self._meanwhile(samples, replace(self._complete, speech_probability=self._detector.probability))
        self._waiting += self._chunker.feed(samples, self._detector.probability)
        self._is_behind |= len(self._waiting) > MOST_WAITING
        self._may_have_more = not self._is_behind and self._hear_next(samples)
        if not self._may_have_more:
            self._answer(samples)
        return True

    def _answer(self, samples: npt.NDArray[np.float32]) -> None:
        """Hear what has not been heard yet, for whoever has asked."""
        answer, self._asked = self._asked, None
        if answer is None or self._is_behind:
            return
        left = self._chunker.finish(samples)
        heard = self._ahead if left and self._is_ahead(left[0]) else [h for w in left for h in self._hear(samples, w)]
        output = self._listening().joined([*self._heard, *heard], self._detector.probability)
        answer(output, len(samples) / SAMPLE_RATE)

    def _hear_next(self, samples: npt.NDArray[np.float32]) -> bool:
        """Hear one window, if there is one to hear."""
        if self._waiting:
            self._heard += self._hear(samples, self._waiting[0])
            del self._waiting[0]
            self._complete = self._listening().joined(self._heard, self._detector.probability)
            return True
        if self._chunker.is_settled and self._took < min(_QUICK, self._chunker.seconds_left):
            last = [window for window in self._chunker.finish(samples) if not self._is_ahead(window)]
            self._ahead = self._hear(samples, last[0]) if last else self._ahead
        return False

    def _is_ahead(self, window: Window) -> bool:
        return [heard.window for heard in self._ahead] == [window]

    def _hear(self, samples: npt.NDArray[np.float32], window: Window) -> list[HeardWindow]:
        started = time.monotonic()
        if not self._heard:  # the language is that of the first window, as it is in the end
            self._listener = None
        heard = self._listening().hear(samples, [window])
        self._took = time.monotonic() - started
        return heard

    def _listening(self) -> Listener:
        self._listener = self._listener or self._transcriber.listener()
        return self._listener

    def _append(self, piece: npt.NDArray[np.float32]) -> None:
        if self._count + len(piece) > len(self._samples):
            self._samples = np.concatenate([self._samples, np.empty_like(self._samples)])
        self._samples[self._count : self._count + len(piece)] = piece
        self._count += len(piece)
        self._detector.feed(piece)
