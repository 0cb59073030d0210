"""Ask a speech detector where there is speech, whatever the volume of the recording.

Silero's answer depends on how loud the sound is: of one creaky voice, turned
down by 6 dB, it loses three quarters. Where it hears little of what is
loudest, it is asked again at a fixed level, and its second answer is taken
where it then hears it. Of 53 development recordings as they are three are
asked twice, two without speech and one of creaks, and none gives another answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.files import telemetry
from rehearse.transcription.chunking import DETECTOR_SAMPLES

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


def speech_probability(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Ask the Silero detector that ships with faster-whisper about mono sound at 16 kHz. Shape: (ceil(n / 512),)."""
    if not len(samples):
        return np.zeros(0, np.float32)
    padded = np.pad(samples, (0, -len(samples) % DETECTOR_SAMPLES))
    first = _asked(padded)
    if _heard_of_the_loud(padded, first) >= _EXPECTED:
        return first
    levelled = np.clip(padded * np.float32(_gain(padded)), -1, 1)
    second = _asked(levelled)
    return second if _heard_of_the_loud(levelled, second) >= _EXPECTED else first


def _asked(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(_silero()(samples), np.float32).reshape(-1)


def _silero() -> Any:
    """Load the detector's library, which would report on it, also where another program has changed what it goes by."""
    telemetry.forbid()
    import onnxruntime
    from faster_whisper.vad import get_vad_model

    onnxruntime.disable_telemetry_events()
    return get_vad_model()


def _heard_of_the_loud(samples: npt.NDArray[np.float32], probability: npt.NDArray[np.float32]) -> float:
    """Share of the loud sound in which speech was heard; 1 in a digital silence."""
    power = np.square(samples.reshape(-1, DETECTOR_SAMPLES)).mean(axis=1)
    place = min(len(power), _LOUDEST)
    loud = power >= np.partition(power, -place)[-place] * 10 ** (-_LOUD_DB / 10)
    return float(np.mean(probability[loud] > _HEARD)) if power.any() else 1.0


def _gain(samples: npt.NDArray[np.float32]) -> float:
    """Factor that brings the loudest tenth of a second to the fixed level; silence around it changes nothing."""
    size = np.abs(samples[::_STRIDE])
    place = min(len(size), _TENTH_OF_A_SECOND)
    loudest = float(np.partition(size, -place)[-place])
    return min(_MOST_GAIN, _LEVEL / loudest) if loudest else 1.0
