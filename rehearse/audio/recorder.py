"""A microphone's sound, straight to a file.

The sound card's callback puts blocks into a bounded queue; one thread of ours
opens the device, writes the blocks and closes the device again. A killed
process loses what is in the queue, a power cut ``SYNC_SECONDS`` more.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BufferedWriter
from pathlib import Path

import numpy as np

from rehearse.audio.microphone import BLOCK_SECONDS, Block, OpenStream, microphone
from rehearse.audio.wav import header, mend
from rehearse.files.atomic_files import explain_write_errors

MAX_SECONDS = 3600.0
"""A recording ends by itself after this long (house default)."""

SYNC_SECONDS = 2.0
"""Sound that a power cut may take (house default; 5 s is the promise)."""

FLOOR_DBFS = -96.3
"""The range of 16 bit, 20 log10(1 / 65536): what is quieter is shown as this."""

QUIET_DBFS = -70.0
"""Below it no voice reaches a microphone that is on (house default)."""

_QUEUE_BLOCKS = 600
_DEAF_SECONDS = 10.0
_FULL_SCALE = 32_768


@dataclass(frozen=True, slots=True)
class Levels:
    """How a recording is going.

    Attributes:
        rms_dbfs: Of the latest block, in dB below full scale; ``FLOOR_DBFS`` before the first.
        peak: Loudest sample so far, as a share of full scale.
        seconds: Written so far.
        quiet: Seconds since a block was last above ``QUIET_DBFS``: the microphone may be muted or denied.
        clipped: Samples at full scale so far.
        dropped: Blocks lost because the disk was too slow, ``BLOCK_SECONDS`` each.
        overflows: Times the device said it lost sound; a hint only.

    """

    rms_dbfs: float = FLOOR_DBFS
    peak: float = 0.0
    seconds: float = 0.0
    quiet: float = 0.0
    clipped: int = 0
    dropped: int = 0
    overflows: int = 0

    def after(self, mono: Block, sample_rate: int) -> Levels:
        """Count in one more block, shape (frames,)."""
        size = np.abs(mono.astype(np.float64)) / _FULL_SCALE
        power = float(np.mean(size**2))
        rms_dbfs = max(10 * float(np.log10(power)), FLOOR_DBFS) if power else FLOOR_DBFS
        duration = len(mono) / sample_rate
        return replace(
            self,
            rms_dbfs=rms_dbfs,
            peak=max(self.peak, float(size.max())),
            seconds=self.seconds + duration,
            quiet=self.quiet + duration if rms_dbfs < QUIET_DBFS else 0.0,
            clipped=self.clipped + int(np.count_nonzero(size >= 1 - 1 / _FULL_SCALE)),
        )


class Recorder:
    """One recording, which may be started, watched and stopped from different threads.

    Attributes:
        path: The WAV file that grows while recording.
        error: Why it ended by itself, as a sentence; None where nothing went
            wrong. What was recorded until then is kept.

    """

    def __init__(
        self, path: Path, stream_factory: OpenStream | None = None, *, max_seconds: float = MAX_SECONDS
    ) -> None:
        self.path = path
        self.error: OSError | ValueError | None = None
        self._open_stream = microphone() if stream_factory is None else stream_factory
        self._max_seconds = max_seconds
        # A minute of sound: longer than any disk hesitates, and still a bound.
        self._queue: queue.Queue[Block] = queue.Queue(_QUEUE_BLOCKS)
        self._levels = Levels()
        self._dropped = self._overflows = self._frames = self._synced = 0
        self._opened, self._stopping = threading.Event(), threading.Event()
        # A daemon, so that a closing program never waits for a microphone.
        self._thread = threading.Thread(target=self._run, name="rehearse-recorder", daemon=True)

    @property
    def ready(self) -> bool:
        """Whether sound arrives: only then should anybody speak."""
        return self._frames > 0

    @property
    def running(self) -> bool:
        """Whether it still records; False after a stop, an error, or the longest length."""
        return self._thread.is_alive() and not self._stopping.is_set()

    @property
    def levels(self) -> Levels:
        """How it is going, at this moment."""
        return replace(self._levels, dropped=self._dropped, overflows=self._overflows)

    def start(self) -> None:
        """Open the microphone and record.

        Raises:
            ValueError: No microphone has the name asked for.
            OSError: There is no microphone, it cannot be opened, or the file cannot be written.

        """
        self._thread.start()
        self._opened.wait()
        if self.error is not None and not self.ready:
            raise self.error

    def stop(self) -> Path:
        """Record no more; give back the file, a whole WAV of all that was heard, which may be nothing.

        Raises:
            OSError: The file cannot be completed.

        """
        self._stopping.set()
        self._thread.join()
        with explain_write_errors(self.path.parent):
            mend(self.path)
        return self.path

    def cancel(self) -> None:
        """Record no more and remove the file."""
        self._stopping.set()
        self._thread.join()
        self.path.unlink(missing_ok=True)

    def _deliver(self, block: Block, overflow: bool) -> None:
        """Take a block from the sound card, whose thread must never wait."""
        self._overflows += overflow
        try:
            self._queue.put_nowait(block.copy())
        except queue.Full:
            self._dropped += 1

    def _run(self) -> None:
        try:
            with explain_write_errors(self.path.parent), self.path.open("wb") as file:
                self._record(file)
        except (OSError, ValueError) as error:
            self.error = error
        finally:
            self._opened.set()

    def _record(self, file: BufferedWriter) -> None:
        with self._open_stream(self._deliver) as sample_rate:
            file.write(header(sample_rate))
            self._sync(file)
            self._opened.set()
            for block in self._blocks():
                self._append(file, block, sample_rate)
                if self._frames >= self._max_seconds * sample_rate:
                    break
        # What arrived before the device was closed belongs to the answer.
        with suppress(queue.Empty):
            while self._frames < self._max_seconds * sample_rate:
                self._append(file, self._queue.get_nowait(), sample_rate)
        self._sync(file)

    def _blocks(self) -> Iterator[Block]:
        """Give the blocks as they come, until somebody stops the recording."""
        heard = time.monotonic()
        while not self._stopping.is_set():
            try:
                yield self._queue.get(timeout=BLOCK_SECONDS)
                heard = time.monotonic()
            except queue.Empty:
                if time.monotonic() - heard > _DEAF_SECONDS:
                    msg = "the microphone gives no sound any more: see whether it is plugged in, then record again"
                    raise OSError(msg) from None

    def _append(self, file: BufferedWriter, block: Block, sample_rate: int) -> None:
        mono = block.mean(axis=1).round().astype("<i2")
        file.write(mono.tobytes())
        file.flush()
        self._levels = self._levels.after(mono, sample_rate)
        self._frames += len(mono)
        if self._frames - self._synced >= SYNC_SECONDS * sample_rate:
            self._sync(file)

    def _sync(self, file: BufferedWriter) -> None:
        file.flush()
        os.fsync(file.fileno())
        self._synced = self._frames
