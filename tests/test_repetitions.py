from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse import audio
from rehearse.analysis.assemble import answer_from_sound
from rehearse.events.repetitions import find_repetitions
from rehearse.transcription import Transcriber
from tests.factories import say
from tests.sounds import DATA


def repetitions(text: str) -> list[str]:
    return [span.text for span in find_repetitions(say(text).transcript)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I, I led the, the night crew.", ["I, I", "the, the"]),
        ("i i led the the the crew", ["i i", "the the the"]),
        ("We had, we had to drain the tank.", ["We had, we had"]),
        ("I was going, I was going to call her.", ["I was going, I was going"]),
        ("I, um, I called the ward.", ["I, um, I"]),
        ("It was, you know, it was late.", ["It was, you know, it was"]),
        ("I drew the str- structure of the roof.", ["str- structure"]),
        ("We should have- the order was wrong.", ["have-"]),
        ("I. I stopped the press.", ["I. I"]),
        ("He gave the manager manager the key.", ["manager manager"]),
        ("I thought that, that he was late.", ["that, that"]),
        ("We were going to move, we were going to move it.", ["We were going to move, we were going to move"]),
    ],
)
def test_a_second_try_is_found_with_its_first(text: str, expected: list[str]) -> None:
    assert repetitions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It was a very, very long shift.",
        "I was really really tired.",
        "No, no, the other valve.",
        "He had had the flu.",
        "I knew that that was wrong.",
        "The meeting went on and on and on.",
        "We went through it step by step by step.",
        "The code was four four seven.",
        "Plan B B is the spare.",
        "A big, big storm came in.",
        "I checked the pump. The pump was fine.",
        "I led the team. I led it well.",
        "Pre- and post-operative care was mine.",
        "It was, like, like, really late.",
        "We planted six hundred trees.",
        "",
    ],
)
def test_what_english_repeats_on_purpose_is_left_out(text: str) -> None:
    assert repetitions(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was. It was a Sunday.", ["It was. It was"]),
        ("We wanted. We wanted the keys back.", ["We wanted. We wanted"]),
        ("I sold. I sold forty cars.", ["I sold. I sold"]),
        ("And then we. And then we moved.", ["And then we. And then we"]),
        ("My manager. My manager rang.", ["My manager. My manager"]),
        ("I'm. I'm the lead.", ["I'm. I'm"]),
        ("Hello everyone. Hello everyone.", ["Hello everyone. Hello everyone."]),
        ("It rained. It rained all week.", []),
        ("We won. We won the cup.", []),
        ("I tried. I tried everything.", []),
        ("Was it hard? It was. It was hard.", []),
        ("I knew what it was. It was a Sunday.", []),
        ("The pump failed. The pump failed twice.", []),
        ("Thank you. Thank you.", []),
    ],
)
def test_a_full_stop_behind_a_broken_start_hides_no_repetition(text: str, expected: list[str]) -> None:
    assert repetitions(text) == expected


def test_the_same_sound_has_as_many_repetitions_where_stops_stand_behind_broken_starts(
    transcriber: Transcriber,
) -> None:
    recording = audio.load(DATA / "faults" / "restart.flac")
    answer = answer_from_sound(recording, transcriber(recording))
    assert [span.text.split()[0] for span in answer.repetitions] == ["Hello", "I", "We", "It"]


def test_a_repetition_is_one_span_from_first_try_to_last() -> None:
    (span,) = find_repetitions(say("the the the pump", seconds=4.0).transcript)
    assert (span.start, span.end) == (0.0, 3.0)


@given(st.lists(st.sampled_from(["I", "the", "um", "and", "no.", "st-", "like,", "-", "you", "know"]), max_size=15))
def test_spans_of_any_words_are_in_order_and_apart(texts: list[str]) -> None:
    spans = find_repetitions(say(" ".join(texts)).transcript)
    assert all(left.end <= right.start for left, right in pairwise(spans))
