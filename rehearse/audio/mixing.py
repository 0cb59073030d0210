"""Mix several channels into one, and keep it within full scale."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

NO_SOUND = 2.0**33
"""Values from here on are faults, not samples of any format; they and NaN are replaced by silence."""

_SILENT = 1e-4
"""Share of the power of the loudest channel below which another is silent (house default)."""
_CANCELLED = 0.2
"""Share of the power of the louder of two channels below which their sum shows that they cancel each other out (house
default). An inverted channel at half the level, which a miswired microphone does not produce, leaves more."""
_SPIKES = 4.0
"""Ratio to nearly all other samples above which a sample is a knock or a fault, not the scale (house default)."""
_OVERSHOT = 1.5
"""Largest peak that a lossy codec produces from clipped sound (house default)."""
_SCALE_STRIDE = 17
"""Stride of the samples used to find the scale."""


@dataclass(slots=True)
class Mixer:
    """Averages channels block by block, and checks whether that was right.

    FFmpeg's own downmix would raise loud stereo by 3 dB, into clipping. A miswired microphone produces channels that
    cancel each other out; a common hum masks that in short stretches and at low frequencies, so the whole file is
    examined, by the differences of neighbouring samples, which contain hardly any hum.

    Attributes:
        weights: Weight of each channel, by number of channels; equal weights if missing.

    """

    weights: dict[int, npt.NDArray[np.float32]] = field(default_factory=dict)
    _power: dict[int, npt.NDArray[np.float64]] = field(default_factory=dict)
    _single: bool = False

    def mixed(self, block: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Mix a block of shape (frames, channels). Shape of the result: (frames,)."""
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
        """Return the weights that the whole file requires, for each number of channels where they are not equal."""
        found = {channels: _weights(power) for channels, power in self._power.items()}
        return {channels: weights for channels, weights in found.items() if (weights != _alike(channels)).any()}

    def gain(self, weights: dict[int, npt.NDArray[np.float32]]) -> float | None:
        """Return the factor that turns the plain average into the weighted one; None if there is no such factor."""
        if self._single or len(self._power) > 1 or any((weight < 0).any() for weight in weights.values()):
            return None
        # Excluded channels are silent, so keeping them changes nothing.
        return max(float(channels * weight.max()) for channels, weight in weights.items())


def _alike(channels: int) -> npt.NDArray[np.float32]:
    return np.full(channels, 1 / channels, np.float32)


def _weights(power: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return the weight of each channel: none for silent ones, negative for those that cancel the others.

    Args:
        power: Shape (channels, channels), the product of each pair of channels.

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
    """Scale sound beyond full scale down as a whole, in place: limiting it would sound, and measure, like clipping.

    A lossy codec overshoots where its source was clipped: that little is limited, so that the clipping is detected.
    """
    peak = max(float(samples.max()), -float(samples.min()))
    if peak <= 1:
        return
    if lossy and peak <= _OVERSHOT:
        np.clip(samples, -1, 1, out=samples)
        return
    usual = float(np.quantile(np.abs(samples[::_SCALE_STRIDE]), 0.9999))
    scale = min(peak, max(1.0, _SPIKES * usual))
    np.clip(samples, -scale, scale, out=samples)
    samples /= np.float32(scale)
