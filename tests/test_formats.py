"""One answer in every format, louder and softer, with silence around it: the measurements stay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rehearse import audio
from rehearse.model import Attempt, Recording
from rehearse.pipeline import process
from rehearse.transcription import Transcriber
from tests.factories import SPOKEN_AT, joined, silence
from tests.sounds import ANSWER, WRITTEN_BY_FFMPEG, variant

BOUNDS = {
    "answer_length": 0.1,
    "word_count": 1.0,
    "speech_rate": 4.0,
    "articulation_rate": 0.2,
    "longest_pause": 0.05,
    "pause_rate": 0.01,
    "silence_share": 1.0,
    "filled_pause_rate": 3.5,
    "discourse_marker_rate": 3.5,
    "hedge_rate": 2.5,
    "pitch_variation": 0.25,
    "level_variation": 0.3,
}
"""How far a measurement may move, in its own unit: one word, one filler, a few hundredths of a second, a quarter of a
semitone."""
NAMES = [*WRITTEN_BY_FFMPEG, "8 kHz.wav", "stereo 44.1 kHz 24 bit.wav", "float.wav"]


def analysed(recording: Recording, transcriber: Transcriber) -> Attempt:
    return process(recording, question=None, transcriber=transcriber, take_id="take", spoken_at=SPOKEN_AT)


def moved(attempt: Attempt, original: Attempt) -> dict[str, object]:
    """Give the measurements that moved by more than their bound."""
    now, before = attempt.values, original.values
    return {
        name: (before[name], now[name])
        for name, bound in BOUNDS.items()
        if now[name] is None or abs(now[name] - before[name]) > bound
    }


@pytest.fixture(scope="module")
def original(transcriber: Transcriber) -> Attempt:
    return analysed(audio.load(ANSWER), transcriber)


@pytest.mark.parametrize("name", ["answer.mp3", "answer.m4a", "answer.webm", "8 kHz.wav", "half as loud.wav"])
def test_the_same_answer_in_another_format_measures_the_same(name, original, transcriber, tmp_path):
    attempt = analysed(audio.load(variant(name, tmp_path)), transcriber)
    assert moved(attempt, original) == {}
    assert attempt.story.type == original.story.type


def test_channels_and_sample_formats_change_no_word(original, transcriber, tmp_path):
    attempt = analysed(audio.load(variant("stereo 44.1 kHz 24 bit.wav", tmp_path)), transcriber)
    assert attempt.transcript.text == original.transcript.text
    assert moved(attempt, original) == {}


@pytest.mark.parametrize(("before", "behind"), [(2, 3), (4, 0)])
def test_silence_around_an_answer_moves_its_latency_alone(before, behind, original, transcriber):
    padded = joined(silence(before), audio.load(ANSWER), silence(behind))
    attempt = analysed(padded, transcriber)
    assert moved(attempt, original) == {}
    assert attempt.values["long_pauses"] == original.values["long_pauses"]
    assert attempt.values["response_latency"] == pytest.approx(original.values["response_latency"] + before, abs=0.05)


def test_listening_twice_gives_the_same(original, transcriber):
    assert analysed(audio.load(ANSWER), transcriber) == original


@pytest.mark.parametrize("name", NAMES)
def test_every_format_decodes_to_the_same_length_at_16_khz(name, tmp_path):
    path = variant(name, tmp_path)
    recording = audio.load(path)
    assert recording.sample_rate == audio.SAMPLE_RATE
    assert recording.samples.dtype == np.float32
    assert recording.samples.ndim == 1
    assert recording.duration == pytest.approx(audio.load(ANSWER).duration, abs=0.1)
    assert audio.length(path) == pytest.approx(recording.duration, abs=0.1)


def test_channels_are_averaged(tmp_path):
    import soundfile

    tone = np.sin(np.arange(16_000) / 10)
    soundfile.write(tmp_path / "two.wav", np.column_stack([0.5 * tone, -0.25 * tone]), 16_000, "FLOAT")
    assert audio.load(tmp_path / "two.wav").samples == pytest.approx(0.125 * tone, abs=1e-3)


def test_channels_that_cancel_each_other_out_are_heard_all_the_same(tmp_path):
    import soundfile

    tone = 0.5 * np.sin(np.arange(16_000) / 10)
    soundfile.write(tmp_path / "crossed.wav", np.column_stack([tone, -tone]), 16_000, "FLOAT")
    assert np.abs(audio.load(tmp_path / "crossed.wav").samples) == pytest.approx(np.abs(tone), abs=1e-3)


def test_a_constant_offset_is_taken_away(tmp_path):
    import soundfile

    answer = audio.load(ANSWER).samples / 2
    soundfile.write(tmp_path / "offset.wav", answer + 0.05, 16_000, "FLOAT")
    assert audio.load(tmp_path / "offset.wav").samples == pytest.approx(answer, abs=1e-3)


@pytest.mark.parametrize("name", ["answer.mp3", "answer.m4a"])
def test_what_is_damaged_is_left_out_and_the_rest_is_heard(name, tmp_path):
    path = variant(name, tmp_path)
    whole = audio.load(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 300] = bytes(300)
    path.write_bytes(data)
    found = audio.load(path)
    assert (whole.damaged, found.damaged) == (False, True)
    assert found.duration == pytest.approx(whole.duration, abs=1)


def test_two_recordings_joined_into_one_file_are_heard_to_the_end(tmp_path):
    path = variant("answer.mp3", tmp_path)
    once = audio.load(path).duration
    path.write_bytes(path.read_bytes() * 2)
    assert audio.load(path).duration == pytest.approx(2 * once, abs=0.2)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
def test_numbers_that_are_no_sound_stay_within_bounds(value, tmp_path):
    import soundfile

    path = tmp_path / "broken.wav"
    soundfile.write(path, np.full(1600, value, np.float32), 16_000, "FLOAT")
    assert np.abs(audio.load(path).samples).max() <= 1


def test_what_breaks_off_is_heard_up_to_there(tmp_path):
    whole = ANSWER.read_bytes()
    path: Path = tmp_path / "half.flac"
    path.write_bytes(whole[: len(whole) // 2])
    assert 5 < audio.load(path).duration < audio.load(ANSWER).duration - 5
