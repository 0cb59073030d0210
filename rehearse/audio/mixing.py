"""Make one channel of several, and keep it within bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

NO_SOUND = 2.0**33
"""What is as large is no sample of any format, but a fault; it and what is no number is taken for silence."""

_SILENT = 1e-4
"""Share of the power of the loudest channel under which another is silent (house default)."""
_CANCELLED = 0.2
"""Share of the power of the louder of two channels under which their sum says that they cancel each other out (house
default). Half as loud and crossed, which a wrongly wired microphone does not make, leaves more."""
_SPIKES = 4.0
"""How far a sample may stand over nearly all others before it is a knock or a fault, and not the scale (house default)."""
_OVERSHOT = 1.5
"""Up to here what a lossy codec gives beyond full scale is what it makes of clipped sound (house default)."""
_LOOKED_AT = 17
"""One of so many samples is asked for the scale."""


@dataclass(slots=True)
class Mixer:
    """Averages channels block by block, and finds out beside it whether that was right.

    FFmpeg's own way to mono would raise loud stereo by 3 dB, into clipping. A wrongly wired microphone makes channels
    that cancel each other out; a hum that all have in common hides that in any short stretch and at low frequencies, so
    the whole file is asked, and the differences of neighbouring samples, in which there is hardly any hum.

    Attributes:
        weights: What each channel is taken by, for each number of channels; the same for all where there is none.

    """

    weights: dict[int, npt.NDArray[np.float32]] = field(default_factory=dict)
    _power: dict[int, npt.NDArray[np.float64]] = field(default_factory=dict)
    _single: bool = False

    def mixed(self, block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Give one channel for a block of shape (frames, channels)."""
        with np.errstate(invalid="ignore"):
            block = np.where(np.abs(block) < NO_SOUND, block, np.float32(0))
        channels = block.shape[1]
        if channels == 1:
            self._single = self._single or bool(block.any())
            return block[:, 0]
        change = np.diff(block, axis=0).astype(np.float64)
        self._power[channels] = self._power.get(channels, 0.0) + change.T @ change
        return block @ self.weights.get(channels, _alike(channels))

    def better(self) -> dict[int, npt.NDArray[np.float32]]:
        """Give the weights that the whole file asks for, of each number of channels for which they are not alike."""
        found = {channels: _weights(power) for channels, power in self._power.items()}
        return {channels: weights for channels, weights in found.items() if (weights != _alike(channels)).any()}

    def gain(self, weights: dict[int, npt.NDArray[np.float32]]) -> float | None:
        """Give what the average has to be multiplied by to become that of the weights; None where nothing does."""
        if self._single or len(self._power) > 1 or any((weight < 0).any() for weight in weights.values()):
            return None
        # What is left out is silent, so it may as well stay in.
        return max(float(channels * weight.max()) for channels, weight in weights.items())


def _alike(channels: int) -> npt.NDArray[np.float32]:
    return np.full(channels, 1 / channels, np.float32)


def _weights(power: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Leave silent channels out and turn those round that cancel the others.

    Args:
        power: Shape (channels, channels), of each two channels together.

    """
    loudness = power.diagonal()
    signs = np.zeros(len(power))
    for channel in np.argsort(-loudness, kind="stable"):
        if loudness[channel] <= _SILENT * loudness.max():
            break
        before, both = signs @ power @ signs, 2 * power[channel] @ signs + loudness[channel]
        cancelled = before + both < _CANCELLED * max(before, loudness[channel])
        signs[channel] = -1 if cancelled and signs.any() else 1
    if not signs.any():
        return _alike(len(power))
    return np.asarray(signs / np.abs(signs).sum(), np.float32)


def within_full_scale(samples: npt.NDArray[np.float32], *, lossy: bool) -> None:
    """Bring sound beyond full scale down to it as a whole, in place: cut off it would sound, and measure, as clipped.

    A lossy codec overshoots where its source was clipped: that little is cut off, so that the clipping is seen.
    """
    peak = max(float(samples.max()), -float(samples.min()))
    if peak <= 1:
        return
    if lossy and peak <= _OVERSHOT:
        np.clip(samples, -1, 1, out=samples)
        return
    usual = float(np.quantile(np.abs(samples[::_LOOKED_AT]), 0.9999))
    scale = min(peak, max(1.0, _SPIKES * usual))
    np.clip(samples, -scale, scale, out=samples)
    samples /= np.float32(scale)
