"""Filled pauses brought to a text that lacks them, with the model's part played by numbers."""

from __future__ import annotations

import itertools

import pytest

from rehearse.transcription.verbatim import Piece, confidence, taken_over
from rehearse.transcription.windows import LONGEST, SAMPLE_RATE, cut
from tests.factories import joined, silence, tone


def pieces(text: str) -> list[Piece]:
    return [Piece(f" {word}", (number,)) for number, word in enumerate(text.split())]


def told(text: str, prompted: str) -> str:
    return "".join(piece.text for piece in taken_over(pieces(text), pieces(prompted))).strip()


@pytest.mark.parametrize(
    ("text", "prompted", "restored"),
    [
        ("I led the team", "I, um, led the team", "I um, led the team"),
        ("Last spring we met", "Um, last spring we met.", "Um, Last spring we met"),
        ("and that is all", "and that is all, uh.", "and that is all uh."),
        ("keep the word calm", "keep the ward, um, calm", "keep the word um, calm"),
        ("I led the team", "I led the team", "I led the team"),
    ],
)
def test_a_filled_pause_moves_between_the_same_words(text: str, prompted: str, restored: str) -> None:
    assert told(text, prompted) == restored


def test_the_content_stays_the_unprompted_one() -> None:
    assert told("we cached the layers", "we cashed, um, the layer") == "we cached um, the layers"


def test_two_texts_that_agree_count_once_and_the_longer_row_wins() -> None:
    assert told("I um led it", "I um uh led it") == "I um uh led it"
    assert told("I um uh led it", "I um led it") == "I um uh led it"


def test_only_what_a_prompted_text_has_is_marked_as_taken_over() -> None:
    out = taken_over(pieces("I uh led it"), pieces("I led um it"))
    assert [(piece.text.strip(), piece.taken_over) for piece in out] == [
        ("I", False),
        ("uh", False),
        ("led", False),
        ("um", True),
        ("it", False),
    ]


def test_confidence_grows_with_each_kind_of_evidence() -> None:
    weak = confidence(0.05, 0.6, taken_over=False)
    assert weak < confidence(0.3, 0.6, taken_over=False)
    assert weak < confidence(0.05, 0.9, taken_over=False)
    assert weak < confidence(0.05, 0.6, taken_over=True)
    assert 0 < weak < 1


def test_windows_cover_the_recording_and_stay_short_enough() -> None:
    samples = joined(tone(seconds=25.0), silence(0.4), tone(seconds=60.0)).samples
    windows = cut(samples)
    assert windows[0].start == 0
    assert windows[-1].end == len(samples)
    assert all(before.end == after.start for before, after in itertools.pairwise(windows))
    assert max(window.end - window.start for window in windows) <= LONGEST * SAMPLE_RATE


def test_a_cut_falls_into_a_pause() -> None:
    samples = joined(tone(seconds=16.0), silence(0.5), tone(seconds=16.0)).samples
    edge = cut(samples)[0].end / SAMPLE_RATE
    assert 16.0 <= edge <= 16.5
