"""Sound that begins late or has gaps in its file: every word plays its own moment."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse import audio
from rehearse.model import Recording
from tests.films import Track, film
from tests.sounds import ANSWER
from tests.test_formats import analysed, moved

RATE = audio.SAMPLE_RATE
GAP = (7.0, 10.0)
"""Seconds of the answer with silence in them that are not written."""


@pytest.fixture(scope="module")
def answer() -> Recording:
    return audio.load(ANSWER)


def with_silence(answer: Recording) -> Recording:
    """Give the answer with a silence where ``GAP`` is."""
    first = round(GAP[0] * RATE)
    silence = np.zeros(round((GAP[1] - GAP[0]) * RATE), np.float32)
    return Recording(np.concatenate([answer.samples[:first], silence, answer.samples[first:]]), RATE)


def late_by(found: Recording, answer: Recording) -> float:
    """Tell by how many seconds one recording lags behind another, where they fit best."""
    size = 1 << (len(found.samples) + len(answer.samples)).bit_length()
    spectrum = np.fft.rfft(found.samples, size) * np.conj(np.fft.rfft(answer.samples, size))
    best = int(np.fft.irfft(spectrum, size).argmax())
    return (best if best < size // 2 else best - size) / RATE


@pytest.mark.parametrize("name", ["late.webm", "late.mkv", "late.mp4", "late.mov", "late.ts"])
@pytest.mark.parametrize("start", [0.5, 3.0, 61.0])
def test_sound_that_begins_late_is_heard_at_its_time(start, name, answer, tmp_path):
    path = film(tmp_path / name, Track(answer, start=start), pictures=start + 2)
    found = audio.load(path)
    assert late_by(found, answer) == pytest.approx(start, abs=0.06)
    assert found.duration == pytest.approx(answer.duration + start, abs=0.1)
    assert audio.length(path) == pytest.approx(found.duration, abs=0.1)


def test_a_late_answer_is_measured_the_same_but_for_its_latency(answer, transcriber, tmp_path):
    original = analysed(answer, transcriber)
    late = analysed(audio.load(film(tmp_path / "late.webm", Track(answer, start=3.0), pictures=5)), transcriber)
    assert moved(late, original) == {}
    assert late.values["response_latency"] == pytest.approx(original.values["response_latency"] + 3, abs=0.06)
    assert late.transcript.words[-1].start == pytest.approx(original.transcript.words[-1].start + 3, abs=0.15)


@pytest.mark.parametrize("start", [4000.0, 90_000.0])
def test_a_start_hours_behind_the_pictures_is_not_believed(start, answer, tmp_path):
    path = film(tmp_path / "broken.mkv", Track(answer, start=start), pictures=1)
    assert audio.load(path).duration == pytest.approx(answer.duration, abs=0.1)
    assert audio.length(path) == pytest.approx(answer.duration, abs=0.1)


@pytest.mark.parametrize("start", [3.0, 90_000.0])
def test_a_clock_that_does_not_begin_at_zero_moves_nothing(start, answer, tmp_path):
    path = film(tmp_path / "clock.ts", Track(answer, start=start), pictures=0)
    assert late_by(audio.load(path), answer) == pytest.approx(0, abs=0.06)


@pytest.mark.parametrize("name", ["gap.webm", "gap.mkv", "gap.mp4"])
def test_silence_that_was_never_written_takes_its_time(name, answer, tmp_path):
    whole = with_silence(answer)
    path = film(tmp_path / name, Track(whole, stamp=lambda at: None if GAP[0] + 0.05 < at < GAP[1] - 0.1 else at))
    found = audio.load(path)
    assert found.duration == pytest.approx(whole.duration, abs=0.1)
    assert late_by(found, whole) == pytest.approx(0, abs=0.03)
    assert audio.length(path) == pytest.approx(whole.duration, abs=0.1)


def test_an_answer_with_a_gap_is_measured_like_one_with_silence(answer, transcriber, tmp_path):
    whole = with_silence(answer)
    path = film(tmp_path / "gap.webm", Track(whole, stamp=lambda at: None if GAP[0] + 0.05 < at < GAP[1] - 0.1 else at))
    original, found = analysed(whole, transcriber), analysed(audio.load(path), transcriber)
    assert moved(found, original) == {}


def test_many_lost_packets_add_up_to_the_time_they_took(answer, tmp_path):
    lost = np.random.default_rng(0).random(2000) < 0.2
    path = film(tmp_path / "call.mkv", Track(answer, stamp=lambda at: None if lost[round(at * 50)] else at))
    found = audio.load(path)
    assert found.duration == pytest.approx(answer.duration, abs=0.2)
    assert late_by(found, answer) == pytest.approx(0, abs=0.2)


def noisy(at: float) -> float:
    return at + float(np.random.default_rng(abs(round(at * 1000))).uniform(-0.009, 0.009))


def wavering(at: float) -> float:
    return at + 0.05 * float(np.sin(2 * np.pi * 3 * at))


def in_bursts(at: float) -> float:
    return at - 0.7 * (at % 0.1)


@pytest.mark.parametrize("stamp", [noisy, wavering, in_bursts])
def test_time_stamps_that_jitter_change_no_sample(stamp, answer, tmp_path):
    steady = audio.load(film(tmp_path / "steady.mkv", Track(answer)))
    shaken = audio.load(film(tmp_path / "shaken.mkv", Track(answer, stamp=stamp)))
    assert np.array_equal(steady.samples, shaken.samples)


def test_a_clock_that_runs_fast_changes_no_sample(answer, tmp_path):
    steady = audio.load(film(tmp_path / "steady.mkv", Track(answer)))
    drifting = audio.load(film(tmp_path / "drifting.mkv", Track(answer, stamp=lambda at: 1.02 * at)))
    assert np.array_equal(steady.samples, drifting.samples)


@pytest.mark.parametrize(("first", "then"), [(40.0, 0.0), (0.0, 4000.0)])
def test_a_clock_that_jumps_leaves_no_hole_and_loses_nothing(first, then, answer, tmp_path):
    parts = [film(tmp_path / f"{start}.ts", Track(answer, start=start)).read_bytes() for start in (first, then)]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(parts))
    assert audio.load(joined).duration == pytest.approx(2 * answer.duration, abs=0.3)
    assert audio.length(joined) == pytest.approx(2 * answer.duration, abs=0.3)
