"""Before an analysis it is told whether a recording holds a voice."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.app.silence import has_voice
from rehearse.model import Recording
from tests.films import Track, film
from tests.sounds import ANSWER


def written(folder: Path, samples: np.ndarray, name: str = "answer.wav") -> Path:
    path = folder / name
    soundfile.write(path, samples, 16_000)
    return path


def noise(seconds: float, level: float) -> np.ndarray:
    return np.random.default_rng(3).normal(0.0, level, round(seconds * 16_000)).astype(np.float32)


def voice() -> np.ndarray:
    return soundfile.read(ANSWER, dtype="float32")[0]


@pytest.mark.parametrize("level", [0.0, 1e-5, 1e-3, 0.02])
def test_silence_and_a_room_without_a_voice_are_no_answer(tmp_path: Path, level: float) -> None:
    assert has_voice(written(tmp_path, noise(20, level))) is False


@pytest.mark.parametrize("gain", [1.0, 0.03])
def test_a_voice_is_heard_at_any_volume(tmp_path: Path, gain: float) -> None:
    assert has_voice(written(tmp_path, gain * voice())) is True


def test_a_voice_that_begins_late_is_heard(tmp_path: Path) -> None:
    assert has_voice(written(tmp_path, np.concatenate([noise(95, 1e-4), voice()]))) is True


def test_a_voice_on_channels_that_cancel_each_other_out_or_on_one_alone_is_heard(tmp_path: Path) -> None:
    said = voice()
    assert has_voice(written(tmp_path, np.stack([said, -said], axis=1))) is True
    assert has_voice(written(tmp_path, np.stack([np.zeros_like(said), said], axis=1))) is True


def test_a_voice_on_the_second_track_of_a_film_is_heard(tmp_path: Path) -> None:
    said = Recording(voice(), 16_000)
    silent = Recording(np.zeros_like(said.samples), 16_000)
    assert has_voice(film(tmp_path / "screen.mkv", Track(silent, default=True), Track(said))) is True
    assert has_voice(film(tmp_path / "mute.mkv", Track(silent), Track(silent))) is False


def test_nothing_is_claimed_of_what_cannot_be_decoded(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound")
    assert has_voice(tmp_path / "text.wav") is None
    assert has_voice(tmp_path / "missing.wav") is None
    with wave.open(str(tmp_path / "empty.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
    assert has_voice(tmp_path / "empty.wav") is None
