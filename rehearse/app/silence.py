"""Tells before an analysis whether a voice is heard in a recording, decoding no more of it than needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.audio import SAMPLE_RATE
from rehearse.audio.decoding import decoded
from rehearse.audio.recorder import QUIET_DBFS
from rehearse.events.activity import detect_speech
from rehearse.model import Recording
from rehearse.transcription import speech_probability

if TYPE_CHECKING:
    import numpy.typing as npt

_PIECE = 30 * SAMPLE_RATE
"""Samples that are examined at once (house default)."""
_MOST_PIECES = 20
"""Pieces with sound but no voice after which nothing is claimed of the rest (house default): ten minutes."""


def has_voice(path: Path) -> bool | None:
    """Whether a voice is heard on any track of a recording; None if that cannot be told.

    Args:
        path: The recording. One that cannot be read or decoded, and one whose first ten minutes of sound hold no
            voice although more follows, give None.

    """
    facts: dict[str, Any] = {}
    try:
        found = [_track_has_voice(path, None, facts)]
        for number in facts.get("order", (0,))[1:]:
            if True in found:
                break
            found.append(_track_has_voice(path, number, facts))
    except (OSError, ValueError):
        return None
    return True if True in found else None if None in found else False


def _track_has_voice(path: Path, number: int | None, facts: dict[str, Any]) -> bool | None:
    pieces = examined = 0
    with decoded(path, "sound", number) as messages:
        for piece in _pieces(messages, facts):
            pieces += 1
            if not _is_quiet(piece):
                examined += 1
                if detect_speech(Recording(piece, SAMPLE_RATE), speech_probability(piece)).speech is not None:
                    return True
            if examined == _MOST_PIECES:
                return None
    return False if pieces else None


def _pieces(
    messages: Iterable[npt.NDArray[np.float32] | dict[str, Any]], facts: dict[str, Any]
) -> Iterator[npt.NDArray[np.float32]]:
    """Join decoded blocks into pieces of one channel; facts are collected."""
    held: list[npt.NDArray[np.float32]] = []
    for message in messages:
        if isinstance(message, dict):
            facts.update(message)
            continue
        held.append(_loudest_channel(message))
        if sum(map(len, held)) >= _PIECE:
            yield np.concatenate(held)
            held = []
    if held:
        yield np.concatenate(held)


def _loudest_channel(block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return one channel of a block of shape (frames, channels): an average could cancel out."""
    finite = np.clip(np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0), -1, 1)
    channel: npt.NDArray[np.float32] = finite[:, int(np.square(finite).sum(axis=0).argmax())]
    return channel


def _is_quiet(piece: npt.NDArray[np.float32]) -> bool:
    return float(np.abs(piece).max(initial=0.0)) < 10 ** (QUIET_DBFS / 20)
