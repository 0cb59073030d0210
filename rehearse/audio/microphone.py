"""Microphones and loudspeaker of this computer. Only this module uses sounddevice.

Having no microphone, or no PortAudio, is a normal state: the browser's
microphone and uploads work without them.
"""

from __future__ import annotations

import sys
import wave
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
"""Whisper's rate in Hz; a device that does not support it is recorded at its own rate."""

BLOCK_SECONDS = 0.1
"""Length of the delivered blocks."""

Block = npt.NDArray[np.int16]
Deliver = Callable[[Block, bool], None]
OpenStream = Callable[[Deliver], AbstractContextManager[int]]
"""A microphone as a context manager: it yields its sample rate and delivers blocks of shape (frames, channels) until
it exits; True with a block means that sound was lost before it."""

_NO_DEVICE = "no microphone was found: plug one in and start rehearse again, or record in the browser"
_INSTALL = {
    "linux": (
        "install it with `sudo apt install libportaudio2` (Debian, Ubuntu) or `sudo dnf install portaudio` (Fedora)"
    ),
    "darwin": "install it with `brew install portaudio`",
}


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone.

    Attributes:
        name: The system's name for it.
        host_api: The sound system that provides it, such as ALSA.
        default: Whether it is used when none is named.

    """

    name: str
    host_api: str
    default: bool

    @property
    def label(self) -> str:
        """A unique name to open it by; indices change whenever a device is unplugged."""
        return f"{self.name}, {self.host_api}"


def input_devices() -> tuple[Device, ...]:
    """List the microphones; empty without any, or without a working PortAudio."""
    try:
        sd = _sounddevice()
        return _devices(sd)
    except OSError:
        return ()


def _devices(sd: ModuleType) -> tuple[Device, ...]:
    with _explained(sd, "the microphones cannot be listed"):
        apis = [api["name"] for api in sd.query_hostapis()]
        default = sd.default.device[0]
        return tuple(Device(found["name"], apis[found["hostapi"]], found["index"] == default) for found in _inputs(sd))


def _inputs(sd: ModuleType) -> list[Any]:
    return [found for found in sd.query_devices() if found["max_input_channels"] > 0]


@contextmanager
def _explained(sd: ModuleType, what: str) -> Iterator[None]:
    """Convert a PortAudio error into an ``OSError`` that says what to do."""
    try:
        yield
    except sd.PortAudioError as error:
        msg = f"{what} ({error}): close other programs that use it, or choose another one"
        raise OSError(msg) from error


def microphone_problem() -> str | None:
    """Return what to do if ``microphone()`` would fail without a name; None if it would succeed."""
    try:
        _find(_sounddevice(), None)
    except (OSError, ValueError) as error:
        return str(error)
    return None


def microphone(device: str | None = None) -> OpenStream:
    """Select a microphone by its label or part of it; None is the system's default.

    Entering it raises ``OSError`` if there is none or it cannot be opened, and
    ``ValueError`` if the name matches none or several.
    """
    return partial(_open, device)


def microphone_name(device: str | None = None) -> str | None:
    """Return the system's name of the device that ``microphone`` would open; None if it would fail."""
    with suppress(OSError, ValueError):
        return str(_find(_sounddevice(), device)["name"])
    return None


def play(path: Path) -> None:
    """Play a 16-bit WAV file to its end.

    Raises:
        OSError: There is no loudspeaker, or no PortAudio.

    """
    sd = _sounddevice()
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    try:
        sd.play(samples, file.getframerate(), blocking=True)
    except sd.PortAudioError as error:
        msg = f"this computer cannot play it ({error}): the sound is in {path}"
        raise OSError(msg) from error


@contextmanager
def _open(device: str | None, deliver: Deliver) -> Iterator[int]:
    sd = _sounddevice()
    with _explained(sd, "the microphone cannot be opened"):
        context = _stream(sd, device, deliver)
        stream = context.__enter__()
    try:
        yield int(stream.samplerate)
    finally:
        # The recording is complete, even if closing the device fails.
        with suppress(sd.PortAudioError):
            context.__exit__(None, None, None)


def _stream(sd: ModuleType, device: str | None, deliver: Deliver) -> Any:
    """Open the device at Whisper's rate, else at its own rate, else with all its channels."""
    found = _find(sd, device)
    rate, channels = int(found["default_samplerate"]), found["max_input_channels"]

    def on_block(block: Block, _frames: int, _time: object, status: Any) -> None:
        deliver(block, bool(status.input_overflow))

    def opened(rate: int, channels: int) -> Any:
        return sd.InputStream(
            samplerate=rate,
            channels=channels,
            device=found["index"],
            dtype="int16",
            blocksize=round(rate * BLOCK_SECONDS),
            callback=on_block,
        )

    for easiest in ((SAMPLE_RATE, 1), (rate, 1)):
        with suppress(sd.PortAudioError):
            return opened(*easiest)
    return opened(rate, channels)


def _find(sd: ModuleType, device: str | None) -> Any:
    devices = _devices(sd)
    if not devices:
        raise OSError(_NO_DEVICE)
    with _explained(sd, "the microphone does not answer"):
        if device is None:
            return _usual(sd, devices)
        try:
            return sd.query_devices(device, "input")
        except ValueError:
            msg = f"no single microphone is called {device!r}: choose one of {_labels(devices)}"
            raise ValueError(msg) from None


def _usual(sd: ModuleType, devices: tuple[Device, ...]) -> Any:
    """Return the default device; without one, as on many small computers, the only one there is."""
    inputs = _inputs(sd)
    found = [entry for entry in inputs if entry["index"] == sd.default.device[0]] or inputs
    if len(found) > 1:
        msg = (
            f"no microphone is the system's own choice: set one there, or name with --device one of {_labels(devices)}"
        )
        raise ValueError(msg)
    return found[0]


def _labels(devices: tuple[Device, ...]) -> str:
    return "; ".join(found.label for found in devices)


def _sounddevice() -> ModuleType:
    try:
        return import_module("sounddevice")
    except OSError as error:
        remedy = _INSTALL.get(sys.platform, "install rehearse again with pip")
        msg = f"PortAudio, which reaches the microphone, is missing: {remedy}, or record in the browser"
        raise OSError(msg) from error
    except Exception as error:
        # PortAudio starts on import, so that its error class is not available here.
        if type(error).__name__ != "PortAudioError":
            raise
        msg = (
            f"PortAudio, which reaches the microphone, does not start ({error}): "
            "record in the browser, or upload a file"
        )
        raise OSError(msg) from error
