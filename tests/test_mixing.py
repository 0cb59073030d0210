"""Channels that cancel each other out, that are silent, and sound beyond full scale."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from rehearse import audio
from rehearse.model import Recording
from tests.films import Track, film
from tests.sounds import ANSWER, encode
from tests.test_formats import analysed, moved

RATE = audio.SAMPLE_RATE


@pytest.fixture(scope="module")
def answer() -> Recording:
    return audio.load(ANSWER)


def hum(samples: int, level: float) -> np.ndarray:
    time = np.arange(samples) / RATE
    return level * np.sqrt(2) * np.sin(2 * np.pi * 50 * time)


def loaded(path, *channels, rate: int = RATE) -> np.ndarray:
    soundfile.write(path, np.column_stack(channels), rate, "FLOAT")
    return audio.load(path).samples


def likeness(found: np.ndarray, answer: Recording) -> float:
    """Tell how alike two recordings are, whatever their levels and signs: 0 to 1."""
    size = min(len(found), len(answer.samples))
    one, two = found[:size], answer.samples[:size]
    return abs(float(one @ two)) / float(np.sqrt((one @ one) * (two @ two)))


@pytest.mark.parametrize("level", [0.0001, 0.001, 0.01, 0.1])
def test_crossed_channels_with_a_common_hum_are_heard_as_the_answer(level, answer, tmp_path):
    noise = hum(len(answer.samples), level)
    found = loaded(tmp_path / "crossed.wav", answer.samples + noise, noise - answer.samples)
    assert np.abs(found) == pytest.approx(np.abs(answer.samples), abs=1e-3)


def test_crossed_channels_with_a_common_hum_lose_no_word(answer, transcriber, tmp_path):
    noise = hum(len(answer.samples), 0.01)
    soundfile.write(
        tmp_path / "x.wav", np.column_stack([answer.samples + noise, noise - answer.samples]), RATE, "FLOAT"
    )
    crossed, plain = analysed(audio.load(tmp_path / "x.wav"), transcriber), analysed(answer, transcriber)
    assert crossed.transcript.text == plain.transcript.text
    assert moved(crossed, plain) == {}


def test_crossed_channels_of_unequal_level_with_a_hiss_each_are_heard(answer, tmp_path):
    hiss = np.random.default_rng(0).normal(0, 0.001, (2, len(answer.samples)))
    found = loaded(tmp_path / "crossed.wav", answer.samples + hiss[0], -0.8 * answer.samples + hiss[1])
    assert likeness(found, answer) > 0.99


def test_two_crossed_channels_of_four_are_heard(answer, tmp_path):
    others = np.random.default_rng(0).normal(0, 0.01, (2, len(answer.samples)))
    found = loaded(tmp_path / "four.wav", others[0], answer.samples, -answer.samples, others[1])
    assert likeness(found, answer) > 0.9


@pytest.mark.parametrize(("channels", "used"), [(2, 1), (8, 3), (32, 17)])
def test_silent_channels_make_the_others_no_softer(channels, used, answer, tmp_path):
    columns = np.zeros((channels, len(answer.samples)), np.float32)
    columns[used] = answer.samples
    assert loaded(tmp_path / "many.wav", *columns) == pytest.approx(answer.samples, abs=1e-3)


def test_a_person_on_each_channel_is_heard(answer, tmp_path):
    half = len(answer.samples) // 2
    silence = np.zeros(half, np.float32)
    left = np.concatenate([answer.samples[:half], silence])
    right = np.concatenate([silence, answer.samples[half : 2 * half]])
    assert likeness(loaded(tmp_path / "two.wav", left, right), answer) > 0.99


@pytest.mark.parametrize("factor", [1.3, 3.0, 20.0, 32_768.0, 2.0**31])
def test_float_sound_beyond_full_scale_keeps_its_shape(factor, answer, tmp_path):
    loud = answer.samples / np.abs(answer.samples).max() * np.float32(factor)
    found = loaded(tmp_path / "loud.wav", loud)
    assert np.abs(found).max() == pytest.approx(1)
    assert found == pytest.approx(loud / factor, abs=1e-4)


def test_float_sound_beyond_full_scale_is_measured_as_the_answer(answer, transcriber, tmp_path):
    soundfile.write(tmp_path / "loud.wav", answer.samples * 8, RATE, "FLOAT")
    loud, plain = analysed(audio.load(tmp_path / "loud.wav"), transcriber), analysed(answer, transcriber)
    assert moved(loud, plain) == {}
    assert loud.quality == plain.quality


def test_compressed_sound_far_beyond_full_scale_keeps_its_shape(answer, tmp_path):
    loud = Recording(answer.samples / np.abs(answer.samples).max() * np.float32(4), RATE)
    found = audio.load(encode(tmp_path / "loud.m4a", loud, "aac", 48_000)).samples
    assert np.mean(np.abs(found) > 0.99) < 0.0005


def test_clipped_sound_is_still_seen_to_be_clipped_behind_a_lossy_codec(answer, transcriber, tmp_path):
    loud = answer.samples / np.abs(answer.samples).max() * np.float32(4)
    path = encode(tmp_path / "clipped.mp3", Recording(np.clip(loud, -1, 1), RATE), "libmp3lame", 48_000)
    assert any("clipped" in reason for reason in analysed(audio.load(path), transcriber).quality)


@pytest.mark.parametrize("fault", [np.nan, np.inf, -np.inf, 1e30, -1e12, 500.0])
def test_a_few_faulty_numbers_spoil_nothing(fault, answer, tmp_path):
    broken = answer.samples.copy()
    broken[[1000, 50_000, 200_000]] = fault
    found = loaded(tmp_path / "broken.wav", broken)
    assert np.abs(found).max() <= 1
    assert (
        likeness(
            np.delete(found, [1000, 50_000, 200_000]),
            Recording(np.delete(answer.samples, [1000, 50_000, 200_000]), RATE),
        )
        > 0.99
    )
    assert np.abs(found).mean() > 0.2 * np.abs(answer.samples).mean()


@pytest.mark.parametrize("silent_first", [True, False])
@pytest.mark.parametrize("name", ["screen.mp4", "screen.mkv", "screen.webm", "screen.mov"])
def test_a_silent_track_is_no_silent_answer(name, silent_first, answer, tmp_path):
    silence = Track(Recording(np.zeros_like(answer.samples), RATE), default=True)
    path = film(tmp_path / name, *((silence, Track(answer)) if silent_first else (Track(answer), silence)))
    found = audio.load(path)
    assert likeness(found.samples, answer) > 0.95
    assert np.abs(found.samples).max() > 0.7 * np.abs(answer.samples).max()
    assert found.notes == ()


@pytest.mark.parametrize("noise", ["hum", "hiss"])
def test_a_track_of_hum_or_hiss_does_not_drown_the_answer(noise, answer, tmp_path):
    size = len(answer.samples)
    steady = hum(size, 0.2) if noise == "hum" else np.random.default_rng(0).normal(0, 0.1, size)
    found = audio.load(film(tmp_path / "screen.mkv", Track(Recording(steady.astype(np.float32), RATE)), Track(answer)))
    assert likeness(found.samples, answer) > 0.95
    assert found.notes == (
        "The file has 2 sound tracks, and only track 2 is heard; save the others on their own to measure them.",
    )


def turns(answer: Recording) -> tuple[Recording, Recording]:
    """Give the answer on two tracks, as two people who take turns of some seconds."""
    first = (np.arange(len(answer.samples)) // (3 * RATE)) % 2 == 0
    return Recording(answer.samples * first, RATE), Recording(answer.samples * ~first, RATE)


def test_two_people_on_two_tracks_are_both_heard(answer, tmp_path):
    found = audio.load(film(tmp_path / "call.mkv", *map(Track, turns(answer))))
    assert likeness(found.samples, answer) > 0.95
    assert found.notes == ()


def test_a_track_that_starts_later_than_the_other_is_heard_at_its_time(answer, tmp_path):
    half = len(answer.samples) // 2
    parts = [Recording(np.ascontiguousarray(part), RATE) for part in (answer.samples[:half], answer.samples[half:])]
    found = audio.load(film(tmp_path / "call.mkv", Track(parts[0]), Track(parts[1], start=half / RATE)))
    assert found.duration == pytest.approx(answer.duration, abs=0.1)
    assert audio.length(tmp_path / "call.mkv") == pytest.approx(answer.duration, abs=0.1)


@pytest.mark.parametrize("default", [0, 1])
def test_of_a_dubbed_film_the_track_that_players_choose_is_heard(default, answer, tmp_path):
    other = Recording(np.ascontiguousarray(answer.samples[::-1]), RATE)
    sounds = [answer, other] if default == 0 else [other, answer]
    tracks = [Track(s, default=i == default, language=("eng", "deu")[i]) for i, s in enumerate(sounds)]
    found = audio.load(film(tmp_path / "dubbed.mkv", *tracks))
    assert likeness(found.samples, answer) > 0.95
    assert f"only track {default + 1} is heard" in found.notes[0]


def test_two_answers_over_each_other_give_way_to_the_one_that_players_choose(answer, tmp_path):
    other = Recording(np.ascontiguousarray(answer.samples[::-1]), RATE)
    found = audio.load(film(tmp_path / "takes.mkv", Track(other), Track(answer, default=True)))
    assert likeness(found.samples, answer) > 0.95
    assert "only track 2 is heard" in found.notes[0]


def test_what_is_not_heard_of_a_film_is_told_with_the_answer(answer, transcriber, tmp_path):
    other = Recording(np.ascontiguousarray(answer.samples[::-1]), RATE)
    path = film(tmp_path / "takes.mkv", Track(answer, default=True), Track(other))
    assert any("only track 1 is heard" in reason for reason in analysed(audio.load(path), transcriber).quality)


@pytest.mark.parametrize("tracks", [3, 12])
def test_one_of_many_tracks_with_speech_is_found(tracks, answer, tmp_path):
    silence = Track(Recording(np.zeros_like(answer.samples), RATE))
    path = film(tmp_path / "many.mkv", *[silence] * 2, Track(answer), *[silence] * (tracks - 3))
    assert likeness(audio.load(path).samples, answer) > 0.95
