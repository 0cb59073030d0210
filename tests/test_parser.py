"""The parser is fed once for each answer, and with what is complete of it while it is spoken."""

from __future__ import annotations

from rehearse.language.parser import REMEMBERED_WORDS, Parsed, _annotated, parse, parse_ahead
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


def grammar(parsed: Parsed) -> list[tuple[object, ...]]:
    return [
        (token.text, token.tag_, token.lemma_, token.dep_, token.head.i, token.is_sent_start) for token in parsed.doc
    ]


def test_an_answer_that_was_parsed_while_it_was_spoken_is_parsed_as_if_it_had_come_at_once() -> None:
    story = [
        f"In week {n} I rang the garage, because the driver hadn't come, and asked them to wait." for n in range(90)
    ]
    whole = Transcript(words(" ".join(story)))
    expected = grammar(parse(whole))
    _annotated.cache_clear()
    for said in range(15, 90, 15):
        parse_ahead(Transcript(words(" ".join(story[:said]))))
    before = _annotated.cache_info()
    other = Transcript(words(" ".join(story)), timed=False)
    assert grammar(parse(other)) == expected
    assert _annotated.cache_info().misses - before.misses <= 2, "only the end is left"
    assert _annotated.cache_info().hits > before.hits + 3
