"""Melody and level of the voice, from tracks that are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rehearse.analysis.assemble import measure
from rehearse.feedback import give_feedback
from rehearse.metrics import METRICS
from rehearse.model import Answer, Span, Voice
from tests.factories import analysed, hum, say

NAMES = ("pitch_variation", "flat_share", "level_variation", "sentence_end_fade")


def value(name: str, answer: Answer) -> float | None:
    return METRICS[name].compute(answer)


def with_levels(answer: Answer, levels: np.ndarray) -> Answer:
    assert answer.voice is not None
    return replace(answer, voice=replace(answer.voice, levels=levels.astype(np.float32)))


def fading(drop: float, *, sentences: int = 4) -> Answer:
    """Speak sentences of 2 s whose last half second is softer by ``drop`` dB."""
    answer = say("We moved the whole plan. " * sentences, seconds=2.0 * sentences)
    count = 200 * sentences
    levels = np.where(np.arange(count) % 200 >= 150, -20 - drop, -20)
    return with_levels(replace(answer, voice=Voice(0.01, np.full(count, 120.0), levels, np.ones(count, bool))), levels)


@pytest.mark.parametrize("low", [90.0, 200.0])
def test_a_low_and_a_high_voice_with_one_melody_measure_the_same(low):
    expected = 12 * np.log2(1.5) / np.sqrt(12)
    assert value("pitch_variation", hum(low=low, high=1.5 * low)) == pytest.approx(expected, rel=0.01)


def test_half_an_answer_on_one_note_shows_as_flat_windows_and_names_them():
    lively, flat = hum(low=100, high=180, seconds=20), hum(low=130, high=131, seconds=20)
    pitch = np.concatenate((lively.voice.pitch, flat.voice.pitch))
    answer = hum(low=100, high=101, seconds=40)
    answer = replace(answer, voice=replace(answer.voice, pitch=pitch))
    assert value("flat_share", answer) == pytest.approx(100 * 3 / 7)
    spans = METRICS["flat_share"].locate(answer)
    assert [span.start for span in spans] == [20.0, 25.0, 30.0]
    assert spans[0].text.startswith("la la")


def test_a_flat_voice_is_told_where_and_what_to_try():
    answer = hum(low=130, high=135)
    found = give_feedback(analysed(answer, *measure(answer)))
    (finding,) = [finding for finding in found if finding.topic == "pitch_variation"]
    assert finding.kind == "change"
    assert "la la" in finding.message
    assert finding.starter


def test_a_melody_that_no_voice_makes_is_the_trackers_error_and_stays_unknown():
    assert value("pitch_variation", hum(low=60, high=500)) is None


def test_silence_before_the_answer_changes_none_of_it():
    answer = fading(4.0, sentences=8)
    early = 300
    voice = Voice(
        0.01,
        np.pad(answer.voice.pitch, (early, 0), constant_values=np.nan),
        np.pad(answer.voice.levels, (early, 0), constant_values=-90),
        np.pad(answer.voice.spoken, (early, 0)),
    )
    words = tuple(replace(word, start=word.start + 3, end=word.end + 3) for word in answer.transcript.words)
    speech = Span(answer.speech.start + 3, answer.speech.end + 3)
    late = replace(answer, transcript=replace(answer.transcript, words=words), speech=speech, voice=voice)
    for name in NAMES:
        assert value(name, late) == pytest.approx(value(name, answer), abs=1e-6)


@pytest.mark.parametrize("drop", [0.0, 9.0])
def test_the_fade_is_the_drop_that_each_sentence_ends_with_whatever_the_volume(drop):
    answer = fading(drop)
    assert value("sentence_end_fade", answer) == pytest.approx(drop, abs=0.1)
    assert value("sentence_end_fade", with_levels(answer, answer.voice.levels - 6)) == pytest.approx(drop, abs=0.1)


def test_without_sentence_ends_or_with_two_sentences_a_fade_is_unknown():
    assert value("sentence_end_fade", hum(low=100, high=150)) is None
    assert value("sentence_end_fade", fading(9.0, sentences=2)) is None


def test_a_voice_that_is_loud_and_soft_by_turns_varies_by_half_their_distance():
    answer = hum(low=100, high=150)
    levels = np.where(np.arange(2000) // 100 % 2, -20, -30)
    assert value("level_variation", with_levels(answer, levels)) == pytest.approx(5.0)


@pytest.mark.parametrize(
    "answer", [Answer(say("").transcript), say("I led it. " * 30), hum(low=100, high=150, seconds=8)]
)
def test_text_a_distrusted_recording_and_a_few_seconds_have_no_voice_to_measure(answer):
    assert [value(name, answer) for name in NAMES] == [None] * 4


def test_too_little_voice_in_every_window_leaves_the_melody_unknown():
    answer = hum(low=100, high=150)
    pitch = np.where(np.arange(2000) % 10 == 0, answer.voice.pitch, np.nan)
    assert value("pitch_variation", replace(answer, voice=replace(answer.voice, pitch=pitch))) is None
