"""Filled pauses: what the recogniser proposes, held against the sound."""

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


def proposed(probability: float, start: float = 1.9, end: float = 1.9) -> tuple[Word, ...]:
    """Give "is um planning", the um late and without length, as the recogniser places it."""
    return (Word("is", 0.5, 0.9, 0.9), Word("um,", start, end, probability), Word("planning.", 2.1, 2.7, 0.9))


def test_a_filled_pause_is_put_where_the_sound_is() -> None:
    (found,) = find_filled_pauses(proposed(0.9), activity((0.5, 0.9), (1.1, 1.4), (2.1, 2.7)))
    assert (found.span.start, found.span.end) == (pytest.approx(1.1), pytest.approx(1.4))
    assert (found.status, found.evidence, found.index) == ("counted", ("transcript", "sound"), 1)


def test_a_word_stretched_over_the_filled_pause_gives_it_room() -> None:
    words = (Word("is", 0.5, 1.6, 0.9), Word("uh,", 1.9, 1.9, 0.9), Word("planning.", 2.1, 2.7, 0.9))
    (found,) = find_filled_pauses(words, activity((0.5, 0.85), (1.2, 1.5), (2.1, 2.7)))
    assert found.span.start == pytest.approx(1.2)


def test_without_a_sound_of_its_own_only_a_certain_one_counts() -> None:
    silent = activity((0.5, 0.7), (2.4, 2.7))
    assert find_filled_pauses(proposed(0.4), silent) == ()
    (certain,) = find_filled_pauses(proposed(0.9), silent)
    assert (certain.status, certain.evidence) == ("counted", ("transcript",))


def test_an_unlikely_one_is_possible_and_a_very_unlikely_one_nothing() -> None:
    sound = activity((0.5, 0.9), (1.1, 1.4), (2.1, 2.7))
    assert [found.status for found in find_filled_pauses(proposed(0.25), sound)] == ["possible"]
    assert find_filled_pauses(proposed(0.05), sound) == ()


def test_two_do_not_share_one_short_sound() -> None:
    words = (
        Word("is", 0.5, 0.9, 0.9),
        Word("um,", 1.8, 1.8, 0.9),
        Word("um,", 1.9, 1.9, 0.8),
        Word("planning", 2.1, 2.7, 0.9),
    )
    assert len(find_filled_pauses(words, activity((0.5, 0.9), (1.1, 1.4), (2.1, 2.7)))) == 1
    assert len(find_filled_pauses(words, activity((0.5, 0.9), (1.0, 1.3), (1.5, 1.8), (2.1, 2.7)))) == 2


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
