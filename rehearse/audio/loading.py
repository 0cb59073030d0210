"""Decode recordings into mono sound at the rate Whisper hears."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rehearse.audio import decoder
from rehearse.audio.decoding import decoded, no_sound
from rehearse.model import Recording

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE_RATE = decoder.RATE
"""Samples a second of every ``Recording`` that ``load`` returns; Whisper's own rate."""

MAX_SECONDS = 4 * 3600
"""Longest recording taken, in seconds (house default): the samples of four hours fill 0.9 GB of memory."""

_OFFSET = 0.005
"""Mean of the samples, of full scale, from which it is taken away (house default): at 0.1 the detector loses most of the
speech of a quiet recording, at 0.02 none. What is measured by level takes away any mean."""
_CANCELLED = 0.01
"""Share of the power of the louder channel under which the mean of all says nothing (house default)."""

SUFFIXES = frozenset(
    [
        ".wav",
        ".wave",
        ".flac",
        ".mp3",
        ".m4a",
        ".m4b",
        ".aac",
        ".ogg",
        ".oga",
        ".opus",
        ".webm",
        ".mp4",
        ".mov",
        ".mkv",
        ".aif",
        ".aiff",
        ".wma",
        ".amr",
        ".3gp",
    ]
)
"""File name endings looked for in a folder; a file named outright may have any."""


def load(path: str | Path) -> Recording:
    """Decode any file that FFmpeg knows to mono float32 at 16 kHz.

    Channels are averaged, unless they cancel each other out; a constant offset is taken away. Of a damaged file what can
    be decoded is given. Times are those a player shows: sound that begins late, or has gaps, comes with that silence.

    Args:
        path: The recording, or a film of which the sound is taken.

    Returns:
        The recording; ``samples`` has shape (n,).

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded, or more than ``MAX_SECONDS``.

    """
    path = Path(path)
    sound, damaged = bytearray(), True
    with decoded(path, "sound") as messages:
        for message in messages:
            if isinstance(message, dict):
                damaged = message["damaged"]
                continue
            sound += _mixed(message).tobytes()
            if len(sound) > MAX_SECONDS * SAMPLE_RATE * np.dtype(np.float32).itemsize:
                msg = f"{path.name}: longer than {MAX_SECONDS // 3600} hours; cut it into parts"
                raise ValueError(msg)
    if not sound:
        raise no_sound(path)
    samples = np.frombuffer(sound, np.float32)
    offset = samples.mean(dtype=np.float64)
    if abs(offset) > _OFFSET:
        samples -= np.float32(offset)
    return Recording(np.clip(samples, -1, 1, out=samples), SAMPLE_RATE, damaged)


def _mixed(block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Average the channels; FFmpeg's own way to mono would raise loud stereo by 3 dB, into clipping.

    Where they cancel each other out, as a wrongly wired microphone makes them, one is taken.
    """
    channels = np.clip(np.nan_to_num(block), -1, 1)
    mean: npt.NDArray[np.float32] = channels.mean(axis=1, dtype=np.float32)
    power = np.square(channels).mean(axis=0)
    louder: npt.NDArray[np.float32] = channels[:, power.argmax()]
    return louder if np.square(mean).mean() < _CANCELLED * power.max() else mean


def length(path: str | Path) -> float:
    """Tell how long a recording is, in seconds, decoding only its start.

    Its packets are counted: what a file says of itself may be wrong.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded.

    """
    path = Path(path)
    with decoded(path, "length") as messages:
        for message in messages:
            if isinstance(message, dict):
                return float(message["seconds"])
    raise no_sound(path)


def sha256(path: str | Path) -> str:
    """Hash the file's bytes, as 64 hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recordings(place: Path) -> tuple[Path, ...]:
    """List the recordings of a folder and the folders below it, by name; a file is itself."""
    if not place.is_dir():
        return (place,)
    return tuple(sorted(file for file in place.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()))
