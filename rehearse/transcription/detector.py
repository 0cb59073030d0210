"""Ask a speech detector where there is speech, whatever the volume of the recording.

Silero's answer depends on how loud the sound is: of one creaky voice, turned
down by 6 dB, it loses three quarters. Where it hears little of what is
loudest, it is asked again at a fixed level, and its second answer is taken
where it then hears it. Of 53 development recordings as they are three are
asked twice, two without speech and one of creaks, and none gives another answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse import reporting
from rehearse.transcription.windows import DETECTOR_SAMPLES

if TYPE_CHECKING:
    import numpy.typing as npt

_LOUD_DB = 15.0
"""Sound this close to the loudest is expected to be speech (house default)."""
_LOUDEST = 16
"""Opinions, half a second, that stand for the loudest, so that silence around it changes nothing (house default)."""
_HEARD = 0.25
"""Speech probability that counts as heard (house default, as in ``events.activity``)."""
_EXPECTED = 0.55
"""Share of the loud sound below which the detector is asked again: the development recordings with speech in them reach
0.63 and more, but for the creaks; the creaky voice turned down by 6 dB 0.41."""
_LEVEL = 0.6
"""What the loudest tenth of a second reaches the second time, of full scale (house default)."""
_MOST_GAIN = 40.0
"""More would raise the noise of an empty room to the level of a voice (house default)."""
_STRIDE, _TENTH_OF_A_SECOND = 4, 400
"""Every fourth sample is enough to know the level, and so many of them last 0.1 s."""

_ROWS = 250
"""Opinions asked for at once; their number changes the memory, not the answer."""
_CONTEXT, _STATE = 64, 128
"""Samples before each piece of 512 that the detector is given with it, and numbers that it remembers."""


def speech_probability(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Ask the Silero detector that ships with faster-whisper about mono sound at 16 kHz. Shape: (ceil(n / 512),)."""
    if not len(samples):
        return np.zeros(0, np.float32)
    first, power = _asked(samples)
    if _heard_of_the_loud(power, first) >= _EXPECTED:
        return first
    second, power = _asked(samples, _gain(samples))
    return second if _heard_of_the_loud(power, second) >= _EXPECTED else first


def _asked(
    samples: npt.NDArray[np.float32], gain: float = 1.0
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Give the opinions on sound made louder, and its mean power under each. Shape of both: (ceil(n / 512),).

    The library asks about everything at once, which takes 12 MB a minute; block by block, with what the detector
    remembers handed on from one to the next, it answers the same.
    """
    session = _silero().session
    h = c = np.zeros((1, 1, _STATE), np.float32)
    before = np.zeros(_CONTEXT, np.float32)
    opinions, powers = np.empty((2, -(-len(samples) // DETECTOR_SAMPLES)), np.float32)
    for number, block in enumerate(_blocks(samples, gain)):
        context = np.vstack([before, block[:-1, -_CONTEXT:]])
        opinion, h, c = session.run(None, {"input": np.hstack([context, block]), "h": h, "c": c})
        before = block[-1, -_CONTEXT:].copy()
        place = slice(number * _ROWS, number * _ROWS + len(block))
        opinions[place], powers[place] = opinion.reshape(-1), np.square(block).mean(axis=1)
    return opinions, powers


def _blocks(samples: npt.NDArray[np.float32], gain: float) -> Iterator[npt.NDArray[np.float32]]:
    """Cut sound made louder into blocks of 8 s. Shape of each: (k, 512), the last one padded."""
    size = _ROWS * DETECTOR_SAMPLES
    for start in range(0, len(samples), size):
        part = samples[start : start + size]
        block = np.pad(part, (0, -len(part) % DETECTOR_SAMPLES)).reshape(-1, DETECTOR_SAMPLES)
        if start + size >= len(samples):
            # The library silences the end too, and the thresholds were chosen so.
            block[-1, -_CONTEXT:] = 0
        yield block if gain == 1.0 else np.clip(block * np.float32(gain), -1, 1)


def _silero() -> Any:
    """Load the detector's library, which would report on it, also where another program has changed what it goes by."""
    reporting.forbid()
    import onnxruntime
    from faster_whisper.vad import get_vad_model

    onnxruntime.disable_telemetry_events()
    return get_vad_model()


def _heard_of_the_loud(power: npt.NDArray[np.float32], probability: npt.NDArray[np.float32]) -> float:
    """Share of the loud sound in which speech was heard; 1 in a digital silence."""
    place = min(len(power), _LOUDEST)
    loud = power >= np.partition(power, -place)[-place] * 10 ** (-_LOUD_DB / 10)
    return float(np.mean(probability[loud] > _HEARD)) if power.any() else 1.0


def _gain(samples: npt.NDArray[np.float32]) -> float:
    """Factor that brings the loudest tenth of a second to the fixed level; silence around it changes nothing."""
    size = np.abs(samples[::_STRIDE])
    place = min(len(size), _TENTH_OF_A_SECOND)
    loudest = float(np.partition(size, -place)[-place])
    return min(_MOST_GAIN, _LEVEL / loudest) if loudest else 1.0
