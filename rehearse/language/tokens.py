"""Content words of an answer with what separates them, for rules on neighbouring words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from rehearse.language.words import ends_sentence, filled_pauses, is_filled_pause, plain, straight
from rehearse.model import Transcript, Word

PAUSE_SECONDS = 0.15
"""Seconds of silence between two words that count as a pause (house default)."""
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
    """A word that is not a filled pause.

    Attributes:
        text: In lower case, without punctuation.
        index: Index into ``Transcript.words``.
        gap: What separates it from the word before; the first token opens a sentence.
        asks: Whether a question mark follows it.

    """

    text: str
    index: int
    gap: Gap
    asks: bool = False


def tokens(transcript: Transcript) -> tuple[Token, ...]:
    """Drop the filled pauses and record what separates the other words."""
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
    """Drop the tokens at the indices ``dropped``; each leaves a pause."""
    remaining: list[Token] = []
    gap = Gap.NONE
    for position, token in enumerate(sequence):
        gap = max(gap, token.gap)
        if position in dropped:
            gap = max(gap, Gap.PAUSE)
        else:
            remaining.append(token if token.gap is gap else replace(token, gap=gap))
            gap = Gap.NONE
    return tuple(remaining)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in its context, which does not extend beyond its sentence.

    Attributes:
        tokens: Tokens of the whole answer.
        first: Index of the phrase's first token.
        last: Index of its last token.

    """

    tokens: Sequence[Token]
    first: int
    last: int

    @property
    def gap_before(self) -> Gap:
        """What separates the phrase from the previous word."""
        return self.tokens[self.first].gap

    @property
    def gap_after(self) -> Gap:
        """What separates the phrase from the next word."""
        return self.tokens[self.last + 1].gap if self.last + 1 < len(self.tokens) else Gap.SENTENCE

    @property
    def opens_sentence(self) -> bool:
        """Whether a sentence starts here."""
        return self.gap_before is Gap.SENTENCE

    @property
    def opens_answer(self) -> bool:
        """Whether it is at the start of the answer, fillers aside."""
        return self.first == 0

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends here."""
        return self.gap_after is Gap.SENTENCE

    @property
    def paused_after(self) -> bool:
        """Whether a comma, a silence or a filler follows within the sentence."""
        return self.gap_after is Gap.PAUSE

    @property
    def set_off(self) -> bool:
        """Whether a pause separates it from both neighbours within the sentence."""
        return self.gap_before is Gap.PAUSE and self.gap_after is Gap.PAUSE

    @property
    def asks(self) -> bool:
        """Whether a question mark follows."""
        return self.tokens[self.last].asks

    def before(self, count: int) -> tuple[str, ...]:
        """Return up to ``count`` words before it within the sentence, in order."""
        start = self.first
        while start > max(0, self.first - count) and self.tokens[start].gap is not Gap.SENTENCE:
            start -= 1
        return tuple(token.text for token in self.tokens[start : self.first])

    def after(self, count: int) -> tuple[str, ...]:
        """Return up to ``count`` words after it within the sentence."""
        behind = self.tokens[self.last + 1 : self.last + 1 + count]
        ends = [at for at, token in enumerate(behind) if token.gap is Gap.SENTENCE]
        return tuple(token.text for token in behind[: ends[0] if ends else None])

    @property
    def previous(self) -> str:
        """The previous word; empty at the start of a sentence."""
        return "".join(self.before(1))

    @property
    def next(self) -> str:
        """The next word; empty at the end of a sentence."""
        return "".join(self.after(1))
