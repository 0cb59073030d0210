"""Voice activity detection, independent of the volume of the recording.

Silero's output depends on the level: of one creaky voice, attenuated by 6 dB,
it misses three quarters. If it detects little of the loudest sound, it runs
again at a fixed level, and the second result is used if it then detects that
sound. Of the 53 unmodified development recordings three are run twice, two
without speech and one of creaks, and none of the results changes.
"""

from __future__ import annotations

from collections.abc import Iterator
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


_ROWS = 250
"""Detector steps run at once; their number changes the memory, not the result."""
_CONTEXT, _STATE = 64, 128
"""Samples before each 512 that the detector is given with them, and the size of its recurrent state."""


def speech_probability(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Run faster-whisper's Silero detector on mono sound at 16 kHz. Shape of the result: (ceil(n / 512),)."""
    if not len(samples):
        return np.zeros(0, np.float32)
    first, power = _detect(samples)
    if _speech_share_of_loud(power, first) >= _EXPECTED:
        return first
    second, power = _detect(samples, _gain(samples))
    return second if _speech_share_of_loud(power, second) >= _EXPECTED else first


def _detect(
    samples: npt.NDArray[np.float32], gain: float = 1.0
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the speech probabilities of amplified sound, and its mean power in each step. Shapes: (ceil(n / 512),).

    The library runs on everything at once, which takes 12 MB a minute; block by block, with the recurrent state handed
    on, the result is the same.
    """
    session = _silero().session
    h = c = np.zeros((1, 1, _STATE), np.float32)
    before = np.zeros(_CONTEXT, np.float32)
    probabilities, powers = np.empty((2, -(-len(samples) // DETECTOR_SAMPLES)), np.float32)
    for number, block in enumerate(_blocks(samples, gain)):
        context = np.vstack([before, block[:-1, -_CONTEXT:]])
        output, h, c = session.run(None, {"input": np.hstack([context, block]), "h": h, "c": c})
        before = block[-1, -_CONTEXT:].copy()
        rows = slice(number * _ROWS, number * _ROWS + len(block))
        probabilities[rows], powers[rows] = output.reshape(-1), np.square(block).mean(axis=1)
    return probabilities, powers


def _blocks(samples: npt.NDArray[np.float32], gain: float) -> Iterator[npt.NDArray[np.float32]]:
    """Split amplified sound into blocks of 8 s. Shape of each: (k, 512), the last one padded."""
    size = _ROWS * DETECTOR_SAMPLES
    for start in range(0, len(samples), size):
        part = samples[start : start + size]
        block = np.pad(part, (0, -len(part) % DETECTOR_SAMPLES)).reshape(-1, DETECTOR_SAMPLES)
        if start + size >= len(samples):
            # The library silences the end too, and the thresholds were chosen with that.
            block[-1, -_CONTEXT:] = 0
        yield block if gain == 1.0 else np.clip(block * np.float32(gain), -1, 1)


def _silero() -> Any:
    """Load the detector with its library's telemetry off, whatever another program has set in the environment."""
    telemetry.forbid()
    import onnxruntime
    from faster_whisper.vad import get_vad_model

    onnxruntime.disable_telemetry_events()
    return get_vad_model()


def _speech_share_of_loud(power: npt.NDArray[np.float32], probability: npt.NDArray[np.float32]) -> float:
    """Share of the loud sound in which speech was detected; 1 for digital silence."""
    rank = min(len(power), _LOUDEST)
    loud = power >= np.partition(power, -rank)[-rank] * 10 ** (-_LOUD_DB / 10)
    return float(np.mean(probability[loud] > _DETECTED)) if power.any() else 1.0


def _gain(samples: npt.NDArray[np.float32]) -> float:
    """Gain that brings the loudest tenth of a second to the fixed level, whatever silence surrounds it."""
    size = np.abs(samples[::_STRIDE])
    rank = min(len(size), _TENTH_OF_A_SECOND)
    loudest = float(np.partition(size, -rank)[-rank])
    return min(_MOST_GAIN, _LEVEL / loudest) if loudest else 1.0
