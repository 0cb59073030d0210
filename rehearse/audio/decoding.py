"""Run the decoder process, which may crash, and read its output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, cast

import numpy as np

from rehearse.audio import decoder
from rehearse.files import isolation
from rehearse.files.atomic_files import is_pipe_or_device

if TYPE_CHECKING:
    import numpy.typing as npt

Task = Literal["sound", "length"]

_FORMATS = "use a WAV, FLAC, MP3, M4A, OGG, WebM or MP4 recording"


@contextmanager
def decoded(
    path: Path, task: Task, track: int | None = None
) -> Iterator[Iterator[npt.NDArray[np.float32] | dict[str, Any]]]:
    """Decode a file; yield blocks of shape (frames, channels), and facts as dictionaries.

    The last facts are missing if the decoder crashed. Leaving the context ends the decoding.

    Args:
        path: The recording.
        task: What to decode.
        track: Index of the sound track; None selects the one that players choose.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not a file.

    """
    _assert_readable(path)
    # ``-P``: nothing beside the file or in the current folder is imported.
    command = [sys.executable, "-P", decoder.__file__, task, str(path.absolute()), "" if track is None else str(track)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, env=isolation.environment(), stdin=quiet, stdout=subprocess.PIPE, stderr=quiet
    )
    with process:
        try:
            yield _messages(cast("BinaryIO", process.stdout))
        finally:
            process.kill()


def no_sound(path: Path) -> ValueError:
    """Return the error for a file without decodable sound."""
    return ValueError(f"{path.name}: no sound could be decoded; {_FORMATS}")


def refusal(path: Path, facts: Mapping[str, Any]) -> ValueError:
    """Return the error for a track without sound, given the facts that the decoder reported."""
    if "rate" in facts:
        low, high = decoder.RATES
        return ValueError(
            f"{path.name}: has {facts['rate']} samples a second; save it again with {low} to {high} of them"
        )
    if "channels" in facts:
        most = decoder.MOST_CHANNELS
        return ValueError(f"{path.name}: has {facts['channels']} channels; save it again with {most} at most")
    return no_sound(path)


def _assert_readable(path: Path) -> None:
    """Raise if the file cannot be opened, with a clearer message than the decoder gives."""
    try:
        if path.is_dir():
            msg = f"{path.name}: this is a folder; name a recording"
            raise ValueError(msg)
        if is_pipe_or_device(path):
            msg = f"{path.name}: this is not a file; save the recording and name that"
            raise ValueError(msg)
        path.open("rb").close()
    except FileNotFoundError:
        msg = f"{path.name}: no such file"
        raise FileNotFoundError(msg) from None
    except PermissionError:
        msg = f"{path.name}: no permission to read this file"
        raise PermissionError(msg) from None


def _messages(pipe: BinaryIO) -> Iterator[npt.NDArray[np.float32] | dict[str, Any]]:
    """Yield the decoder's messages; an incomplete one at the end is dropped."""
    while len(head := pipe.read(decoder.HEAD.size)) == decoder.HEAD.size:
        channels, amount = decoder.HEAD.unpack(head)
        if channels == decoder.SILENCE:
            yield np.zeros((amount, 1), np.float32)
            continue
        size = amount if channels == decoder.FACTS else amount * channels * np.dtype(np.float32).itemsize
        data = pipe.read(size)
        if len(data) < size:
            return
        if channels == decoder.FACTS:
            yield json.loads(data)
        else:
            yield np.frombuffer(data, np.float32).reshape(amount, channels)
