"""The parser is fed once for each answer."""

from __future__ import annotations

from rehearse.language.parser import REMEMBERED_WORDS, parse
from rehearse.model import Transcript
from tests.factories import words


def test_the_same_answer_is_parsed_once_and_another_one_anew() -> None:
    said = "I rang the garage and the driver came."
    once = parse(Transcript(words(said)))
    assert parse(Transcript(words(said))) is once
    assert parse(Transcript(words(said.replace("garage", "ward")))).text != once.text


def test_a_very_long_answer_is_not_kept_in_memory() -> None:
    long = Transcript(words("I rang the garage. " * (REMEMBERED_WORDS // 4 + 1)))
    assert parse(long) is not parse(long)
