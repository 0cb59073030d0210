"""The content words of an answer with what separates them, for rules that look at neighbours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from rehearse.language.words import ends_sentence, filled_pauses, is_filled_pause, plain, straight
from rehearse.model import Transcript, Word

PAUSE_SECONDS = 0.15
"""Silence between two words from which a word counts as set off (house default)."""
_PUNCTUATION = (
    ",",
    ";",
    ":",
    "-",
    "\N{EN DASH}",
    "\N{EM DASH}",
    "\N{HORIZONTAL BAR}",
    "\N{HORIZONTAL ELLIPSIS}",
    "...",
)


class Gap(IntEnum):
    """What separates a word from the one before it, weakest first."""

    NONE = 0
    PAUSE = 1
    """A comma, a silence, a filled pause or another filler."""
    SENTENCE = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word that is no filled pause.

    Attributes:
        text: Lower case, without punctuation.
        index: Position in ``Transcript.words``.
        gap: What separates it from the word before; the first one opens a sentence.
        asks: Whether a question mark follows it.

    """

    text: str
    index: int
    gap: Gap
    asks: bool = False


def tokens(transcript: Transcript) -> tuple[Token, ...]:
    """Leave the filled pauses out and note what separates the other words."""
    found: list[Token] = []
    gap, before = Gap.SENTENCE, None
    filled = filled_pauses([word.text for word in transcript.words])
    for index, word in enumerate(transcript.words):
        gap = max(gap, _gap(before, word, timed=transcript.timed))
        before = word
        text = plain(straight(word.text))
        if filled[index]:
            gap = max(gap, Gap.PAUSE)
        elif text:
            found.append(Token(text, index, gap, "?" in word.text))
            gap = Gap.NONE
    return tuple(found)


def _gap(before: Word | None, word: Word, *, timed: bool) -> Gap:
    if before is None:
        return Gap.SENTENCE
    if before.text.endswith(_PUNCTUATION):
        return Gap.PAUSE
    if ends_sentence(before.text) and not is_filled_pause(before.text):
        return Gap.SENTENCE
    return Gap.PAUSE if timed and word.start - before.end >= PAUSE_SECONDS else Gap.NONE


def without(sequence: Sequence[Token], dropped: Collection[int]) -> tuple[Token, ...]:
    """Leave out the tokens at the positions ``dropped``; what they stood in for becomes a pause."""
    kept: list[Token] = []
    gap = Gap.NONE
    for position, token in enumerate(sequence):
        gap = max(gap, token.gap)
        if position in dropped:
            gap = max(gap, Gap.PAUSE)
        else:
            kept.append(token if token.gap is gap else replace(token, gap=gap))
            gap = Gap.NONE
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase among its neighbours; no neighbour is seen across the end of a sentence.

    Attributes:
        tokens: The whole answer.
        first: Position of the phrase's first token.
        last: Position of its last one.

    """

    tokens: Sequence[Token]
    first: int
    last: int

    @property
    def gap_before(self) -> Gap:
        """What separates the phrase from the word before."""
        return self.tokens[self.first].gap

    @property
    def gap_after(self) -> Gap:
        """What separates the phrase from the word behind."""
        return self.tokens[self.last + 1].gap if self.last + 1 < len(self.tokens) else Gap.SENTENCE

    @property
    def opens_sentence(self) -> bool:
        """Whether a sentence starts here."""
        return self.gap_before is Gap.SENTENCE

    @property
    def opens_answer(self) -> bool:
        """Whether nothing but fillers came before."""
        return self.first == 0

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends here."""
        return self.gap_after is Gap.SENTENCE

    @property
    def paused_after(self) -> bool:
        """Whether a comma, a silence or a filler follows, and then more of the sentence."""
        return self.gap_after is Gap.PAUSE

    @property
    def set_off(self) -> bool:
        """Whether it stands apart from both neighbours, in the middle of a sentence."""
        return self.gap_before is Gap.PAUSE and self.gap_after is Gap.PAUSE

    @property
    def asks(self) -> bool:
        """Whether a question mark follows."""
        return self.tokens[self.last].asks

    def before(self, count: int) -> tuple[str, ...]:
        """Up to ``count`` words before, in their order, within the sentence."""
        start = self.first
        while start > max(0, self.first - count) and self.tokens[start].gap is not Gap.SENTENCE:
            start -= 1
        return tuple(token.text for token in self.tokens[start : self.first])

    def after(self, count: int) -> tuple[str, ...]:
        """Up to ``count`` words behind, within the sentence."""
        behind = self.tokens[self.last + 1 : self.last + 1 + count]
        ends = [at for at, token in enumerate(behind) if token.gap is Gap.SENTENCE]
        return tuple(token.text for token in behind[: ends[0] if ends else None])

    @property
    def previous(self) -> str:
        """The word before; empty at the start of a sentence."""
        return "".join(self.before(1))

    @property
    def next(self) -> str:
        """The word behind; empty at the end of a sentence."""
        return "".join(self.after(1))
