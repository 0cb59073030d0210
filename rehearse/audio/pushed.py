"""A microphone elsewhere, such as in a browser, whose sound arrives block by block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rehearse.audio.microphone import Block, Deliver


class PushedSound:
    """An ``OpenStream`` that delivers what is pushed into it while it is open."""

    def __init__(self, sample_rate: int) -> None:
        """Create it; ``sample_rate`` is in Hz."""
        self.sample_rate = sample_rate
        self._deliver: Deliver | None = None

    @contextmanager
    def __call__(self, deliver: Deliver) -> Iterator[int]:
        """Open it, and yield its sample rate."""
        self._deliver = deliver
        try:
            yield self.sample_rate
        finally:
            self._deliver = None

    def push(self, block: Block) -> None:
        """Deliver a block of shape (frames,); without effect once the recording has ended."""
        deliver = self._deliver
        if deliver is not None:
            deliver(block.reshape(-1, 1), False)
