"""Quoting the clause around some words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.language.words import ends_sentence
from rehearse.model import Span, Transcript
from rehearse.story import searchable_text

_WIDEST = 10
"""Words quoted on each side of a find at most (house default)."""
_SHORTEST = 3
"""A comma closer to the start of a find than this many words does not end the quote (house default)."""


def clauses(transcript: Transcript, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Quote the clause around each match, in order; a long one is cut around it.

    >>> import re
    >>> from rehearse.model import Transcript, Word
    >>> said = "It was late. So when he came, I asked um them to stay, and he left."
    >>> words = tuple(Word(text, place, place + 1) for place, text in enumerate(said.split()))
    >>> next(clauses(Transcript(words), re.compile("asked them"))).text
    'I asked um them to stay,'
    """
    said = searchable_text(transcript)
    for first, last in said.find(pattern):
        yield said.quote(_start(said.texts, first), _end(said.texts, first, last))


def _start(texts: Sequence[str], first: int) -> int:
    for place in range(first, max(first - _WIDEST, 0), -1):
        if ends_sentence(texts[place - 1]) or texts[place - 1].endswith(","):
            return place
    return max(first - _WIDEST, 0)


def _end(texts: Sequence[str], first: int, last: int) -> int:
    furthest = min(last + _WIDEST, len(texts) - 1)
    for place in range(last, furthest):
        if ends_sentence(texts[place]) or (texts[place].endswith(",") and place - first >= _SHORTEST):
            return place
    return furthest
