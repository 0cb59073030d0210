"""Decode recordings into mono sound at the rate Whisper hears."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.datatypes import Recording

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE_RATE = 16_000
"""Samples a second of every ``Recording`` that ``load`` returns; Whisper's own rate."""

MAX_SECONDS = 4 * 3600
"""Longest recording taken, in seconds (house default): four hours fill 0.9 GB of memory."""

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

    Channels are averaged. A file that breaks off gives the sound up to there.

    Args:
        path: The recording, or a film of which the sound is taken.

    Returns:
        The recording; ``samples`` has shape (n,).

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded, or more than ``MAX_SECONDS``.

    """
    path = Path(path)
    with _explained(path):
        blocks = list(_blocks(path))
    if not blocks:
        raise _no_sound(path)
    return Recording(np.clip(np.nan_to_num(np.concatenate(blocks)), -1, 1), SAMPLE_RATE)


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


def _blocks(path: Path) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the decoded sound block by block, as far as the file goes."""
    import av

    with av.open(str(path), metadata_errors="ignore") as container:
        if not container.streams.audio:
            return
        resampler = av.AudioResampler(format="fltp", rate=SAMPLE_RATE)
        total = 0
        for frame in _frames(container):
            for block in resampler.resample(frame):
                total += block.samples
                if total > MAX_SECONDS * SAMPLE_RATE:
                    msg = f"{path.name}: longer than {MAX_SECONDS // 3600} hours; cut it into parts"
                    raise ValueError(msg)
                # FFmpeg's own way to mono would raise loud stereo by 3 dB, into clipping.
                yield block.to_ndarray().mean(axis=0, dtype=np.float32)


def _frames(container: Any) -> Iterator[Any]:
    """Yield decoded frames and, last, None to flush the resampler.

    A damaged packet ends the sound where it stands: what came before is good.
    """
    import av

    decoded = False
    try:
        for frame in container.decode(audio=0):
            decoded = True
            yield frame
    except av.error.FFmpegError:
        if not decoded:
            raise
    if decoded:
        yield None


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
        first = next(_blocks(path), None)
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
