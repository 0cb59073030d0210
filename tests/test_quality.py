"""What a recording is too poor for, and that it says so instead of a number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rehearse.analysis.assemble import answer_from_sound, measure
from rehearse.app.batch import analyze_files
from rehearse.events.activity import DETECTOR_STEP
from rehearse.model import Answer, RecogniserOutput, Recording, Word
from tests.factories import SAMPLE_RATE, silence
from tests.sounds import write_wav

PAUSES = ("pause_rate", "median_pause", "longest_pause", "silence_share", "mean_length_of_run", "articulation_rate")
VOICE = ("pitch_variation", "flat_share", "level_variation")


def speech(*, gain: float = 0.25, noise: float = 0.001, seconds: float = 24.0) -> Recording:
    """Sound vowels of a gliding voice that swell and sink, with half a second of silence after every two seconds."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * np.cumsum(130 * 2 ** (0.3 * np.sin(2 * np.pi * 0.4 * time))) / SAMPLE_RATE
    wave = sum(np.sin(number * phase + number) / number for number in range(1, 6))
    loud = (time % 2.5 < 2.0) * (0.6 + 0.4 * np.sin(2 * np.pi * 3.1 * time) * np.sin(2 * np.pi * 0.13 * time))
    hiss = noise * np.random.default_rng(3).standard_normal(len(time))
    return Recording(np.clip(gain * loud * wave + hiss, -1, 1).astype(np.float32), SAMPLE_RATE)


def heard(
    recording: Recording, *, count: int = 60, probability: float = 0.9, language: str | None = "en"
) -> RecogniserOutput:
    step = recording.duration / max(count, 1)
    words = tuple(Word("we", i * step, (i + 0.9) * step, probability) for i in range(count))
    opinion = np.full(int(recording.duration / DETECTOR_STEP) + 1, 0.9, np.float32)
    return RecogniserOutput(words, opinion, language)


def judged(recording: Recording, **options) -> tuple[Answer, dict[str, float | None]]:
    answer = answer_from_sound(recording, heard(recording, **options))
    return answer, {found.metric: found.value for found in measure(answer)}


def test_a_good_recording_has_no_reason_against_it_and_every_number():
    answer, values = judged(speech())
    assert answer.quality == ()
    assert [name for name in (*PAUSES, *VOICE) if values[name] is None] == []


@pytest.mark.parametrize("volume", [1.0, 0.3])
def test_clipping_leaves_melody_and_level_unknown_even_after_the_volume_was_turned_down(volume):
    clipped = speech(gain=2.0)
    answer, values = judged(Recording(clipped.samples * np.float32(volume), SAMPLE_RATE))
    assert [reason for reason in answer.quality if "clipped" in reason]
    assert [values[name] for name in VOICE] == [None] * 3
    assert values["pause_rate"] is not None


def test_silence_around_a_clipped_answer_does_not_hide_the_clipping():
    clipped = speech(gain=2.0)
    quiet = np.zeros(60 * SAMPLE_RATE, np.float32)
    padded = Recording(np.concatenate((clipped.samples, quiet)), SAMPLE_RATE)
    opinion = np.concatenate((heard(clipped).speech_probability, np.zeros(int(60 / DETECTOR_STEP), np.float32)))
    answer = answer_from_sound(padded, replace(heard(clipped), speech_probability=opinion))
    assert any("clipped" in reason for reason in answer.quality)


def test_a_knock_louder_than_the_speech_before_it_does_not_hide_its_clipping():
    clipped = speech(gain=2.0)
    quieter = 0.6 * clipped.samples
    quieter[:100] = 1.0
    quieter[100 : 2 * SAMPLE_RATE] = 0.0
    opinion = heard(clipped).speech_probability.copy()
    opinion[: int(2 / DETECTOR_STEP)] = 0.0
    knocked = replace(heard(clipped), speech_probability=opinion)
    answer = answer_from_sound(Recording(quieter.astype(np.float32), SAMPLE_RATE), knocked)
    assert any("clipped" in reason for reason in answer.quality)


def test_what_is_left_out_of_a_damaged_file_is_said():
    answer, _ = judged(replace(speech(), damaged=True))
    assert answer.quality == (
        "Parts of the file are damaged and were left out, so words are missing, and pauses and times may be off.",
    )


def test_noise_in_which_pauses_can_hide_leaves_them_unknown_and_the_pace_known():
    answer, values = judged(speech(noise=0.12))
    assert [reason for reason in answer.quality if "above the noise, so pauses are not judged" in reason]
    assert [values[name] for name in PAUSES] == [None] * len(PAUSES)
    assert values["speech_rate"] is not None


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"count": 30}, "too short to judge most of it (words: 30 of 40 needed)"),
        ({"count": 0}, "I couldn't make out any words"),
        ({"probability": 0.2}, "I couldn't make out any words"),
        ({"probability": 0.55, "count": 100}, "I couldn't make out any words"),
        ({"probability": 0.6, "count": 100}, "unsure of its words (60 % on average)"),
        ({"language": "de"}, "not in English"),
    ],
)
def test_words_that_are_few_doubtful_or_foreign_are_named(options, reason):
    answer, _ = judged(speech(), **options)
    assert [said for said in answer.quality if reason in said]


def test_a_recording_in_which_nobody_speaks_says_just_that():
    recording = silence(5.0)
    answer = answer_from_sound(recording, RecogniserOutput((), np.zeros(157, np.float32), None))
    assert answer.quality == ("I can't hear anybody speaking, so nothing is judged.",)


def test_each_row_of_an_analysis_carries_the_reasons(tmp_path):
    class Deaf:
        name = "deaf"

        def __call__(self, recording, _progress=None):
            return RecogniserOutput((), np.zeros(int(recording.duration / DETECTOR_STEP), np.float32), None)

    path = write_wav(tmp_path / "room.wav", silence(2.0))
    (row,) = analyze_files([path], Deaf())
    assert row["quality"] == ["I can't hear anybody speaking, so nothing is judged."]
