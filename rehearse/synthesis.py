"""Text read aloud on this computer, by the voices of hibari-tts.

The package has one voice inside. A speaker with a shorter or longer vocal tract has pitch and resonances higher or
lower by the same factor, which is what a recording played faster or slower sounds like: so one voice reads as several
people, each at a pace of its own. The package would fetch its other voices by itself; here they are weights like any
others, read where ``rehearse models fetch`` has put them.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse import weights
from rehearse.audio import wav
from rehearse.files import telemetry

if TYPE_CHECKING:
    from hibari import Hibari
    from hibari.g2p import G2P

LONGEST_TEXT = 1200
"""Maximum characters read in one go, more than a question may have (house default)."""
WEIGHTS = "voice-"
"""Begins the names of voices among the weights."""
_INSIDE = "heart"
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
        own: The package's name of a voice that reads instead, at its own pitch, if its weights are here.

    """

    pitch: float = 1.0
    pace: float = 0.85
    own: str = ""


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
        engine, pitch = _reader(voice)
        samples = _samples(engine, text[:LONGEST_TEXT], voice.pace / pitch)
    if not samples.size:
        msg = "there is nothing to read aloud in this text"
        raise ValueError(msg)
    pcm: bytes = (np.clip(samples, -1.0, 1.0) * _FULL_SCALE).astype("<i2").tobytes()
    return wav.header(round(engine.sample_rate * pitch), samples.size) + pcm


def forget() -> None:
    """Drop the sounds kept in memory: a follow-up question quotes an answer that may be deleted."""
    speak.cache_clear()


def _reader(voice: Voice) -> tuple[Hibari, float]:
    """Return what reads, and the pitch to play it at: what the file's sample rate makes faster is read slower."""
    if voice.own:
        with suppress(ValueError):  # not fetched, or damaged: the voice inside the package reads
            return _engine(voice.own, weights.path(f"{WEIGHTS}{voice.own}")), 1.0
    return _engine(_INSIDE, None), voice.pitch


def _samples(engine: Hibari, text: str, speed: float) -> np.ndarray[Any, np.dtype[np.float32]]:
    try:
        return np.asarray(engine(text, speed=speed, seed=_SEED), np.float32)
    except Exception as error:  # the package is in beta, and a text may come from a stranger's file
        msg = f"the voice of this computer cannot read this text ({type(error).__name__})"
        raise ValueError(msg) from error


@cache
def _engine(name: str, folder: Path | None) -> Hibari:
    telemetry.forbid()
    try:
        import onnxruntime
        from hibari import Hibari
        from hibari.voices import VOICES
    except ImportError as error:
        msg = "the voice is not installed: run the command “pip install --force-reinstall rehearse-aloud”"
        raise ValueError(msg) from error
    onnxruntime.disable_telemetry_events()
    model = None if folder is None else str(next(folder.rglob("*.onnx")))
    return Hibari(voice=name, model=model, g2p=_pronunciation(british=VOICES[name]["british"]))


@cache
def _pronunciation(*, british: bool) -> G2P:
    """Load the words' sounds, which all voices of one accent share."""
    from hibari.g2p import G2P

    return G2P(british=british)
