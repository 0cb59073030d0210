"""An answer of thousands of words, of whatever shape, is read in a moment."""

from __future__ import annotations

import json
import time

import pytest

from rehearse.app.batch import analyze_answers

SHAPES = ("$5 ", "5 ", "5 % ", "I ", "um ", "the the ", "we had to ", "you know ", "like ", "I mean, ", "so... ")
MORE = (
    '"so" ',
    "str- ",
    "a, ",
    "a. ",
    "well-known ",
    "one million ",
    "twenty five thousand ",
    "kind of ",
    "a/b ",
    "\u4f60 ",
)
WORDS = 5000


def seconds(text: str) -> float:
    """Time of this process alone, so that others on the machine count for nothing."""
    before = time.process_time()
    [row] = analyze_answers([json.dumps({"answer": text, "kind": "behavioral"})])
    assert "error" not in row
    return time.process_time() - before


@pytest.mark.parametrize("shape", [*SHAPES, *MORE])
def test_five_thousand_words_of_any_shape_are_read_in_seconds(shape: str) -> None:
    seconds("I led it.")  # the parser is loaded
    assert seconds(shape * (WORDS // len(shape.split()))) < 5


def test_twice_the_words_take_about_twice_the_time() -> None:
    seconds("I led it.")
    assert seconds("$5 " * 8000) < 3.5 * seconds("$5 " * 4000)
