"""An answer as one text to search, and the way back from what is found to the words of the transcript."""

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
        transcript: All of them.
        word_indices: Where each word stands in the transcript.
        texts: The words, with straight apostrophes.

    """

    transcript: Transcript
    word_indices: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it, with one space between two words."""
        return " ".join(self.texts)

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Give the first and last word of each match, counted in ``texts``."""
        text = self.text
        for found in pattern.finditer(text):
            first = text.count(" ", 0, found.start())
            yield first, first + found.group().strip().count(" ")

    def quote(self, first: int, last: int) -> Span:
        """Quote from one word of ``texts`` to another, with what lies between."""
        return self.transcript.span(self.word_indices[first], self.word_indices[last])


def searchable_text(transcript: Transcript) -> SearchableText:
    """Leave the filled pauses out.

    >>> from rehearse.model import Transcript, Word
    >>> said = searchable_text(Transcript(tuple(Word(text, 0.0, 0.0) for text in "I um led it.".split())))
    >>> said.text, list(said.find(re.compile("led it"))), said.quote(0, 1).text
    ('I led it.', [(1, 2)], 'I um led')
    """
    filled = filled_pauses([word.text for word in transcript.words])
    places = tuple(place for place, pause in enumerate(filled) if not pause)
    return SearchableText(transcript, places, tuple(straight(transcript.words[place].text) for place in places))
