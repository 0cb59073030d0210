"""Quoting the clause around some words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearse.datatypes import Span, Transcript
from rehearse.words import ends_sentence, is_filled_pause

_WIDEST = 14
"""Words quoted on each side of a find at most (house default)."""


def clauses(transcript: Transcript, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Quote the sentence around each match, in order; a long one is cut around it.

    >>> import re
    >>> from rehearse.datatypes import Transcript, Word
    >>> said = "It was late. So I asked um them to stay."
    >>> words = tuple(Word(text, place, place + 1) for place, text in enumerate(said.split()))
    >>> next(clauses(Transcript(words), re.compile("asked them"))).text
    'So I asked um them to stay.'
    """
    places = [place for place, word in enumerate(transcript.words) if not is_filled_pause(word.text)]
    texts = [transcript.words[place].text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for place in places]
    joined = " ".join(texts)
    for found in pattern.finditer(joined):
        first = joined.count(" ", 0, found.start())
        last = first + found.group().strip().count(" ")
        while first > 0 and last - first < _WIDEST and not ends_sentence(texts[first - 1]):
            first -= 1
        low = first
        while last < len(texts) - 1 and last - low < 2 * _WIDEST and not ends_sentence(texts[last]):
            last += 1
        yield transcript.span(places[first], places[last])
