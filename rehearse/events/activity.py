"""Voice activity, from the level of the sound and a speech detector.

Method
------
A frame of 10 ms counts as spoken where the detector found speech within
0.1 s of it and its level is clearly above the noise. The detector excludes
knocks and hum; the level gives the edges, which a detector with steps of
32 ms blurs. Both thresholds are computed between the first and the last
speech only, so that silence before or after an answer changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rehearse.model import Recording, Span

if TYPE_CHECKING:
    import numpy.typing as npt

FRAME = 0.01
"""Seconds per frame."""
DETECTOR_STEP = 0.032
"""Seconds per probability of the speech detector."""
BLOCK = 1000
"""Frames measured at a time, ten seconds (house default): to bound memory, and so that a frame has the same values
whether it is measured while the recording is made or afterwards."""
_WINDOW = 0.025
_SILENCE_DBFS = -75.0
"""Below this a room is silent and its exact level is meaningless (house default)."""
_DETECTOR_THRESHOLD = 0.25
"""Speech probability from which the detector counts; low, since the level decides too (house default)."""
_REACH = 10
"""Frames around a detection in which the level may find speech."""
_DYNAMIC_RANGE_DB = 30.0
"""How far below the speech level a soft sound may lie (house default)."""
_ABOVE_FLOOR_DB = 6.0
_LOUD_ROOM_DB = 25.0
"""Speech less than this above the noise has soft sounds masked by it (house default)."""
_SURE = 0.7
"""Speech probability that suffices by itself in a loud room (house default, checked on the two labelled monologues)."""
_SHORTEST_SOUND = 0.06
"""Seconds; a shorter spoken stretch is a click (house default)."""


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """Speech over time.

    Attributes:
        levels: Shape (n,), dBFS of each frame of 10 ms.
        spoken: Shape (n,), True where there is speech.
        speech_level: 80th percentile of the level in speech, dBFS; None without speech.
        noise_level: 5th percentile between first and last speech, dBFS; None without speech.

    """

    levels: npt.NDArray[np.float32]
    spoken: npt.NDArray[np.bool_]
    speech_level: float | None
    noise_level: float | None

    @property
    def stretches(self) -> tuple[Span, ...]:
        """Spoken stretches in order, however short the gaps between them."""
        edges = np.diff(np.concatenate(([0], self.spoken.astype(np.int8), [0])))
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        return tuple(Span(float(a * FRAME), float(b * FRAME)) for a, b in zip(starts, ends, strict=True))

    @property
    def speech(self) -> Span | None:
        """First spoken sound to last."""
        found = np.flatnonzero(self.spoken)
        return Span(float(found[0] * FRAME), float((found[-1] + 1) * FRAME)) if len(found) else None


def detect_speech(
    recording: Recording, probability: npt.NDArray[np.float32], levels: npt.NDArray[np.float32] | None = None
) -> Activity:
    """Find the spoken frames.

    Args:
        recording: Sound at any rate.
        probability: Shape (m,), the detector's speech probability for each 32 ms.
        levels: Its ``frame_levels``, if they are known.

    Returns:
        The activity; no frame is spoken where the detector finds no speech.

    """
    levels = frame_levels(recording) if levels is None else levels
    near = near_detection(probability, len(levels))
    if not near.any():
        return Activity(levels, np.zeros(len(levels), bool), None, None)
    inside = np.flatnonzero(near)
    speech = float(np.percentile(levels[near], 80))
    noise = max(float(np.percentile(levels[inside[0] : inside[-1] + 1], 5)), _SILENCE_DBFS)
    spoken = near & (levels > _threshold(speech, noise))
    if speech - noise < _LOUD_ROOM_DB:
        spoken |= _probability_by_frame(probability, len(levels)) > _SURE
    spoken = _without_clicks(spoken)
    return Activity(levels, spoken, speech, noise)


def frame_levels(recording: Recording) -> npt.NDArray[np.float32]:
    """Level of each 10 ms in dBFS, over windows of 25 ms, without a constant offset. Shape: (ceil(seconds * 100),)."""
    blocks = range(-(-frame_count(recording) // BLOCK))
    return levels_of([frame_moments(recording, block) for block in blocks], recording)


def frame_count(recording: Recording) -> int:
    """Number of frames of a recording; the last may be shorter than the others."""
    return -(-len(recording.samples) // _hop(recording))


def _hop(recording: Recording) -> int:
    return round(FRAME * recording.sample_rate)


def frame_moments(recording: Recording, block: int) -> npt.NDArray[np.float64]:
    """Mean and mean square of the samples around each frame of one block of frames. Shape: (frames, 2)."""
    total, hop, width = len(recording.samples), _hop(recording), round(_WINDOW * recording.sample_rate)
    frames = np.arange(block * BLOCK, min((block + 1) * BLOCK, frame_count(recording)))
    centres = frames * hop + hop // 2
    low = np.clip(centres - width // 2, 0, total)
    high = np.clip(centres + width // 2, 1, total)
    samples = recording.samples[low[0] : high[-1]].astype(np.float64)
    powers = np.stack([samples, np.square(samples)])
    sums = np.cumsum(np.pad(powers, ((0, 0), (1, 0))), axis=1)
    moments: npt.NDArray[np.float64] = (sums[:, high - low[0]] - sums[:, low - low[0]]) / np.maximum(high - low, 1)
    return moments.T


def levels_of(moments: Sequence[npt.NDArray[np.float64]], recording: Recording) -> npt.NDArray[np.float32]:
    """Return the levels of frames, of which ``moments`` are those of all blocks, as ``frame_levels`` does."""
    if not moments:
        return np.empty(0, np.float32)
    mean, square = np.concatenate(moments).T
    offset = recording.samples.mean(dtype=np.float64)
    power = square - 2 * offset * mean + offset**2
    levels: npt.NDArray[np.float32] = (10 * np.log10(np.maximum(power, 1e-10))).astype(np.float32)
    return levels


def near_detection(probability: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.bool_]:
    """Return which frames are so near a detection that the level may find speech in them. Shape: (frames,)."""
    if not len(probability) or not frames:
        return np.zeros(frames, bool)
    padded = np.pad(_probability_by_frame(probability, frames), _REACH)
    nearest: npt.NDArray[np.bool_] = (
        np.lib.stride_tricks.sliding_window_view(padded, 2 * _REACH + 1).max(axis=1) > _DETECTOR_THRESHOLD
    )
    return nearest


def _probability_by_frame(probability: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.float64]:
    """Interpolate the detector's probability at each frame."""
    centres = (np.arange(len(probability)) + 0.5) * DETECTOR_STEP
    interpolated: npt.NDArray[np.float64] = np.interp(np.arange(frames) * FRAME, centres, probability)
    return interpolated


def _threshold(speech: float, noise: float) -> float:
    """Level above which a frame counts as spoken; close to the noise in a loud room."""
    if speech - noise > 2 * (_ABOVE_FLOOR_DB + 4):
        return max(noise + _ABOVE_FLOOR_DB, speech - _DYNAMIC_RANGE_DB)
    return noise + 0.4 * (speech - noise)


def _without_clicks(spoken: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    edges = np.diff(np.concatenate(([0], spoken.astype(np.int8), [0])))
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        if (end - start) * FRAME < _SHORTEST_SOUND:
            spoken[start:end] = False
    return spoken


def meeting(stretches: Sequence[Span], low: float, high: float) -> Sequence[Span]:
    """Return the stretches, which are sorted and disjoint, that overlap the time from ``low`` to ``high``."""
    first = bisect_right(stretches, low, key=lambda stretch: stretch.end)
    return stretches[first : bisect_left(stretches, high, lo=first, key=lambda stretch: stretch.start)]
