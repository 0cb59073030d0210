"""The one kind of WAV file that rehearse writes itself: mono, 16 bit.

A recording only appends to its file. After a crash the file is therefore
complete except for the two lengths in the header, and ``mend`` sets them from
the size of the file, after a normal stop as well.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_BYTES_PER_FRAME = 2
_LARGEST = 2**32 - 1
"""Largest value of a header field; as a length, ffmpeg reads it as "up to the end of the file"."""


def header(sample_rate: int, frames: int = 0) -> bytes:
    """Build the 44-byte header; lengths beyond 4 GiB are written as the largest possible value.

    >>> len(header(16_000))
    44
    """
    size = frames * _BYTES_PER_FRAME
    rate = (sample_rate, min(sample_rate * _BYTES_PER_FRAME, _LARGEST))
    riff = (b"RIFF", min(_HEADER.size - 8 + size, _LARGEST), b"WAVE")
    return _HEADER.pack(*riff, b"fmt ", 16, 1, 1, *rate, _BYTES_PER_FRAME, 16, b"data", min(size, _LARGEST))


def read(path: Path, sample_rate: int) -> bytes | None:
    """Return the samples of a file that is exactly what ``header`` and ``mend`` make of it, else None.

    Such a file needs no decoder.

    Raises:
        OSError: The file cannot be read.

    """
    with path.open("rb") as file:
        start = file.read(_HEADER.size)
        if len(start) < _HEADER.size or start != header(sample_rate, _frames(file)):
            return None
        data = file.read()
    return None if len(data) % _BYTES_PER_FRAME else data


def _frames(file: BinaryIO) -> int:
    return (os.fstat(file.fileno()).st_size - _HEADER.size) // _BYTES_PER_FRAME


def mend(path: Path) -> int:
    """Correct the lengths in the header to match the file.

    Args:
        path: A file that begins with ``header``.

    Returns:
        Number of frames; 0 if not even the header is complete.

    Raises:
        OSError: The file cannot be read or written.

    """
    with path.open("r+b") as file:
        start = file.read(_HEADER.size)
        if len(start) < _HEADER.size:
            return 0
        sample_rate = _HEADER.unpack(start)[7]
        frames = _frames(file)
        file.truncate(_HEADER.size + frames * _BYTES_PER_FRAME)
        file.seek(0)
        file.write(header(sample_rate, frames))
        file.flush()
        os.fsync(file.fileno())
    return int(frames)
