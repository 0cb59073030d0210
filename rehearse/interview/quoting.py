"""Quote the clause around a match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.language.words import ends_sentence
from rehearse.model import Span, Transcript
from rehearse.story import searchable_text

_WIDEST = 10
"""Words quoted on each side of a match, at most (house default)."""
_SHORTEST = 3
"""A comma fewer words than this after the start of a match does not end the quote (house default)."""


def clauses(transcript: Transcript, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Yield the clause around each match, in order; a long clause is cut around the match.

    >>> import re
    >>> from rehearse.model import Transcript, Word
    >>> sentences = "It was late. So when he came, I asked um them to stay, and he left."
    >>> words = tuple(Word(text, index, index + 1) for index, text in enumerate(sentences.split()))
    >>> next(clauses(Transcript(words), re.compile("asked them"))).text
    'I asked um them to stay,'
    """
    searchable = searchable_text(transcript)
    for first, last in searchable.find(pattern):
        yield searchable.quote(_start(searchable.texts, first), _end(searchable.texts, first, last))


def _start(texts: Sequence[str], first: int) -> int:
    for index in range(first, max(first - _WIDEST, 0), -1):
        if ends_sentence(texts[index - 1]) or texts[index - 1].endswith(","):
            return index
    return max(first - _WIDEST, 0)


def _end(texts: Sequence[str], first: int, last: int) -> int:
    furthest = min(last + _WIDEST, len(texts) - 1)
    for index in range(last, furthest):
        if ends_sentence(texts[index]) or (texts[index].endswith(",") and index - first >= _SHORTEST):
            return index
    return furthest
