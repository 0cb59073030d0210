"""Selection of the sound tracks of a film that are used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

_FRAME = 320
"""Samples per level: 20 ms."""
_SILENT_DB = -70.0
"""Highest level in a silent track (house default)."""
_STEADY_DB = 6.0
"""Largest level range of hum and hiss (house default)."""
_SPEECH_DB = 15.0
"""Level range from which a track may be speech, since speech pauses; music seldom has it (house default)."""
_ACTIVE_DB = 20.0
"""How far below its loudest level a track still counts as active (house default)."""
_AT_ONCE = 0.3
"""Overlap, as a share of the less active track, from which two tracks are not a conversation (house default)."""
_SAME = 0.3
"""Correlation from which two tracks have the same sound (house default)."""
TOGETHER = (
    "The file has {count} sound tracks, and {selected} of them are heard together; "
    "save the others on their own to measure them."
)
ALONE = (
    "The file has {count} sound tracks, and only track {number} is heard; save the others on their own to measure them."
)


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One sound track.

    Attributes:
        samples: Shape (n,), from the start of the file.
        levels: Shape (m,), dBFS of each 20 ms.
        language: Three-letter code; None if the file has none.

    """

    samples: npt.NDArray[np.float32]
    levels: npt.NDArray[np.float32]
    language: str | None

    @classmethod
    def of(cls, samples: npt.NDArray[np.float32], language: str | None) -> Track:
        """Create a track and measure its levels."""
        frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
        power = np.einsum("ij,ij->i", frames, frames) / _FRAME
        return cls(samples, (10 * np.log10(np.maximum(power, 1e-12))).astype(np.float32), language)

    @property
    def range(self) -> float:
        """Level range from the softest to the loudest parts in dB; 0 for an empty track."""
        return float(np.subtract(*np.percentile(self.levels, (99.5, 10)))) if len(self.levels) else 0.0

    @property
    def silent(self) -> bool:
        """Whether the track is empty or silent."""
        return not len(self.levels) or float(self.levels.max()) < _SILENT_DB

    @property
    def active(self) -> npt.NDArray[np.bool_]:
        """True where the track is loud. Shape (m,)."""
        return np.greater(self.levels, max(float(np.percentile(self.levels, 99.5)) - _ACTIVE_DB, _SILENT_DB))


def chosen(tracks: Sequence[Track]) -> tuple[int, ...]:
    """Return the indices of the tracks to use, given at least one; the first is the one that players choose.

    Silent tracks are left out, as are hum beside other sound, and tracks in another language or that overlap the first:
    a dubbed film, or a second take. Speakers who take turns, one on each track, are all used.
    """
    sounding = [number for number, track in enumerate(tracks) if not track.silent]
    moving = [number for number in sounding if tracks[number].range > _STEADY_DB]
    first, *others = moving or sounding or [0]
    selected = [first]
    for number in others:
        if not any(_against(tracks[number], tracks[other]) for other in selected):
            selected.append(number)
    return tuple(selected)


def _against(track: Track, other: Track) -> bool:
    """Whether two tracks are not meant to be played together."""
    if track.language and other.language and track.language != other.language:
        return True
    if min(track.range, other.range) < _SPEECH_DB:
        return False
    size = min(len(track.levels), len(other.levels))
    first, second = track.active[:size], other.active[:size]
    both, fewer = int(np.sum(first & second)), min(int(np.sum(first)), int(np.sum(second)))
    return both > _AT_ONCE * fewer and not _same(track.samples, other.samples)


def _same(first: npt.NDArray[np.float32], second: npt.NDArray[np.float32]) -> bool:
    size = min(len(first), len(second))
    first, second = first[:size], second[:size]
    return float(first @ second) > _SAME * float(np.sqrt(float(first @ first) * float(second @ second)))


def average(selected: Sequence[Track]) -> npt.NDArray[np.float32]:
    """Average tracks, which may have different lengths."""
    if len(selected) == 1:
        return selected[0].samples
    mixed = np.zeros(max(len(track.samples) for track in selected), np.float32)
    for track in selected:
        mixed[: len(track.samples)] += track.samples
    mixed /= np.float32(len(selected))
    return mixed


def note(tracks: Sequence[Track], selected: Sequence[int], *, number: int, unread: int = 0) -> str | None:
    """Return a note if not all tracks are used; None if all that are not silent are.

    Args:
        tracks: All decoded tracks.
        selected: Indices of those that are used.
        number: Index in the file of the first that is used.
        unread: Number of tracks that were not decoded.

    """
    sounding = sum(not track.silent for track in tracks)
    if len(selected) >= sounding and not unread:
        return None
    count = len(tracks) + unread
    return (
        ALONE.format(count=count, number=number + 1)
        if len(selected) == 1
        else TOGETHER.format(count=count, selected=len(selected))
    )
