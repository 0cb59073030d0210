"""Where there is speech, from made sounds and an opinion given."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.events.activity import DETECTOR_STEP, detect_speech, frame_levels
from rehearse.events.pauses import find_pauses, snapped
from rehearse.model import Recording, Span, Word
from tests.factories import joined, silence, tone


def heard_throughout(recording: Recording, opinion: float = 0.9) -> np.ndarray:
    return np.full(int(recording.duration / DETECTOR_STEP) + 1, opinion, np.float32)


def spoken_twice(gap: float, *, before: float = 0.3, after: float = 0.3) -> Recording:
    return joined(silence(before), tone(seconds=1.0), silence(gap), tone(seconds=1.0), silence(after))


def test_the_level_of_a_tone_is_its_power() -> None:
    square = np.tile(np.float32([0.1, 0.1, -0.1, -0.1]), 4_000)
    levels = frame_levels(Recording(square, 16_000))
    assert levels[50] == pytest.approx(-20.0, abs=0.01)
    assert len(levels) == 100


def test_a_constant_offset_is_no_sound() -> None:
    square = np.tile(np.float32([0.1, 0.1, -0.1, -0.1]), 4_000)
    assert frame_levels(Recording(square + np.float32(0.3), 16_000)) == pytest.approx(
        frame_levels(Recording(square, 16_000)), abs=0.01
    )
    assert frame_levels(Recording(np.full(16_000, 0.1, np.float32), 16_000)).max() == -100.0


def test_edges_of_speech_are_found_to_two_hundredths_of_a_second() -> None:
    recording = spoken_twice(0.5)
    speech = detect_speech(recording, heard_throughout(recording)).speech
    assert speech is not None
    assert (speech.start, speech.end) == (pytest.approx(0.3, abs=0.02), pytest.approx(2.8, abs=0.02))


@pytest.mark.parametrize(("gap", "count"), [(0.2, 0), (0.3, 1), (2.4, 1)])
def test_a_pause_lasts_a_quarter_of_a_second_at_least(gap: float, count: int) -> None:
    recording = spoken_twice(gap)
    pauses = find_pauses(detect_speech(recording, heard_throughout(recording)), ())
    assert len(pauses) == count
    assert all(pause.span.duration == pytest.approx(gap, abs=0.03) for pause in pauses)


@pytest.mark.parametrize(("before", "after"), [(0.0, 5.0), (5.0, 0.0), (3.0, 3.0)])
def test_silence_around_an_answer_changes_no_pause(before: float, after: float) -> None:
    recording = spoken_twice(0.6, before=before, after=after)
    pauses = find_pauses(detect_speech(recording, heard_throughout(recording)), ())
    assert [round(pause.span.duration, 1) for pause in pauses] == [0.6]


def test_sound_that_the_detector_does_not_take_for_speech_is_none() -> None:
    recording = spoken_twice(0.5)
    activity = detect_speech(recording, heard_throughout(recording, 0.05))
    assert activity.speech is None
    assert activity.speech_level is None
    assert activity.stretches == ()


def test_a_click_in_a_pause_does_not_end_it() -> None:
    recording = joined(tone(seconds=1.0), silence(0.5), tone(seconds=0.02), silence(0.5), tone(seconds=1.0))
    assert len(find_pauses(detect_speech(recording, heard_throughout(recording)), ())) == 1


def test_an_empty_recording_has_no_speech() -> None:
    activity = detect_speech(Recording(np.zeros(0, np.float32), 16_000), np.zeros(0, np.float32))
    assert activity.speech is None


def test_a_pause_knows_whether_a_sentence_has_ended() -> None:
    recording = joined(tone(seconds=1.0), silence(0.5), tone(seconds=1.0), silence(0.5), tone(seconds=1.0))
    words = (Word("It", 0.0, 0.9), Word("ended.", 1.5, 2.4), Word("Then", 3.1, 3.9))
    pauses = find_pauses(detect_speech(recording, heard_throughout(recording)), words)
    assert [pause.inside_sentence for pause in pauses] == [True, False]


@pytest.mark.parametrize(("after", "inside"), [("Yeah", None), ("yeah", True), ("I", True), ("I'm", True)])
def test_a_pause_before_a_word_written_large_may_end_a_sentence_without_its_mark(
    after: str, inside: bool | None
) -> None:
    recording = spoken_twice(0.5)
    words = (Word("Right.", 0.0, 0.2), Word("person", 0.3, 1.2), Word(after, 1.9, 2.7))
    pauses = find_pauses(detect_speech(recording, heard_throughout(recording)), words)
    assert [pause.inside_sentence for pause in pauses] == [inside]


def test_without_punctuation_nothing_is_said_of_sentences() -> None:
    recording = spoken_twice(0.5)
    words = (Word("it", 0.3, 1.2), Word("ended", 1.9, 2.7))
    pauses = find_pauses(detect_speech(recording, heard_throughout(recording)), words)
    assert [pause.inside_sentence for pause in pauses] == [None]


def test_word_edges_in_silence_move_to_the_sound() -> None:
    stretches = (Span(0.4, 1.0), Span(2.0, 3.0))
    moved = snapped((Word("My", 0.0, 0.7), Word("plan", 1.2, 2.5), Word("lost", 4.0, 4.5)), stretches)
    assert [(word.start, word.end) for word in moved] == [(0.4, 0.7), (2.0, 2.5), (4.0, 4.5)]
