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


def speech_probability(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Run faster-whisper's Silero detector on mono sound at 16 kHz. Shape of the result: (ceil(n / 512),)."""
    if not len(samples):
        return np.zeros(0, np.float32)
    padded = np.pad(samples, (0, -len(samples) % DETECTOR_SAMPLES))
    first = _detect(padded)
    if _speech_share_of_loud(padded, first) >= _EXPECTED:
        return first
    levelled = np.clip(padded * np.float32(_gain(padded)), -1, 1)
    second = _detect(levelled)
    return second if _speech_share_of_loud(levelled, second) >= _EXPECTED else first


def _detect(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(_silero()(samples), np.float32).reshape(-1)


def _silero() -> Any:
    """Load the detector with its library's telemetry off, whatever another program has set in the environment."""
    telemetry.forbid()
    import onnxruntime
    from faster_whisper.vad import get_vad_model

    onnxruntime.disable_telemetry_events()
    return get_vad_model()


def _speech_share_of_loud(samples: npt.NDArray[np.float32], probability: npt.NDArray[np.float32]) -> float:
    """Share of the loud sound in which speech was detected; 1 for digital silence."""
    power = np.square(samples.reshape(-1, DETECTOR_SAMPLES)).mean(axis=1)
    rank = min(len(power), _LOUDEST)
    loud = power >= np.partition(power, -rank)[-rank] * 10 ** (-_LOUD_DB / 10)
    return float(np.mean(probability[loud] > _DETECTED)) if power.any() else 1.0


def _gain(samples: npt.NDArray[np.float32]) -> float:
    """Gain that brings the loudest tenth of a second to the fixed level, whatever silence surrounds it."""
    size = np.abs(samples[::_STRIDE])
    rank = min(len(size), _TENTH_OF_A_SECOND)
    loudest = float(np.partition(size, -rank)[-rank])
    return min(_MOST_GAIN, _LEVEL / loudest) if loudest else 1.0
