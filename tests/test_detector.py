"""The speech detector hears the same at any volume."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse import audio
from rehearse.transcription import speech_probability
from tests.served import REHEARSE
from tests.sounds import DATA

CREAKY = DATA / "recordings" / "human" / "mfa_cold_corpus.flac"

LISTEN = """
import json, resource, subprocess, sys
program = [*sys.argv[2:], "analyze", "--json", sys.argv[1]]
row = json.loads(subprocess.check_output(program))
kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
print(len(row["transcript"]["words"]), round(kilobytes / 1024))
"""


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


def test_sound_asked_about_block_by_block_is_heard_as_the_library_hears_it_at_once() -> None:
    from faster_whisper.vad import get_vad_model

    voice = audio.load(DATA / "recordings" / "synthetic" / "nurse_conflict.flac").samples
    # Lengths around the border of a block, and one that fills no last piece.
    for length in (1, 513, 249 * 512, 250 * 512, 250 * 512 + 1, 2500 * 512 + 100):
        samples = np.resize(voice, length)
        padded = np.pad(samples, (0, -length % 512))
        assert np.array_equal(speech_probability(samples), get_vad_model()(padded).reshape(-1))


def test_an_hour_of_sound_is_listened_to_in_less_than_700_megabytes(tmp_path: Path) -> None:
    voice = audio.load(DATA / "recordings" / "synthetic" / "retail_vague.flac").samples
    hour = np.random.default_rng(1).normal(0, 0.0005, 3600 * 16_000).astype(np.float32)
    for minute in (0, 30, 59):
        hour[minute * 960_000 :][: len(voice)] += voice
    soundfile.write(tmp_path / "hour.flac", hour, 16_000)
    used = subprocess.check_output([sys.executable, "-c", LISTEN, tmp_path / "hour.flac", *REHEARSE], text=True)
    words, megabytes = map(int, used.split())
    assert words > 100
    assert megabytes < 700
