"""Which of the tracks of sound in one film are heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_FRAME = 320
"""Samples of which the level is asked: 20 ms."""
_SILENT_DB = -70.0
"""Level that nothing in a silent track passes (house default)."""
_STEADY_DB = 6.0
"""Range of the levels of hum and hiss (house default)."""
_SPEECH_DB = 15.0
"""Range from which a track may be speech, which pauses; music seldom has it (house default)."""
_ACTIVE_DB = 20.0
"""How far under its loudest a track is active (house default)."""
_AT_ONCE = 0.3
"""Share of the shorter one's activity from which two tracks talk over each other (house default); people take turns."""
_SAME = 0.3
"""Correlation from which two tracks hold the same sound (house default)."""
TOGETHER = "The file has {count} sound tracks, and {heard} of them are heard together; save the others on their own to measure them."
ALONE = (
    "The file has {count} sound tracks, and only track {number} is heard; save the others on their own to measure them."
)


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One of the tracks.

    Attributes:
        samples: Shape (n,), from the start of the file.
        levels: Shape (m,), dBFS of each 20 ms.
        language: Of three letters; None where the file does not say.

    """

    samples: npt.NDArray[np.float32]
    levels: npt.NDArray[np.float32]
    language: str | None

    @classmethod
    def of(cls, samples: npt.NDArray[np.float32], language: str | None) -> Track:
        """Measure the levels of a track."""
        frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
        power = np.einsum("ij,ij->i", frames, frames) / _FRAME
        return cls(samples, (10 * np.log10(np.maximum(power, 1e-12))).astype(np.float32), language)

    @property
    def range(self) -> float:
        """From the soft stretches to the loudest, in dB; 0 where there is nothing."""
        return float(np.subtract(*np.percentile(self.levels, (99.5, 10)))) if len(self.levels) else 0.0

    @property
    def silent(self) -> bool:
        """Whether nothing was recorded."""
        return not len(self.levels) or float(self.levels.max()) < _SILENT_DB

    @property
    def active(self) -> npt.NDArray[np.bool_]:
        """Where it is loud. Shape (m,)."""
        return np.greater(self.levels, max(float(np.percentile(self.levels, 99.5)) - _ACTIVE_DB, _SILENT_DB))


def chosen(tracks: Sequence[Track]) -> tuple[int, ...]:
    """Say which tracks are heard, of at least one; the first is the one that a player chooses.

    Silent ones are not, nor hum beside something else, nor what is in another language or talks over the first: a film
    dubbed, or a second take. People who take turns, one on each track, are all heard.
    """
    sounding = [number for number, track in enumerate(tracks) if not track.silent]
    moving = [number for number in sounding if tracks[number].range > _STEADY_DB]
    first, *others = moving or sounding or [0]
    heard = [first]
    for number in others:
        if not any(_against(tracks[number], tracks[other]) for other in heard):
            heard.append(number)
    return tuple(heard)


def _against(track: Track, other: Track) -> bool:
    """Whether two tracks are not meant to be heard together."""
    if track.language and other.language and track.language != other.language:
        return True
    if min(track.range, other.range) < _SPEECH_DB:
        return False
    size = min(len(track.levels), len(other.levels))
    one, two = track.active[:size], other.active[:size]
    both, fewer = int(np.sum(one & two)), min(int(np.sum(one)), int(np.sum(two)))
    return both > _AT_ONCE * fewer and not _same(track.samples, other.samples)


def _same(one: npt.NDArray[np.float32], two: npt.NDArray[np.float32]) -> bool:
    size = min(len(one), len(two))
    one, two = one[:size], two[:size]
    return float(one @ two) > _SAME * float(np.sqrt(float(one @ one) * float(two @ two)))


def together(heard: Sequence[Track]) -> npt.NDArray[np.float32]:
    """Average tracks, which may have different lengths."""
    if len(heard) == 1:
        return heard[0].samples
    mixed = np.zeros(max(len(track.samples) for track in heard), np.float32)
    for track in heard:
        mixed[: len(track.samples)] += track.samples
    mixed /= np.float32(len(heard))
    return mixed


def note(tracks: Sequence[Track], heard: Sequence[int], *, number: int, unread: int = 0) -> str | None:
    """Say that not all of several tracks is heard; None where all that sounds is.

    Args:
        tracks: All that were decoded.
        heard: Which of them are heard.
        number: The position in the file of the first that is heard.
        unread: How many more the file has.

    """
    sounding = sum(not track.silent for track in tracks)
    if len(heard) >= sounding and not unread:
        return None
    count = len(tracks) + unread
    return (
        ALONE.format(count=count, number=number + 1)
        if len(heard) == 1
        else TOGETHER.format(count=count, heard=len(heard))
    )
