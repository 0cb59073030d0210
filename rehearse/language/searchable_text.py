"""An answer as a single text to search, with matches mapped back to the words of the transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.language.words import filled_pauses, straight
from rehearse.model import Span, Transcript


@dataclass(frozen=True, slots=True)
class SearchableText:
    """The words of an answer without its filled pauses.

    Attributes:
        transcript: The full transcript.
        word_indices: Index of each word in the transcript.
        texts: The words, with straight apostrophes.

    """

    transcript: Transcript
    word_indices: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words, joined by single spaces."""
        return " ".join(self.texts)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield the first and last word of each match, as indices into ``texts``."""
        text = self.text
        for found in pattern.finditer(text):
            first = text.count(" ", 0, found.start())
            yield first, first + found.group().strip().count(" ")

    def quote(self, first: int, last: int) -> Span:
        """Return the span from one word of ``texts`` to another, filled pauses included."""
        return self.transcript.span(self.word_indices[first], self.word_indices[last])


def searchable_text(transcript: Transcript) -> SearchableText:
    """Drop the filled pauses of a transcript.

    >>> from rehearse.model import Transcript, Word
    >>> answer = searchable_text(Transcript(tuple(Word(text, 0.0, 0.0) for text in "I um led it.".split())))
    >>> answer.text, list(answer.find(re.compile("led it"))), answer.quote(0, 1).text
    ('I led it.', [(1, 2)], 'I um led')
    """
    filled = filled_pauses([word.text for word in transcript.words])
    indices = tuple(i for i, pause in enumerate(filled) if not pause)
    return SearchableText(transcript, indices, tuple(straight(transcript.words[i].text) for i in indices))
