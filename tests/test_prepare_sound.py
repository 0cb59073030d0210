"""The microphone check, on real and made-up sound."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse import audio
from rehearse.model import Recording
from rehearse.preparation.sound_check import SoundCheck, check_sound
from tests import factories
from tests.sounds import ANSWER, DATA

NOISY = DATA / "recordings" / "synthetic" / "noisy_room.flac"


@pytest.fixture(scope="module")
def clear() -> Recording:
    sound = audio.load(ANSWER)
    return Recording(sound.samples[: 10 * sound.sample_rate], sound.sample_rate)


def check(sound: Recording, *, times: float = 1.0, noise: float = 0.0) -> SoundCheck:
    hiss = np.random.default_rng(1).normal(0, noise, len(sound.samples)) if noise else 0.0
    changed = np.clip(sound.samples * times + hiss, -1, 1).astype(np.float32)
    return check_sound(Recording(changed, sound.sample_rate))


def test_clear_speech_is_good_and_needs_no_advice(clear: Recording) -> None:
    checked = check(clear)
    assert (checked.verdict, checked.advice) == ("good", ())
    assert checked.speech is not None
    assert checked.noise is not None
    assert checked.speech - checked.noise > 20


def test_a_noisy_room_is_named_with_what_to_do() -> None:
    checked = check_sound(audio.load(NOISY))
    assert checked.verdict != "good"
    assert "room" in checked.advice[0]


def test_noise_as_loud_as_the_speech_is_poor(clear: Recording) -> None:
    checked = check(clear, noise=0.05)
    assert checked.verdict == "poor"
    assert "almost as loud as you" in checked.advice[0]


def test_soft_speech_is_told_to_come_closer(clear: Recording) -> None:
    checked = check(clear, times=0.1)
    assert checked.verdict == "usable"
    assert "You are quiet" in checked.advice[0]


def test_clipped_speech_is_poor(clear: Recording) -> None:
    checked = check(clear, times=20)
    assert checked.verdict == "poor"
    assert "clipped" in checked.advice[0]


@pytest.mark.parametrize(
    "sound", [factories.silence(5), factories.tone(5), factories.silence(0)], ids=["silence", "tone", "nothing"]
)
def test_where_nobody_speaks_nothing_is_measured(sound: Recording) -> None:
    checked = check_sound(sound)
    assert checked.verdict == "poor"
    assert "I can't hear you" in checked.advice[0]
    assert (checked.speech, checked.noise) == (None, None)


def test_a_word_or_two_are_too_short_to_tell(clear: Recording) -> None:
    short = check_sound(Recording(clear.samples[: 2 * clear.sample_rate], clear.sample_rate))
    assert short.verdict == "poor"
    assert "too short" in short.advice[0] or "Nobody" in short.advice[0]
