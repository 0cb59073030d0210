"""Recordings that a browser streams while they are spoken, each under a ticket that a page has issued."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from rehearse.app.worker import Worker
from rehearse.audio.pushed import PushedSound
from rehearse.audio.recorder import Recorder
from rehearse.model import Origin, Question
from rehearse.pages.practice.live_recording import LiveListening
from rehearse.pages.practice.remarks import Remark, Remarks
from rehearse.storage.takes import Take, TakeStore

if TYPE_CHECKING:
    from rehearse.audio.microphone import Block

AHEAD_SECONDS = 5.0
"""Seconds by which the sound may be ahead of the clock; no microphone is (house default)."""
_MOST_WAITING = 200
"""Blocks that may wait for the disk before the browser has to (house default)."""
_PAUSE = 0.05
_MOST_TICKETS = 500
"""Tickets that are remembered; a page issues the next one only for another question or take (house default)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a recording will belong to.

    Attributes:
        store: Where the take is written.
        worker: Listens meanwhile.
        question: What is being answered.
        origin: Origin of the take.
        limit_seconds: Seconds after which the recording stops by itself.
        finished: Called with the take on the disk once the person has stopped it, and with what has listened to it, on
            any thread.
        remark: What may be said meanwhile; None for nothing.

    """

    store: TakeStore
    worker: Worker
    question: Question
    origin: Origin
    limit_seconds: float
    finished: Callable[[Take, LiveListening], None]
    remark: Remark | None = None


class BrowserRecording:
    """One recording, which outlives the connections that it arrives by.

    Attributes:
        ticket: What it belongs to.
        expected: Sequence number of the next block.
        connection: Number of the newest connection; an older one is no longer served.

    """

    def __init__(self, ticket: Ticket) -> None:
        """Create a recording that has not begun."""
        self.ticket = ticket
        self.expected = 0
        self.connection = 0
        self._sound: PushedSound | None = None
        self._recorder: Recorder | None = None
        self._take: Take | None = None
        self._listening = LiveListening(ticket.worker)
        self._has_ended = self._is_handed_on = False
        self._frames = 0
        self._remarks = Remarks(ticket.remark, self._listening)
        self._began = 0.0
        self._lock = threading.Lock()

    @property
    def sample_rate(self) -> int | None:
        """Samples per second; None before it has begun."""
        return self._sound.sample_rate if self._sound else None

    @property
    def running(self) -> bool:
        """Whether it takes more sound; False before it has begun, at the limit, and after it has ended."""
        return self._recorder is not None and self._recorder.running

    @property
    def is_behind(self) -> bool:
        """Whether the disk is so slow that the browser should hold its sound back for now."""
        return self._recorder is not None and self._recorder.backlog > _MOST_WAITING

    @property
    def error(self) -> str | None:
        """Why it ended by itself, as a sentence; None if it did not."""
        return str(self._recorder.error) if self._recorder is not None and self._recorder.error else None

    def begin(self, sample_rate: int) -> None:
        """Create the take; without effect if it exists.

        Raises:
            OSError: The disk is full or the folder cannot be written.

        """
        with self._lock:
            if self._recorder is not None:
                return
            take = self.ticket.store.begin(self.ticket.question, self.ticket.origin)
            sound = PushedSound(sample_rate)
            # A pause and a lost connection last as long as they last.
            recorder = Recorder(
                take.audio,
                sound,
                max_seconds=self.ticket.limit_seconds,
                deaf_seconds=inf,
                written=self._listening.add,
            )
            try:
                recorder.start()
            except (OSError, ValueError):
                self.ticket.store.delete(take.id)
                raise
            self._take, self._sound, self._recorder = take, sound, recorder
            self._began = time.monotonic()

    def connect(self) -> int:
        """Make a new connection the only one that is served, and return its number."""
        with self._lock:
            self.connection += 1
            return self.connection

    def is_too_fast(self, frames: int) -> bool:
        """Whether a block of so many frames would be more sound than has had time to sound."""
        rate = self.sample_rate or 1
        return (self._frames + frames) / rate > time.monotonic() - self._began + AHEAD_SECONDS

    def push(self, number: int, block: Block) -> None:
        """Accept the block with this sequence number; one that has arrived before is ignored.

        Raises:
            ValueError: A block before it is missing.

        """
        if number > self.expected:
            msg = f"block {number} came instead of {self.expected}"
            raise ValueError(msg)
        if number < self.expected or self._sound is None:
            return
        self.expected += 1
        self._frames += len(block)
        self._sound.push(block)
        self._remarks.look(self._seconds)

    def due_remark(self) -> str | None:
        """Return the remark to make now, once; None while there is none, and in every pause."""
        return self._remarks.due(self._seconds)

    @property
    def _seconds(self) -> float:
        return self._frames / (self.sample_rate or 1)

    def catch_up(self) -> None:
        """Wait until the disk is no longer behind."""
        while self.is_behind:
            time.sleep(_PAUSE)

    def stop(self) -> Take:
        """Finish the take as the person wants it and hand it on; a second call returns the same take.

        Raises:
            ValueError: Nothing was recorded.
            OSError: The folder cannot be written.

        """
        with self._lock:
            if not self._has_ended:
                self._end()
            if self._take is None:
                msg = "nothing was recorded: the microphone gave no sound before the recording was stopped"
                raise ValueError(msg)
            if not self._is_handed_on:
                self._is_handed_on = True
                self.ticket.finished(self._take, self._listening)
            return self._take

    def leave(self) -> None:
        """Finish a take that the person has left without stopping it; it waits among those without feedback."""
        with self._lock, suppress(ValueError, OSError):  # what is on the disk is found at the next start
            if not self._has_ended:
                self._listening.stop()
                self._end()

    def _end(self) -> None:
        self._has_ended = True
        take, self._take = self._take, None
        if take is not None and self._recorder is not None:
            self._recorder.stop()
            self._take = self.ticket.store.finish(take)


class _Tickets:
    """The tickets of all tabs of this process."""

    def __init__(self) -> None:
        self._recordings: dict[str, BrowserRecording] = {}
        self._lock = threading.Lock()

    def issue(self, ticket: Ticket) -> str:
        """Return the secret name under which a browser may send this recording."""
        # Not urlsafe: it becomes the key of a component, in which Streamlit allows no two underscores in a row.
        name = secrets.token_hex(16)
        with self._lock:
            self._recordings[name] = BrowserRecording(ticket)
            unused = [old for old, recording in self._recordings.items() if not recording.running]
            for old in unused[:-_MOST_TICKETS]:
                del self._recordings[old]
        return name

    def find(self, name: str) -> BrowserRecording | None:
        """Return the recording of a ticket; None if there is no such ticket."""
        with self._lock:
            return self._recordings.get(name)


TICKETS = _Tickets()
