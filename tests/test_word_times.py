"""Windows of a recording, and the times of the words in them, with attention's part played by numbers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rehearse.transcription.alignment import Piece, timed
from rehearse.transcription.chunking import DETECTOR_SAMPLES, LONGEST, SAMPLE_RATE, Window, windows
from tests.factories import joined, silence, tone


def pieces(text: str) -> list[Piece]:
    return [Piece(f" {word}", (number,)) for number, word in enumerate(text.split())]


def spoken_in(samples: np.ndarray) -> np.ndarray:
    """What a perfect speech detector would give."""
    padded = np.pad(samples, (0, -len(samples) % DETECTOR_SAMPLES)).reshape(-1, DETECTOR_SAMPLES)
    return (np.abs(padded).max(axis=1) > 0).astype(np.float32)


def test_windows_cover_the_recording_stay_short_enough_and_overlap_only_at_its_end() -> None:
    samples = joined(tone(seconds=25.0), silence(0.4), tone(seconds=60.0)).samples
    found = windows(samples, spoken_in(samples))
    assert found[0].start == 0
    assert found[-1].end == len(samples)
    assert all(before.end == after.start for before, after in itertools.pairwise(found[:-1]))
    assert found[-2].start < found[-1].start <= found[-2].end
    assert found[-1].end - found[-1].start >= 12 * SAMPLE_RATE
    assert max(window.end - window.start for window in found) <= LONGEST * SAMPLE_RATE


def test_a_cut_falls_into_a_pause() -> None:
    samples = joined(tone(seconds=21.0), silence(0.5), tone(seconds=16.0)).samples
    edge = windows(samples, spoken_in(samples))[0].end / SAMPLE_RATE
    assert 21.0 <= edge <= 21.5


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
