"""Microphones that are not there: one that plays a given sound, and a sounddevice with given devices."""

from __future__ import annotations

import sys
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.microphone import Block, Deliver, OpenStream

BLOCK = 1600


def noise(seconds: float, channels: int = 1) -> Block:
    shape = (round(seconds * 16_000), channels)
    return np.random.default_rng(7).integers(-20_000, 20_000, shape).astype(np.int16)


def playing(sound: Block, *, sample_rate: int = 16_000, speed: float = 0.0, overflow: bool = False) -> OpenStream:
    """Stand in for a microphone: plays ``sound`` once, at once or ``speed`` times as fast as real time."""

    @contextmanager
    def opened(deliver: Deliver) -> Iterator[int]:
        left = threading.Event()

        def play() -> None:
            reused = np.empty((BLOCK, sound.shape[1]), np.int16)
            for start in range(0, len(sound), BLOCK):
                block = sound[start : start + BLOCK]
                reused[: len(block)] = block
                deliver(reused[: len(block)], overflow)
                if left.wait(BLOCK / sample_rate / speed if speed else 0):
                    return

        thread = threading.Thread(target=play)
        thread.start()
        yield sample_rate
        left.set()
        thread.join()

    return opened


def samples(path: Path) -> Block:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)


class FakeDevices:
    """Stands in for sounddevice: devices as listed, opening only what they can do."""

    class PortAudioError(Exception):
        pass

    def __init__(self, *devices: dict[str, Any], works: Callable[[int, int], bool] = lambda _rate, _channels: True):
        self.devices = [{"index": i, "hostapi": 0, **device} for i, device in enumerate(devices)]
        self.default = type("default", (), {"device": [0, 0]})
        self.works = works

    def query_hostapis(self) -> tuple[dict[str, str], ...]:
        return ({"name": "ALSA"},)

    def query_devices(self, device: str | None = None, kind: str | None = None) -> Any:
        if kind is None:
            return self.devices
        found = [entry for entry in self.devices if device is None or device in f"{entry['name']}, ALSA"]
        if not found:
            msg = f"No input device matching {device!r}"
            raise ValueError(msg)
        return found[0]

    def InputStream(self, *, samplerate: int, channels: int, callback: Any, blocksize: int, **_: Any) -> Any:  # noqa: N802
        if not self.works(samplerate, channels):
            msg = "Invalid sample rate"
            raise self.PortAudioError(msg)

        @contextmanager
        def stream() -> Iterator[Any]:
            status = type("status", (), {"input_overflow": False})
            callback(np.full((blocksize, channels), 100, np.int16), blocksize, None, status)
            yield type("opened", (), {"samplerate": float(samplerate)})

        return stream()


MICROPHONE = {"name": "Headset", "max_input_channels": 2, "default_samplerate": 44_100.0}
LOUDSPEAKER = {"name": "Speakers", "max_input_channels": 0, "default_samplerate": 48_000.0}


def install(monkeypatch: pytest.MonkeyPatch, devices: FakeDevices) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", devices)
