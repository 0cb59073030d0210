"""The pitch tracker on sounds whose pitch is known."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.events.pitch import HIGHEST, LOWEST, track_pitch
from rehearse.model import Recording
from tests.factories import SAMPLE_RATE, joined, silence, tone


def throughout(recording: Recording) -> np.ndarray:
    return np.ones(int(recording.duration * 100), bool)


def semitones(hertz: np.ndarray) -> np.ndarray:
    return 12 * np.log2(hertz[~np.isnan(hertz)])


def voice(pitch: np.ndarray, weights: tuple[float, ...], *, rate: int = SAMPLE_RATE, noise: float = 0.0) -> Recording:
    """Sum harmonics of ``pitch``, given in Hz for each sample, with a weight each."""
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    wave = sum(weight * np.sin(number * phase) for number, weight in enumerate(weights, 1))
    hiss = noise * np.random.default_rng(5).standard_normal(len(pitch))
    return Recording((0.2 * (wave + hiss)).astype(np.float32), rate)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
@pytest.mark.parametrize("hertz", [75.0, 110.0, 220.0, 380.0])
def test_a_tone_has_its_own_pitch_at_any_rate(hertz, rate):
    recording = tone(1.5, hertz=hertz, sample_rate=rate)
    found = track_pitch(recording, throughout(recording))[5:-5]
    assert np.nanmax(np.abs(12 * np.log2(found / hertz))) < 0.2
    assert np.isnan(found).mean() < 0.05


@pytest.mark.parametrize("weights", [(1.0, 0.8, 0.6, 0.4), (0.2, 1.0, 0.5, 0.3), (0.5, 0.1, 1.0), (0.0, 1.0, 0.9, 0.8)])
@pytest.mark.parametrize("hertz", [90.0, 180.0])
def test_strong_harmonics_do_not_double_or_halve_the_pitch(hertz, weights):
    recording = voice(np.full(2 * SAMPLE_RATE, hertz), weights, noise=0.05)
    found = semitones(track_pitch(recording, throughout(recording))[5:-5])
    assert len(found) > 150
    assert np.abs(found - 12 * np.log2(hertz)).max() < 0.5


@pytest.mark.parametrize(("low", "high"), [(100.0, 150.0), (90.0, 180.0), (180.0, 300.0)])
def test_a_glide_deviates_by_as_many_semitones_as_it_was_made_with(low, high):
    rise = np.linspace(np.log2(low), np.log2(high), 3 * SAMPLE_RATE)
    recording = voice(2 ** np.concatenate((rise, rise[::-1])), (1.0, 0.6, 0.3), noise=0.02)
    found = semitones(track_pitch(recording, throughout(recording)))
    assert found.std() == pytest.approx(12 * np.log2(high / low) / np.sqrt(12), rel=0.03)


@pytest.mark.parametrize("volume", [0.02, 0.5])
def test_the_volume_changes_no_pitch(volume):
    loud = voice(np.linspace(100, 160, 2 * SAMPLE_RATE), (1.0, 0.5), noise=0.02)
    quiet = Recording(loud.samples * np.float32(volume), SAMPLE_RATE)
    expected = track_pitch(loud, throughout(loud))
    np.testing.assert_allclose(track_pitch(quiet, throughout(quiet)), expected, rtol=1e-3)


def test_noise_silence_and_what_nobody_speaks_have_no_pitch():
    hiss = Recording(np.random.default_rng(1).normal(0, 0.1, 2 * SAMPLE_RATE).astype(np.float32), SAMPLE_RATE)
    assert np.isnan(track_pitch(hiss, throughout(hiss))).mean() > 0.97
    assert np.isnan(track_pitch(silence(1.0), throughout(silence(1.0)))).all()
    assert np.isnan(track_pitch(tone(1.0), np.zeros(100, bool))).all()
    assert track_pitch(silence(0.0), np.zeros(0, bool)).shape == (0,)


def test_pitch_is_found_behind_a_long_silence_and_at_the_very_end():
    recording = joined(silence(12.0), tone(1.0, hertz=200.0))
    spoken = np.arange(1300) >= 1200
    found = track_pitch(recording, spoken)
    assert np.isnan(found[:1200]).all()
    assert np.nanmedian(found[1200:]) == pytest.approx(200.0, rel=0.01)
    assert np.count_nonzero(~np.isnan(found)) > 85


def test_only_pitches_that_a_speaking_voice_has_are_found():
    for hertz in (30.0, 900.0):
        recording = tone(1.0, hertz=hertz)
        found = track_pitch(recording, throughout(recording))
        heard = found[~np.isnan(found)]
        assert ((heard > 0.9 * LOWEST) & (heard < 1.1 * HIGHEST)).all()
