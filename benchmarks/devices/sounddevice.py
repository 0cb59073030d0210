"""Stands in for PortAudio's library in a server that is timed: one microphone that plays a file, faster than life.

``MICROPHONE_FILE`` is the file, 16-bit mono at 16 kHz; ``MICROPHONE_SPEED`` is how much faster than real time it plays
its first ``MICROPHONE_SPOKEN`` seconds. What is behind them comes as slowly as it is silent.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import numpy as np
import soundfile

default = SimpleNamespace(device=(0, 0))


class PortAudioError(Exception):
    """Is never raised: this device works."""


def query_hostapis() -> tuple[dict[str, str], ...]:
    """Return the sound systems."""
    return ({"name": "file"},)


def query_devices(device: str | None = None, kind: str | None = None) -> Any:
    """Return the devices, or the only one."""
    only = {"index": 0, "hostapi": 0, "name": "File", "max_input_channels": 1, "default_samplerate": 16_000.0}
    return [only] if device is None and kind is None else only


@contextmanager
def InputStream(*, samplerate: int, blocksize: int, callback: Callable[..., None], **_: Any) -> Iterator[Any]:  # noqa: N802
    """Play the file, as sounddevice's class records."""
    closed = threading.Event()
    player = threading.Thread(target=_play, args=(samplerate, blocksize, callback, closed), daemon=True)
    player.start()
    try:
        yield SimpleNamespace(samplerate=float(samplerate))
    finally:
        closed.set()
        player.join()


def _play(rate: int, size: int, callback: Callable[..., None], closed: threading.Event) -> None:
    sound, _ = soundfile.read(os.environ["MICROPHONE_FILE"], dtype="int16", always_2d=True)
    speed, spoken = float(os.environ["MICROPHONE_SPEED"]), float(os.environ["MICROPHONE_SPOKEN"])
    status = SimpleNamespace(input_overflow=False)
    due = time.monotonic()
    for start in range(0, len(sound) - size, size):
        due += size / rate / (speed if start < spoken * rate else 1.0)
        if closed.wait(max(0.0, due - time.monotonic())):
            return
        callback(np.ascontiguousarray(sound[start : start + size]), size, None, status)
