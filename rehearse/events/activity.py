"""Where there is speech: the sound's level, and a speech detector's opinion.

Method
------
A frame of 10 ms counts as spoken where the detector heard speech within
0.1 s of it and its level stands clear of the room. The detector keeps out
knocks and hum; the level draws the edges, which a detector that works in
steps of 32 ms blurs. Both thresholds come from the stretch between the
first and the last speech alone, so that silence before or after an answer
moves nothing.
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
"""Seconds from one level to the next."""
DETECTOR_STEP = 0.032
"""Seconds that one opinion of the speech detector covers."""
_WINDOW = 0.025
_AT_ONCE = 6000
"""Frames worked on together; bounds the memory."""
_SILENCE_DBFS = -75.0
"""Below this a room is silent and its exact level means nothing (house default)."""
_DETECTOR_THRESHOLD = 0.25
"""Speech probability that counts; low, since the level decides too (house default)."""
_REACH = 10
"""Frames around a detection in which the level may find speech."""
_DYNAMIC_RANGE_DB = 30.0
"""How far below the speech level a soft sound may lie (house default)."""
_ABOVE_FLOOR_DB = 6.0
_LOUD_ROOM_DB = 25.0
"""Speech less than this above the noise has soft sounds that sink into it (house default)."""
_SURE = 0.7
"""Speech probability that counts by itself there (house default, looked at on the two labelled monologues)."""
_SHORTEST_SOUND = 0.06
"""A spoken stretch shorter than this is a click (house default, seconds)."""


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """Speech over time.

    Attributes:
        levels: Shape (n,), dBFS of each frame of 10 ms.
        spoken: Shape (n,), True where speech is heard.
        speech_level: 80th percentile of the level in speech, dBFS; None without speech.
        noise_level: 5th percentile between first and last speech, dBFS; None without speech.

    """

    levels: npt.NDArray[np.float32]
    spoken: npt.NDArray[np.bool_]
    speech_level: float | None
    noise_level: float | None

    @property
    def stretches(self) -> tuple[Span, ...]:
        """Spoken stretches in order, whatever the length of the gaps between them."""
        edges = np.diff(np.concatenate(([0], self.spoken.astype(np.int8), [0])))
        starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        return tuple(Span(float(a * FRAME), float(b * FRAME)) for a, b in zip(starts, ends, strict=True))

    @property
    def speech(self) -> Span | None:
        """First spoken sound to last."""
        found = np.flatnonzero(self.spoken)
        return Span(float(found[0] * FRAME), float((found[-1] + 1) * FRAME)) if len(found) else None


def detect_speech(recording: Recording, probability: npt.NDArray[np.float32]) -> Activity:
    """Find the spoken frames.

    Args:
        recording: Sound at any rate.
        probability: Shape (m,), the detector's opinion for each 32 ms.

    Returns:
        The activity; nothing spoken where the detector hears no speech.

    """
    levels = frame_levels(recording)
    near = _near_detection(probability, len(levels))
    if not near.any():
        return Activity(levels, np.zeros(len(levels), bool), None, None)
    inside = np.flatnonzero(near)
    speech = float(np.percentile(levels[near], 80))
    noise = max(float(np.percentile(levels[inside[0] : inside[-1] + 1], 5)), _SILENCE_DBFS)
    spoken = near & (levels > _threshold(speech, noise))
    if speech - noise < _LOUD_ROOM_DB:
        spoken |= _opinion(probability, len(levels)) > _SURE
    spoken = _without_clicks(spoken)
    return Activity(levels, spoken, speech, noise)


def frame_levels(recording: Recording) -> npt.NDArray[np.float32]:
    """Level of each 10 ms in dBFS, over windows of 25 ms, a constant offset apart. Shape: (ceil(seconds * 100),)."""
    hop, width = round(FRAME * recording.sample_rate), round(_WINDOW * recording.sample_rate)
    centres = np.arange(0, len(recording.samples), hop) + hop // 2
    low = np.clip(centres - width // 2, 0, len(recording.samples))
    high = np.clip(centres + width // 2, 1, len(recording.samples))
    offset = recording.samples.mean(dtype=np.float64) if len(recording.samples) else 0.0
    levels = np.empty(len(centres), np.float32)
    for first in range(0, len(centres), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        begin, end = low[part][0], high[part][-1]
        energy = np.concatenate(([0.0], np.cumsum(np.square(recording.samples[begin:end] - offset, dtype=np.float64))))
        mean = (energy[high[part] - begin] - energy[low[part] - begin]) / np.maximum(high[part] - low[part], 1)
        levels[part] = 10 * np.log10(np.maximum(mean, 1e-10))
    return levels


def _near_detection(probability: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.bool_]:
    if not len(probability) or not frames:
        return np.zeros(frames, bool)
    padded = np.pad(_opinion(probability, frames), _REACH)
    nearest: npt.NDArray[np.bool_] = (
        np.lib.stride_tricks.sliding_window_view(padded, 2 * _REACH + 1).max(axis=1) > _DETECTOR_THRESHOLD
    )
    return nearest


def _opinion(probability: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.float64]:
    """Give the detector's opinion for each frame."""
    centres = (np.arange(len(probability)) + 0.5) * DETECTOR_STEP
    opinion: npt.NDArray[np.float64] = np.interp(np.arange(frames) * FRAME, centres, probability)
    return opinion


def _threshold(speech: float, noise: float) -> float:
    """Level above which a frame is spoken; close to the noise where the room is loud."""
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
    """Those of the stretches, in order and apart, that reach into the time between ``low`` and ``high``."""
    first = bisect_right(stretches, low, key=lambda stretch: stretch.end)
    return stretches[first : bisect_left(stretches, high, lo=first, key=lambda stretch: stretch.start)]
