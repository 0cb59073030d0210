"""Filled pauses brought to a text that lacks them, with the model's part played by numbers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rehearse.language.words import is_filled_pause
from rehearse.transcription.alignment import timed
from rehearse.transcription.chunking import DETECTOR_SAMPLES, LONGEST, SAMPLE_RATE, Window, windows
from rehearse.transcription.filled_pause_recovery import Piece, Verbatim, confidence, taken_over
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


class Tokenizer:
    """One token a word, and one for the comma."""

    eot = 0

    def __init__(self) -> None:
        self.words = ["", ","]

    def encode(self, text: str) -> list[int]:
        return [self._token(word) for word in text.replace(",", " , ").split()]

    def decode(self, tokens: list[int]) -> str:
        return "".join(f" {self.words[token]}" for token in tokens)

    def split_to_word_tokens(self, tokens: list[int]) -> tuple[list[str], list[list[int]]]:
        return [f" {self.words[token]}" for token in tokens], [[token] for token in tokens]

    def _token(self, word: str) -> int:
        if word not in self.words:
            self.words.append(word)
        return self.words.index(word)


def followed(text: str, quick: str, likely: dict[int, float] | None = None) -> list[tuple[str, float, bool]] | None:
    """Follow a quick text in which "um" has probability 0.001, or what ``likely`` says, at each step."""
    tokenizer = Tokenizer()
    verbatim = Verbatim(tokenizer)
    tokens = tokenizer.encode(quick)
    chances = np.full((len(tokens) + 1, len(verbatim.tokens)), 1e-9)
    um = int(np.flatnonzero(verbatim.tokens == tokenizer.encode("um")[0])[0])
    chances[:, um] = [(likely or {}).get(step, 0.001) for step in range(len(tokens) + 1)]
    out = verbatim.follow(tokenizer.encode(text), tokens, np.log(chances).astype(np.float32))
    return out and [
        (piece.text.strip(" ,"), round(piece.chance or 0.0, 2), piece.taken_over)
        for piece in out
        if is_filled_pause(piece.text)
    ]


def test_what_the_quick_text_has_is_taken_over_with_its_chance() -> None:
    assert followed("I led the team", "I um led the team", {1: 0.7}) == [("um", 0.7, True)]


def test_what_the_quick_text_nearly_wrote_is_written_but_not_taken_over() -> None:
    assert followed("I led the team", "I led the team", {2: 0.3}) == [("um", 0.3, False)]
    assert followed("I led the team", "I led the team", {2: 0.005}) == []


def test_an_end_is_a_place_for_one_too() -> None:
    assert followed("I led the team", "I led the team", {4: 0.4}) == [("um", 0.4, False)]


def test_a_filled_pause_that_no_prompt_made_up_is_trusted() -> None:
    assert followed("I um led the team", "I led the team") == [("um", 0.5, True)]


def test_texts_that_differ_much_are_not_followed() -> None:
    assert followed("we cached all the layers", "we cashed um fall delays") is None
    assert followed("we cached it", "") is None


def test_confidence_grows_with_each_kind_of_evidence() -> None:
    weak = confidence(0.05, 0.6, taken_over=False)
    assert weak < confidence(0.3, 0.6, taken_over=False)
    assert weak < confidence(0.05, 0.9, taken_over=False)
    assert weak < confidence(0.05, 0.6, taken_over=True)
    assert 0 < weak < 1


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
    words = [one.word for one in timed(window, pieces("we led the team"), aligned)]
    assert [word.start for word in words] == pytest.approx([1 + start for start in given[:-1]])
    assert [word.end for word in words] == pytest.approx([1 + end for end in given[1:]])
