"""Filled pauses: which of those that the recogniser may have heard count."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.events.activity import Activity
from rehearse.events.fillers import find_filled_pauses, written_filled_pauses
from rehearse.language.words import is_filled_pause
from rehearse.model import Span, Word


def activity(*stretches: tuple[float, float], seconds: float = 6.0) -> Activity:
    spoken = np.zeros(round(seconds * 100), bool)
    for start, end in stretches:
        spoken[round(start * 100) : round(end * 100)] = True
    return Activity(np.where(spoken, -20.0, -80.0).astype(np.float32), spoken, -20.0, -75.0)


def proposed(probability: float) -> tuple[Word, ...]:
    """Give "is um planning", as the recogniser gives it."""
    return (Word("is", 0.5, 0.9, 0.9), Word("um,", 1.1, 1.4, probability), Word("planning.", 2.1, 2.7, 0.9))


SOUND = activity((0.5, 0.9), (1.1, 1.4), (2.1, 2.7))


def test_a_likely_filled_pause_counts_where_it_was_spoken() -> None:
    (found,) = find_filled_pauses(proposed(0.9), SOUND)
    assert (found.span.start, found.span.end) == (1.1, 1.4)
    assert (found.status, found.evidence, found.index) == ("counted", ("transcript", "sound"), 1)


def test_an_unlikely_one_is_possible_and_a_very_unlikely_one_nothing() -> None:
    assert [found.status for found in find_filled_pauses(proposed(0.25), SOUND)] == ["possible"]
    assert find_filled_pauses(proposed(0.05), SOUND) == ()


def test_nobody_speaking_means_no_filled_pause() -> None:
    assert find_filled_pauses(proposed(0.9), activity()) == ()


def test_text_answers_have_filled_pauses_too() -> None:
    words = (Word("Um,", 0, 3), Word("I", 4, 5), Word("uhh", 6, 9))
    assert [(found.text, found.index, found.span) for found in written_filled_pauses(words)] == [
        ("um", 0, Span(0, 3, "Um,")),
        ("uhh", 2, Span(6, 9, "uhh")),
    ]


@pytest.mark.parametrize("said", ["um", "Uh,", "uhhh", "erm", "er.", "hmm", "Mmm", "ah", "eh"])
def test_sounds_of_thinking_are_filled_pauses(said: str) -> None:
    assert is_filled_pause(said)


@pytest.mark.parametrize("said", ["mm-hmm", "uh-huh", "mhm", "her", "umbrella", "m", "oh", "am", "error", "a", ""])
def test_listening_noises_words_and_letters_are_not(said: str) -> None:
    assert not is_filled_pause(said)
