"""Recovery of the filled pauses that Whisper leaves out of its text.

Method
------
Whisper was trained on tidied transcripts and rarely writes "um", yet it
detects it: with a prompt of fillers it writes some, and its decoder gives "um"
a raised probability exactly where one was spoken. The content of a prompted
text is worse, so the unprompted text is used and the filled pauses are merged
into it.

For clear speech the texts with and without the prompt are nearly the same.
Then one quick prompted text (greedy search) suffices: it gives the filled
pauses in it, and before each of its words the probability that one was left
out. Both are transferred between matching words.

Where the two texts differ more, the speech is hard to recognise and a slower
search pays: a wide prompted search gives filled pauses to take over, then the
decoder reads the unprompted text with a prompt, token by token, and gives at
the start of each word the probability that a filled pause precedes it.

The confidence in each filled pause is a logistic function of three features:
that probability, whether a prompted text has it too, and the mean probability
of the words, since Whisper finds fillers everywhere in speech it does not
understand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import exp, log
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.language.words import filled_pauses, plain

if TYPE_CHECKING:
    import numpy.typing as npt

PROMPT = "Um, uh, er, hmm, ah."
"""Prompt of the quick search and of reading (chosen on the development recordings)."""
TELLING = "So, um, I, uh, I was, um, in the, uh, team, and, uh, we, um, had to, uh, do it."
"""Prompt of the wide search (chosen likewise; adding the list above did not help)."""
WORTH_ASKING = 0.01
"""Probability from which a filled pause is proposed, to be decided by the sound (tuned likewise)."""
WORTH_ASKING_AGAIN = 0.2
"""Likewise after another one, where the prompt itself makes "um, um" likely (tuned likewise)."""
ALIKE = 0.85
"""Share of words that the quick text must match; below it the slow search is used (0.75 to 0.94 did as well)."""
_SOUNDS = ("um", "uh", "er", "erm", "ah", "hmm", "mm", "Um", "Uh", "Er", "Erm", "Ah", "Hmm", "Mm")

_BIAS, _READ, _TAKEN_OVER, _SURE = -0.82, 0.79, 2.60, 0.91
"""Logistic weights, fitted to 111 proposals of the development recordings, 51 of them true."""

Reader = Callable[[Sequence[Sequence[int]]], Sequence["npt.NDArray[np.float32]"]]
"""Returns for each token sequence the log probabilities of the filled pauses after its first 0, 1, 2, ... tokens."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a text.

    Attributes:
        text: As written, with its punctuation.
        tokens: The recogniser's tokens for it.
        chance: The decoder's probability of a filled pause; None for any other word.
        taken_over: Whether a prompted text has it too.

    """

    text: str
    tokens: tuple[int, ...]
    chance: float | None = None
    taken_over: bool = False


def confidence(chance: float, sureness: float, *, taken_over: bool) -> float:
    """Return the probability that a filled pause was spoken.

    Args:
        chance: The decoder's probability of it with the prompt, at its position.
        sureness: Mean probability of the words of the whole recording.
        taken_over: Whether a prompted text has it too.

    """
    return 1 / (1 + exp(-(_BIAS + _READ * _logit(chance) + _TAKEN_OVER * taken_over + _SURE * _logit(sureness))))


def _logit(probability: float) -> float:
    clipped = min(max(probability, 0.001), 0.999)
    return log(clipped / (1 - clipped))


class Verbatim:
    """Inserts filled pauses into texts of one tokenizer.

    Attributes:
        tokens: The filled pauses that are one token, in the order of the reader's columns.

    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        encoded = [tokenizer.encode(" " + sound) for sound in _SOUNDS]
        self.tokens = np.array(sorted(tokens[0] for tokens in encoded if len(tokens) == 1))
        self._comma = tuple(tokenizer.encode(","))

    def follow(self, text: Sequence[int], quick: Sequence[int], logs: npt.NDArray[np.float32]) -> list[Piece] | None:
        """Transfer the filled pauses of a quick prompted text to the unprompted one.

        Args:
            text: Tokens of the unprompted text.
            quick: Tokens of the prompted text.
            logs: Shape (len(quick) + 1, len(tokens)): log probabilities of the filled pauses at each step of it.

        Returns:
            The words, filled pauses with their chance; None if the two texts differ too much.

        """
        pieces = self.pieces(text)
        prompted = list(self._written(_prompted(self.pieces(quick)), logs))
        if _alike(pieces, prompted) < ALIKE:
            return None
        return _own(taken_over(pieces, prompted))

    def restore(
        self, texts: Sequence[Sequence[int]], prompted: Sequence[Sequence[int]], read: Reader
    ) -> list[list[Piece]]:
        """Insert the filled pauses into each text.

        Args:
            texts: The tokens of each window's unprompted text.
            prompted: The tokens of each window's prompted text; may be empty.
            read: Reads with the filler prompt, for all windows at once.

        Returns:
            The words of each window, filled pauses with their chance.

        """
        merged = [
            taken_over(self.pieces(text), _prompted(self.pieces(other)))
            for text, other in zip(texts, prompted, strict=True)
        ]
        flat = [[token for piece in pieces for token in piece.tokens] for pieces in merged]
        return [list(self._written(pieces, logs)) for pieces, logs in zip(merged, read(flat), strict=True)]

    def pieces(self, tokens: Sequence[int]) -> list[Piece]:
        """Join tokens into words, punctuation with the word before it."""
        words, parts = self._tokenizer.split_to_word_tokens([*tokens, self._tokenizer.eot])
        pieces: list[Piece] = []
        for word, part in zip(words[:-1], parts[:-1], strict=True):
            if pieces and not (word.startswith(" ") and plain(word)):
                last = pieces[-1]
                pieces[-1] = Piece(last.text + word, (*last.tokens, *part))
            else:
                pieces.append(Piece(word, tuple(part)))
        return pieces

    def _written(self, pieces: Sequence[Piece], logs: npt.NDArray[np.float32]) -> Iterator[Piece]:
        """Yield the pieces, filled pauses with their chance, and insert those that are missing."""
        chance = np.exp(logs).sum(axis=1)
        position = 0
        before: Piece | None = None
        after_filled = False
        for piece, filled in zip(pieces, _filled(pieces), strict=True):
            likely = float(max(chance[position], chance[position - 1] if before and _punctuated(before) else 0.0))
            if filled:
                yield replace(piece, chance=likely)
            else:
                if likely >= _needed(before if after_filled else None):
                    yield self._new(logs[position], likely, before)
                yield piece
            before, after_filled = piece, filled
            position += len(piece.tokens)
        if chance[position] >= _needed(before if after_filled else None):
            yield self._new(logs[position], float(chance[position]), before)

    def _new(self, logs: npt.NDArray[np.float32], likely: float, before: Piece | None) -> Piece:
        """Return the likeliest filled pause here; after a number, none that reads as a unit."""
        for token in map(int, self.tokens[np.argsort(-logs, kind="stable")]):
            text = self._tokenizer.decode([token]) + ","
            if before is None or filled_pauses([before.text, text])[-1]:
                break
        return Piece(text, (token, *self._comma), likely)


def _needed(before: Piece | None) -> float:
    """Return the chance from which a filled pause is inserted; ``before`` is a filled pause before it, if any.

    The prompted text has the right number in a row, so none is added after those taken over from it.
    """
    if before is None:
        return WORTH_ASKING
    return 1.0 if before.taken_over else WORTH_ASKING_AGAIN


def _punctuated(piece: Piece) -> bool:
    return len(piece.tokens) > 1 and not piece.text[-1].isalnum()


def _filled(pieces: Sequence[Piece]) -> list[bool]:
    return filled_pauses([piece.text for piece in pieces])


def _prompted(pieces: Sequence[Piece]) -> list[Piece]:
    return [
        replace(piece, taken_over=True) if filled else piece
        for piece, filled in zip(pieces, _filled(pieces), strict=True)
    ]


def _own(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the filled pauses of the unprompted text as taken over: no prompt suggested them."""
    return [
        replace(piece, chance=0.5, taken_over=True) if filled and piece.chance is None else piece
        for piece, filled in zip(pieces, _filled(pieces), strict=True)
    ]


def _alike(pieces: Sequence[Piece], prompted: Sequence[Piece]) -> float:
    """Return the share of words that the prompted text has too, in the same order; 1 without words."""
    words, others = _content(pieces), _content(prompted)
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words) if words else 1.0


def _content(pieces: Sequence[Piece]) -> list[str]:
    return [plain(piece.text) for piece, filled in zip(pieces, _filled(pieces), strict=True) if not filled]


def taken_over(pieces: Sequence[Piece], prompted: Sequence[Piece]) -> list[Piece]:
    """Merge the filled pauses of a prompted text into the unprompted one, between matching words.

    Where both have some in the same gap, the longer run is used.
    """
    own = _gaps(pieces)
    content = [piece for piece, filled in zip(pieces, _filled(pieces), strict=True) if not filled]
    for gap, row in _moved(content, prompted).items():
        if len(row) >= len(own[gap]):
            own[gap] = row
    out = list(own[0])
    for piece, row in zip(content, own[1:], strict=True):
        out += [piece, *row]
    return out


def _gaps(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the filled pauses before the first word, between words and after the last."""
    gaps: list[list[Piece]] = [[]]
    for piece, filled in zip(pieces, _filled(pieces), strict=True):
        if filled:
            gaps[-1].append(piece)
        else:
            gaps.append([])
    return gaps


def _moved(content: Sequence[Piece], prompted: Sequence[Piece]) -> dict[int, list[Piece]]:
    """Map each gap between the words of ``content`` to the filled pauses that belong there."""
    words = _content(prompted)
    matcher = SequenceMatcher(None, _content(content), words, autojunk=False)
    gap_of = {len(words): len(content), 0: 0}
    for first, second, size in matcher.get_matching_blocks():
        gap_of |= {second + step: first + step for step in range(size)}
        if size:
            gap_of.setdefault(second + size, first + size)
    return {gap_of[gap]: row for gap, row in enumerate(_gaps(prompted)) if row and gap in gap_of}
