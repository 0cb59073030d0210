"""The speech detector hears the same at any volume."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse import audio
from rehearse.transcription import speech_probability
from tests.sounds import DATA

CREAKY = DATA / "recordings" / "human" / "mfa_cold_corpus.flac"


def heard(samples: np.ndarray) -> float:
    """Share of the time in which speech is heard."""
    return float((speech_probability(samples.astype(np.float32)) > 0.25).mean())


@pytest.mark.parametrize("volume", [0.5, 0.25, 0.1])
def test_a_voice_turned_down_is_heard_as_much(volume: float) -> None:
    samples = audio.load(CREAKY).samples
    assert heard(samples) > 0.6
    assert heard(volume * samples) == pytest.approx(heard(samples), abs=0.05)


def test_minutes_of_a_quiet_room_around_a_voice_turned_down_change_nothing() -> None:
    samples = 0.5 * audio.load(CREAKY).samples
    room = np.random.default_rng(1).normal(0, 0.0005, 120 * 16_000)
    padded = np.concatenate((room, samples, room))
    assert heard(padded) * len(padded) == pytest.approx(heard(samples) * len(samples), rel=0.1)


def test_silence_and_a_quiet_room_hold_no_speech() -> None:
    room = np.random.default_rng(1).normal(0, 0.001, 10 * 16_000)
    assert heard(np.zeros(16_000)) == 0
    assert heard(room) < 0.05
    assert speech_probability(np.zeros(0, np.float32)).shape == (0,)
