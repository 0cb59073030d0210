"""Level and possible periods of each frame of a recording, measured while it is made or afterwards.

Neither depends on what comes later, so that they can be measured as the sound comes in, in blocks whose borders depend
on the time alone. What does depend on the whole recording, which is its offset, who speaks when, and the range of the
voice, is applied at the end, and takes little time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rehearse.events.activity import BLOCK, FRAME, frame_count, frame_moments, levels_of, near_detection
from rehearse.events.pitch import Dips, find_dips, pitch_of
from rehearse.model import Recording

if TYPE_CHECKING:
    import numpy.typing as npt

_BEHIND = 1.0
"""Seconds that a block waits for more sound and for the speech detector (house default); both reach 0.3 s at most."""


class SoundMeter:
    """Measures one recording, as much of it in advance as has been fed.

    Ten minutes of speech take some 8 MB besides the samples, which are not copied.
    """

    def __init__(self, sample_rate: int) -> None:
        """Create it; ``sample_rate`` is in Hz."""
        self._rate = sample_rate
        self._samples = np.empty(0, np.float32)
        self._moments: list[npt.NDArray[np.float64]] = []
        self._dips: list[Dips] = []
        self._known = np.zeros(0, bool)

    def feed(self, samples: npt.NDArray[np.float32], probability: npt.NDArray[np.float32]) -> None:
        """Measure the blocks that are complete.

        Args:
            samples: All samples so far, shape (n,).
            probability: Shape (m,), the detector's speech probability for each 32 ms as far as it has come.

        """
        recording = Recording(samples, self._rate)
        while ((len(self._moments) + 1) * BLOCK * FRAME + _BEHIND) <= recording.duration:
            self._samples = samples
            self._moments.append(frame_moments(recording, len(self._moments)))
            self._look(recording, near_detection(probability, len(self._moments) * BLOCK))

    def fits(self, recording: Recording) -> bool:
        """Whether what was fed is the start of this recording."""
        start = recording.samples[: len(self._samples)]
        return recording.sample_rate == self._rate and np.array_equal(self._samples, start)

    def levels(self, recording: Recording) -> npt.NDArray[np.float32]:
        """Return the ``frame_levels`` of a recording that fits."""
        blocks = -(-frame_count(recording) // BLOCK)
        rest = [frame_moments(recording, block) for block in range(len(self._moments), blocks)]
        return levels_of([*self._moments, *rest], recording)

    def pitch(self, recording: Recording, spoken: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the pitch of a recording that fits, as ``track_pitch`` does."""
        self._look(recording, spoken)
        chosen = [dips.where(spoken[dips.frames]) for dips in self._dips]
        return pitch_of(chosen, recording.sample_rate, len(spoken))

    def _look(self, recording: Recording, wanted: npt.NDArray[np.bool_]) -> None:
        """Find the dips of those wanted frames that have not been looked at."""
        self._known = np.pad(self._known, (0, max(0, len(wanted) - len(self._known))))
        wanted = wanted & ~self._known[: len(wanted)]
        self._dips += find_dips(recording, wanted)
        self._known[: len(wanted)] |= wanted
