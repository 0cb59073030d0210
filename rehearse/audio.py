"""Decode recordings into mono sound at the rate Whisper hears."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.datatypes import Recording

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE_RATE = 16_000
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
    be decoded is given.

    Args:
        path: The recording, or a film of which the sound is taken.

    Returns:
        The recording; ``samples`` has shape (n,).

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded, or more than ``MAX_SECONDS``.

    """
    path = Path(path)
    sound, damage = bytearray(), _Damage()
    with _explained(path):
        for block in _blocks(path, damage):
            sound += block.tobytes()
    if not sound:
        raise _no_sound(path)
    samples = np.frombuffer(sound, np.float32)
    offset = samples.mean(dtype=np.float64)
    if abs(offset) > _OFFSET:
        samples -= np.float32(offset)
    return Recording(np.clip(samples, -1, 1, out=samples), SAMPLE_RATE, damage.found)


@dataclass(slots=True)
class _Damage:
    """Whether a part of a file could not be decoded."""

    found: bool = False


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a file is read into one sentence that names it."""
    import av

    try:
        if path.is_dir():
            msg = f"{path.name}: this is a folder; name a recording"
            raise ValueError(msg)
        yield
    except FileNotFoundError:
        msg = f"{path.name}: no such file"
        raise FileNotFoundError(msg) from None
    except PermissionError:
        msg = f"{path.name}: no permission to read this file"
        raise PermissionError(msg) from None
    except av.error.FFmpegError:
        raise _no_sound(path) from None


def _no_sound(path: Path) -> ValueError:
    return ValueError(f"{path.name}: no sound could be decoded; use a WAV, FLAC, MP3, M4A, OGG, WebM or MP4 recording")


def _blocks(path: Path, damage: _Damage) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the decoded sound block by block, as far as the file goes."""
    import av

    with av.open(str(path), metadata_errors="ignore") as container:
        if not container.streams.audio:
            return
        total = 0
        for block in _resampled(_frames(container, damage)):
            total += block.samples
            if total > MAX_SECONDS * SAMPLE_RATE:
                msg = f"{path.name}: longer than {MAX_SECONDS // 3600} hours; cut it into parts"
                raise ValueError(msg)
            yield _mixed(block.to_ndarray())


def _resampled(frames: Iterable[Any]) -> Iterator[Any]:
    """Bring frames to the rate of every recording; the sound may change its own in the middle of a file."""
    import av

    for _, alike in groupby(frames, key=lambda frame: (frame.sample_rate, frame.layout.name, frame.format.name)):
        resampler = av.AudioResampler(format="fltp", rate=SAMPLE_RATE)
        for frame in chain(alike, [None]):
            yield from resampler.resample(frame)


def _mixed(channels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Average the channels; FFmpeg's own way to mono would raise loud stereo by 3 dB, into clipping.

    Where they cancel each other out, as a wrongly wired microphone makes them, one is taken.
    """
    channels = np.clip(np.nan_to_num(channels), -1, 1)
    mean: npt.NDArray[np.float32] = channels.mean(axis=0, dtype=np.float32)
    power = np.square(channels).mean(axis=1)
    louder: npt.NDArray[np.float32] = channels[power.argmax()]
    return louder if np.square(mean).mean() < _CANCELLED * power.max() else mean


def _frames(container: Any, damage: _Damage) -> Iterator[Any]:
    """Yield decoded frames; a damaged packet is left out."""
    import av

    decoded, failure = False, None
    packets = container.demux(audio=0)
    while True:
        try:
            frames = next(packets).decode()
        except StopIteration:
            break
        except av.error.EOFError:
            break
        except av.error.FFmpegError as error:
            damage.found, failure = True, error
            continue
        decoded = decoded or bool(frames)
        yield from frames
    if failure is not None and not decoded:
        raise failure


def length(path: str | Path) -> float:
    """Tell how long a recording is, in seconds, decoding only its start.

    Where the file itself does not say, its last packet does.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded.

    """
    import av

    path = Path(path)
    with _explained(path):
        first = next(_blocks(path, _Damage()), None)
    if first is None:
        raise _no_sound(path)
    with av.open(str(path), metadata_errors="ignore") as container:
        if container.duration:
            return float(container.duration / av.time_base)
        ends = (float(packet.pts * packet.time_base) for packet in container.demux(audio=0) if packet.pts is not None)
        return max(ends, default=0.0)


def sha256(path: str | Path) -> str:
    """Hash the file's bytes, as 64 hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recordings(place: Path) -> tuple[Path, ...]:
    """List the recordings of a folder and the folders below it, by name; a file is itself."""
    if not place.is_dir():
        return (place,)
    return tuple(sorted(file for file in place.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file()))
