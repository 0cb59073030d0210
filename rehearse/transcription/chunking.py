"""Cut a recording at quiet points into windows that Whisper accepts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE_RATE = 16_000
HOP = 160
"""Samples per mel frame."""
FRAMES = 3000
"""Mel frames in Whisper's fixed input of 30 s."""
DETECTOR_SAMPLES = 512
"""Samples per probability of the speech detector."""
LONGEST = 28.0
"""Longest window in seconds; Whisper tends to invent an ending close to 30 s (reported by users of whisper.cpp)."""
_REACH = 4.0
"""Seconds around an even division that are searched for the quietest point (house default)."""
_MARGIN = 0.5
"""Seconds of silence kept before the first speech and after the last (house default)."""
_SPEECH = 0.25
"""Speech probability below which a window is not transcribed (house default)."""


@dataclass(frozen=True, slots=True)
class Window:
    """A range of samples that is transcribed at once."""

    start: int
    end: int

    @property
    def frames(self) -> int:
        """Number of mel frames with sound."""
        return min(FRAMES, -(-(self.end - self.start) // HOP))

    @property
    def offset(self) -> float:
        """Seconds from the start of the recording."""
        return self.start / SAMPLE_RATE


def spoken(probability: npt.NDArray[np.float32], samples: int) -> Window:
    """Find the range from the first speech to the last, so that silence around it does not change the words.

    Args:
        probability: Shape (ceil(samples / 512),), the detector's speech probability.
        samples: Length of the recording in samples.

    """
    speech = np.flatnonzero(probability >= _SPEECH) * DETECTOR_SAMPLES
    if not len(speech):
        return Window(0, 0)
    margin = round(_MARGIN * SAMPLE_RATE)
    return Window(max(0, int(speech[0]) - margin), min(samples, int(speech[-1]) + DETECTOR_SAMPLES + margin))


def cut(samples: npt.NDArray[np.float32], part: Window | None = None) -> list[Window]:
    """Divide evenly into windows of at most 28 s, each edge moved to the quietest 0.2 s near it."""
    part = part or Window(0, len(samples))
    total, reach = part.end - part.start, round(_REACH * SAMPLE_RATE)
    count = max(1, -(-total // round((LONGEST - _REACH) * SAMPLE_RATE)))
    if total <= round(LONGEST * SAMPLE_RATE):
        count = 1
    edges = [part.start]
    for number in range(1, count):
        middle = part.start + total * number // count
        low = max(middle - reach, edges[-1] + SAMPLE_RATE)
        high = min(middle + reach, edges[-1] + round(LONGEST * SAMPLE_RATE))
        edges.append(low + _quietest(samples[low:high]))
    edges.append(part.end)
    return [Window(a, b) for a, b in itertools.pairwise(edges) if b > a]


def _quietest(samples: npt.NDArray[np.float32]) -> int:
    """Return the index of the middle of the quietest 0.2 s."""
    width = 20
    energy = np.add.reduceat(np.square(samples), np.arange(0, len(samples), HOP))
    smooth = np.convolve(energy, np.ones(width), "valid")
    return int((np.argmin(smooth) + width // 2) * HOP)


def has_speech(probability: npt.NDArray[np.float32], window: Window) -> bool:
    """Whether the detector found speech anywhere in the window."""
    part = probability[window.start // DETECTOR_SAMPLES : -(-window.end // DETECTOR_SAMPLES)]
    return bool(len(part)) and float(part.max()) >= _SPEECH
