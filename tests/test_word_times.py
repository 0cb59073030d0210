"""Windows of a recording, and the times of the words in them, with attention's part played by numbers."""

from __future__ import annotations

import itertools

import pytest

from rehearse.transcription.alignment import Piece, timed
from rehearse.transcription.chunking import LONGEST, SAMPLE_RATE, Window, cut
from tests.factories import joined, silence, tone


def pieces(text: str) -> list[Piece]:
    return [Piece(f" {word}", (number,)) for number, word in enumerate(text.split())]


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


@pytest.mark.parametrize(
    ("seconds", "times", "given"),
    [
        (2.0, [0.1, 0.4, 0.4, 0.4, 0.9], [0.1, 0.4, 0.42, 0.44, 0.9]),
        (2.0, [0.1, 0.4, 0.4, 0.42, 0.9], [0.1, 0.4, 0.42, 0.44, 0.9]),
        (2.0, [1.9, 2.0, 2.0, 2.0, 2.0], [1.9, 1.94, 1.96, 1.98, 2.0]),
        (0.04, [0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.01, 0.02, 0.03, 0.04]),
    ],
    ids=["within", "a neighbour gives way", "at the end", "shorter than its words"],
)
def test_each_word_has_a_length_even_where_attention_gives_it_none(
    seconds: float, times: list[float], given: list[float]
) -> None:
    aligned = [
        {"word": f" {word}", "tokens": [number], "start": start, "end": end, "probability": 0.9}
        for number, (word, (start, end)) in enumerate(
            zip(["we", "led", "the", "team"], itertools.pairwise(times), strict=True)
        )
    ]
    window = Window(SAMPLE_RATE, SAMPLE_RATE + round(seconds * SAMPLE_RATE))
    words = list(timed(window, pieces("we led the team"), aligned))
    assert [word.start for word in words] == pytest.approx([1 + start for start in given[:-1]])
    assert [word.end for word in words] == pytest.approx([1 + end for end in given[1:]])
