"""How far the decoding of a file has come is told as it goes on, whatever the file says of itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse import audio
from rehearse.model import Recording
from tests.films import Track, film

RATE = 16_000


def sound(seconds: float) -> np.ndarray:
    return np.random.default_rng(5).normal(0.0, 0.05, round(seconds * RATE)).astype(np.float32)


def fractions(path: Path) -> list[float]:
    told: list[float] = []
    audio.load(path, told.append)
    return told


@pytest.mark.parametrize(
    ("name", "subtype"), [("long.wav", "PCM_24"), ("long.flac", None), ("long.mp3", None), ("long.ogg", None)]
)
def test_the_share_that_is_read_grows_to_near_its_end(tmp_path: Path, name: str, subtype: str | None) -> None:
    soundfile.write(tmp_path / name, sound(120), RATE, subtype=subtype)
    told = fractions(tmp_path / name)
    assert len(told) > 20
    assert told == sorted(told)
    assert told[0] < 0.1
    assert 0.7 < told[-1] <= 1


def test_it_never_goes_back_where_channels_have_to_be_read_twice(tmp_path: Path) -> None:
    said = sound(60)
    soundfile.write(tmp_path / "crossed.wav", np.stack([said, -said], axis=1), RATE)
    told = fractions(tmp_path / "crossed.wav")
    assert told == sorted(told)
    assert told[-1] > 0.95


def test_it_goes_on_over_all_tracks_of_a_film(tmp_path: Path) -> None:
    track = Track(Recording(sound(30), RATE))
    told = fractions(film(tmp_path / "screen.mkv", track, track, pictures=5))
    assert told == sorted(told)
    assert told[0] < 0.2
    assert 0.6 < told[-1] <= 1
