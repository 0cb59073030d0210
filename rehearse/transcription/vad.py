"""Voice activity detection, independent of the volume of the recording.

Silero's output depends on the level: of one creaky voice, attenuated by 6 dB,
it misses three quarters. If it detects little of the loudest sound, it runs
again at a fixed level, and the second result is used if it then detects that
sound. Of the 53 unmodified development recordings three are run twice, two
without speech and one of creaks, and none of the results changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.files import telemetry
from rehearse.transcription.chunking import DETECTOR_SAMPLES

if TYPE_CHECKING:
    import numpy.typing as npt

_LOUD_DB = 15.0
"""Sound within this range of the loudest is expected to be speech (house default)."""
_LOUDEST = 16
"""Detector steps, half a second, that define the loudest level, whatever silence surrounds them (house default)."""
_DETECTED = 0.25
"""Speech probability that counts as detected (house default, as in ``events.activity``)."""
_EXPECTED = 0.55
"""Detected share of the loud sound below which the detector runs again: development recordings with speech reach at
least 0.63, except for the creaks; the creaky voice attenuated by 6 dB reaches 0.41."""
_LEVEL = 0.6
"""Level of the loudest tenth of a second in the second run, as a share of full scale (house default)."""
_MOST_GAIN = 40.0
"""Largest gain; more would raise room noise to the level of a voice (house default)."""
_STRIDE, _TENTH_OF_A_SECOND = 4, 400
"""Every fourth sample suffices to find the level; the second number is how many of them last 0.1 s."""


_ROWS, _ROWS_OF_A_FILE = 8, 64
"""Detector steps run at once: a quarter of a second while somebody speaks, two seconds of what is there whole, which
takes a third less time. Their number changes memory and delay, not the result."""
_CONTEXT, _STATE = 64, 128
"""Samples before each 512 that the detector is given with them, and the size of its recurrent state."""


def speech_probability(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Run faster-whisper's Silero detector on mono sound at 16 kHz. Shape of the result: (ceil(n / 512),)."""
    first = Detector(rows=_ROWS_OF_A_FILE)
    first.feed(samples)
    first.finish()
    if first.is_plausible:
        return first.probability
    second = Detector(_gain(samples), rows=_ROWS_OF_A_FILE)
    second.feed(samples)
    second.finish()
    return second.probability if second.is_plausible else first.probability


class Detector:
    """The detector on mono sound at 16 kHz that arrives in pieces of any length, with the same result as at once.

    The library runs on everything at once, which takes 12 MB a minute; block by block, with the recurrent state handed
    on, the result is the same.
    """

    def __init__(self, gain: float = 1.0, *, rows: int = _ROWS) -> None:
        """Create it; the sound is amplified by ``gain``, and ``rows`` steps of 512 samples are run at once."""
        self._gain = gain
        self._block = rows * DETECTOR_SAMPLES
        self._h = self._c = np.zeros((1, 1, _STATE), np.float32)
        self._before = np.zeros(_CONTEXT, np.float32)
        self._held = np.zeros(0, np.float32)
        self._probabilities: list[npt.NDArray[np.float32]] = []
        self._powers: list[npt.NDArray[np.float32]] = []

    @property
    def probability(self) -> npt.NDArray[np.float32]:
        """Probability of speech in each 512 samples as far as it is known. Shape: (m,)."""
        return _joined(self._probabilities)

    @property
    def is_plausible(self) -> bool:
        """Whether speech was detected in enough of the loud sound; True for digital silence."""
        return _speech_share_of_loud(_joined(self._powers), self.probability) >= _EXPECTED

    def feed(self, samples: npt.NDArray[np.float32]) -> None:
        """Add sound of shape (n,); up to ``rows`` steps of it wait for more."""
        self._held = np.concatenate([self._held, samples]) if len(self._held) else samples
        while len(self._held) > self._block:  # the last block is treated differently, so it waits
            self._run(self._held[: self._block], is_last=False)
            self._held = self._held[self._block :]

    def finish(self) -> None:
        """Run on what waits."""
        if len(self._held):
            self._run(self._held, is_last=True)
        self._held = self._held[:0]

    def _run(self, part: npt.NDArray[np.float32], *, is_last: bool) -> None:
        block = np.pad(part, (0, -len(part) % DETECTOR_SAMPLES)).reshape(-1, DETECTOR_SAMPLES)
        if is_last:
            # The library silences the end too, and the thresholds were chosen with that.
            block[-1, -_CONTEXT:] = 0
        if self._gain != 1.0:
            block = np.clip(block * np.float32(self._gain), -1, 1)
        context = np.vstack([self._before, block[:-1, -_CONTEXT:]])
        output, self._h, self._c = _silero().session.run(
            None, {"input": np.hstack([context, block]), "h": self._h, "c": self._c}
        )
        self._before = block[-1, -_CONTEXT:].copy()
        self._probabilities.append(output.reshape(-1))
        self._powers.append(np.square(block).mean(axis=1))


def _joined(parts: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def _silero() -> Any:
    """Load the detector with its library's telemetry off, whatever another program has set in the environment."""
    telemetry.forbid()
    import onnxruntime
    from faster_whisper.vad import get_vad_model

    onnxruntime.disable_telemetry_events()
    return get_vad_model()


def _speech_share_of_loud(power: npt.NDArray[np.float32], probability: npt.NDArray[np.float32]) -> float:
    """Share of the loud sound in which speech was detected; 1 for digital silence."""
    if not len(power):
        return 1.0
    rank = min(len(power), _LOUDEST)
    loud = power >= np.partition(power, -rank)[-rank] * 10 ** (-_LOUD_DB / 10)
    return float(np.mean(probability[loud] > _DETECTED)) if power.any() else 1.0


def _gain(samples: npt.NDArray[np.float32]) -> float:
    """Gain that brings the loudest tenth of a second to the fixed level, whatever silence surrounds it."""
    size = np.abs(samples[::_STRIDE])
    rank = min(len(size), _TENTH_OF_A_SECOND)
    loudest = float(np.partition(size, -rank)[-rank])
    return min(_MOST_GAIN, _LEVEL / loudest) if loudest else 1.0
