"""Text read aloud on this computer, by the voice that comes with hibari-tts.

The package has one voice. A speaker with a shorter or longer vocal tract has pitch and resonances higher or lower by
the same factor, which is what a recording played faster or slower sounds like: so one voice reads as several people,
each at a pace of its own. The package would fetch more voices from the network; only the one inside it is named here.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.audio import wav
from rehearse.files import telemetry

if TYPE_CHECKING:
    from hibari import Hibari

LONGEST_TEXT = 1200
"""Maximum characters read in one go, more than a question may have (house default)."""
_MOST_KEPT = 24
"""Texts whose sound is kept in memory, about 0.4 MB each (house default)."""
_FULL_SCALE = 32767
_SEED = 0
"""The breath in the voice is noise; with one seed the same text is the same sound."""

_in_use = threading.Lock()


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text is read.

    Attributes:
        pitch: Factor on pitch and resonances; 1 is the voice as it comes, a woman's of about 190 Hz.
        pace: Factor on the speed; 1 is about 200 words a minute.

    """

    pitch: float = 1.0
    pace: float = 0.85


@lru_cache(maxsize=_MOST_KEPT)
def speak(text: str, voice: Voice) -> bytes:
    """Read a text aloud.

    Args:
        text: English; of a longer one only the first ``LONGEST_TEXT`` characters are read.
        voice: How it is read.

    Returns:
        A WAV file, mono, 16 bit.

    Raises:
        ValueError: The voice is not installed or fails, or there is nothing in the text that can be read.

    """
    with _in_use:
        samples = _samples(text[:LONGEST_TEXT], voice)
    if not samples.size:
        msg = "there is nothing to read aloud in this text"
        raise ValueError(msg)
    pcm: bytes = (np.clip(samples, -1.0, 1.0) * _FULL_SCALE).astype("<i2").tobytes()
    return wav.header(round(_engine().sample_rate * voice.pitch), samples.size) + pcm


def forget() -> None:
    """Drop the sounds kept in memory: a follow-up question quotes an answer that may be deleted."""
    speak.cache_clear()


def _samples(text: str, voice: Voice) -> np.ndarray[Any, np.dtype[np.float32]]:
    engine = _engine()
    try:
        # What the higher sample rate of the file makes faster is read slower.
        return np.asarray(engine(text, speed=voice.pace / voice.pitch, seed=_SEED), np.float32)
    except Exception as error:  # the package is in beta, and a text may come from a stranger's file
        msg = f"the voice of this computer cannot read this text ({type(error).__name__})"
        raise ValueError(msg) from error


@cache
def _engine() -> Hibari:
    telemetry.forbid()
    try:
        import onnxruntime
        from hibari import Hibari
    except ImportError as error:
        msg = "the voice is not installed: run the command “pip install --force-reinstall rehearse-aloud”"
        raise ValueError(msg) from error
    onnxruntime.disable_telemetry_events()
    return Hibari()
