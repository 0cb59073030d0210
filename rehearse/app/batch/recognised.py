"""The recogniser's output as bytes, so that what is derived from it can be derived again without transcribing again."""

from __future__ import annotations

import io
import json
import zlib
from dataclasses import asdict, fields
from functools import cache
from typing import Any, get_type_hints

import numpy as np
from numpy import typing as npt

from rehearse.files.json_decode import read_strictly
from rehearse.model import RecogniserOutput, Recording
from rehearse.model import audio as values
from rehearse.transcription import Progress


def recognised_bytes(output: RecogniserOutput) -> bytes:
    """Serialise the recogniser's output; every number is read back as it was."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    others: dict[str, Any] = {}
    for field in fields(output):
        value = getattr(output, field.name)
        if isinstance(value, np.ndarray):
            arrays[field.name] = value
        else:
            others[field.name] = [asdict(part) for part in value] if isinstance(value, tuple) else value
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    text = json.dumps(others, ensure_ascii=False, allow_nan=False).encode()
    return zlib.compress(len(text).to_bytes(4, "little") + text + file.getvalue(), 1)


def recognised_in(data: bytes) -> RecogniserOutput:
    """Read what ``recognised_bytes`` wrote.

    Raises:
        ValueError: The bytes are no such output.

    """
    try:
        whole = zlib.decompress(data)
        length = int.from_bytes(whole[:4], "little")
        others = json.loads(whole[4 : 4 + length])
        with np.load(io.BytesIO(whole[4 + length :]), allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
    except (zlib.error, OSError, EOFError) as error:
        msg = f"the recogniser's stored output is damaged ({error})"
        raise ValueError(msg) from error
    hints = _hints()
    rest = {
        name: read_strictly(hints[name], json.dumps(value), "the recogniser's stored output")
        for name, value in others.items()
    }
    return RecogniserOutput(**found, **rest)


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(RecogniserOutput, {**vars(values), "np": np, "npt": npt})


class Replayed:
    """A transcriber that gives an earlier output again.

    Attributes:
        name: Name of the model that gave it.

    """

    def __init__(self, name: str, output: RecogniserOutput) -> None:
        self.name = name
        self._output = output

    def __call__(
        self,
        recording: Recording,  # noqa: ARG002 - as a transcriber is called
        progress: Progress | None = None,
    ) -> RecogniserOutput:
        """Return the stored output."""
        if progress:
            progress(1.0)
        return self._output
