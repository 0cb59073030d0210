"""Record a microphone, of this computer or of a browser, directly to a file.

Whatever delivers the sound puts blocks into a bounded queue; a thread opens the
device, writes the blocks and closes the device. A killed process loses the
contents of the queue, a power cut ``SYNC_SECONDS`` more.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BufferedWriter
from pathlib import Path

import numpy as np

from rehearse.audio.microphone import BLOCK_SECONDS, Block, OpenStream, microphone
from rehearse.audio.wav import header, mend
from rehearse.files.atomic_files import explain_write_errors

MAX_SECONDS = 3600.0
"""Longest recording, after which it stops by itself (house default)."""

SYNC_SECONDS = 2.0
"""Most sound that a power cut may lose (house default; we promise 5 s)."""

FLOOR_DBFS = -96.3
"""The range of 16 bit, 20 log10(1 / 65536); quieter levels are shown as this."""

QUIET_DBFS = -70.0
"""A working microphone records every voice above this level (house default)."""

_QUEUE_BLOCKS = 600
_DEAF_SECONDS = 10.0
_FULL_SCALE = 32_768
_NOTHING: Block = np.zeros((0, 1), np.int16)
"""Wakes the thread."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels and state of a running recording.

    Attributes:
        rms_dbfs: Level of the latest block in dBFS; ``FLOOR_DBFS`` before the first.
        peak: Loudest sample so far, as a share of full scale.
        seconds: Length written so far.
        quiet: Seconds since a block was last above ``QUIET_DBFS``: the microphone may be muted or denied.
        clipped: Samples at full scale so far.
        dropped: Blocks lost because the disk was too slow, ``BLOCK_SECONDS`` each.
        overflows: Times the device reported lost sound; a hint only.

    """

    rms_dbfs: float = FLOOR_DBFS
    peak: float = 0.0
    seconds: float = 0.0
    quiet: float = 0.0
    clipped: int = 0
    dropped: int = 0
    overflows: int = 0

    def after(self, mono: Block, sample_rate: int) -> Levels:
        """Return the levels after one more block of shape (frames,)."""
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
    """One recording, which may be started, monitored and stopped from different threads.

    Attributes:
        path: The WAV file that grows while recording.
        error: Why it ended by itself, as a sentence; None without an error.
            What was recorded until then is kept.

    """

    def __init__(
        self,
        path: Path,
        stream_factory: OpenStream | None = None,
        *,
        max_seconds: float = MAX_SECONDS,
        deaf_seconds: float | None = None,
        written: Callable[[Block, int], None] | None = None,
    ) -> None:
        """Prepare a recording.

        Args:
            path: The WAV file to write.
            stream_factory: The microphone; None is this computer's.
            max_seconds: Length at which the recording stops by itself.
            deaf_seconds: Seconds without a block after which the recording ends with an error; None is right for a
                microphone of this computer.
            written: Called on the recorder's thread with each block of shape (frames,) that is on the disk, and its
                sample rate in Hz.

        """
        self.path = path
        self.error: OSError | ValueError | None = None
        self._open_stream = microphone() if stream_factory is None else stream_factory
        self._max_seconds = max_seconds
        self._deaf_seconds = _DEAF_SECONDS if deaf_seconds is None else deaf_seconds
        self._written = written
        # A minute of sound: longer than any disk stalls, and still bounded.
        self._queue: queue.Queue[Block] = queue.Queue(_QUEUE_BLOCKS)
        self._levels = Levels()
        self._dropped = self._overflows = self._frames = self._synced = 0
        self._opened, self._stopping = threading.Event(), threading.Event()
        # A daemon, so that the program never waits for a microphone to exit.
        self._thread = threading.Thread(target=self._run, name="rehearse-recorder", daemon=True)

    @property
    def ready(self) -> bool:
        """Whether sound is arriving; nobody should speak before that."""
        return self._frames > 0

    @property
    def running(self) -> bool:
        """Whether it is still recording; False after a stop, an error, or ``max_seconds``."""
        return self._thread.is_alive() and not self._stopping.is_set()

    @property
    def backlog(self) -> int:
        """Number of blocks that wait to be written."""
        return self._queue.qsize()

    @property
    def levels(self) -> Levels:
        """The current levels."""
        return replace(self._levels, dropped=self._dropped, overflows=self._overflows)

    def start(self) -> None:
        """Open the microphone and start recording.

        Raises:
            ValueError: No microphone has the requested name.
            OSError: There is no microphone, it cannot be opened, or the file cannot be written.

        """
        self._thread.start()
        self._opened.wait()
        if self.error is not None and not self.ready:
            raise self.error

    def stop(self) -> Path:
        """Stop recording; return the file, a complete WAV, which may be empty.

        Raises:
            OSError: The file cannot be completed.

        """
        self._end()
        with explain_write_errors(self.path.parent):
            mend(self.path)
        return self.path

    def cancel(self) -> None:
        """Stop recording and delete the file."""
        self._end()
        self.path.unlink(missing_ok=True)

    def _end(self) -> None:
        self._stopping.set()
        with suppress(queue.Full):
            self._queue.put_nowait(_NOTHING)
        self._thread.join()

    def _deliver(self, block: Block, overflow: bool) -> None:
        """Accept a block from the sound card, whose thread must never block."""
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
        # Blocks that arrived before the device was closed belong to the answer.
        with suppress(queue.Empty):
            while self._frames < self._max_seconds * sample_rate:
                self._append(file, self._queue.get_nowait(), sample_rate)
        self._sync(file)

    def _blocks(self) -> Iterator[Block]:
        """Yield the blocks as they arrive, until the recording is stopped."""
        last_block = time.monotonic()
        while not self._stopping.is_set():
            try:
                yield self._queue.get(timeout=BLOCK_SECONDS)
                last_block = time.monotonic()
            except queue.Empty:
                if time.monotonic() - last_block > self._deaf_seconds:
                    msg = "the microphone gives no sound any more: see whether it is plugged in, then record again"
                    raise OSError(msg) from None

    def _append(self, file: BufferedWriter, block: Block, sample_rate: int) -> None:
        if not len(block):
            return
        mono = block.mean(axis=1).round().astype("<i2")
        file.write(mono.tobytes())
        file.flush()
        self._levels = self._levels.after(mono, sample_rate)
        self._frames += len(mono)
        if self._written is not None:
            self._written(mono, sample_rate)
        if self._frames - self._synced >= SYNC_SECONDS * sample_rate:
            self._sync(file)

    def _sync(self, file: BufferedWriter) -> None:
        file.flush()
        os.fsync(file.fileno())
        self._synced = self._frames
