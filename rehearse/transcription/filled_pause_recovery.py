"""Put back the filled pauses that Whisper leaves out of its text.

Method
------
Whisper was trained on tidied transcripts and rarely writes "um", yet it hears
it: under a prompt of fillers it writes some of them, and its decoder gives
"um" a raised probability just where one was said. A prompted text has worse
content, so the unprompted one is kept and the filled pauses are brought to it.

Clear speech comes out nearly the same with and without the prompt. Then one
quick prompted text (greedy search) tells everything: the filled pauses in it,
and before each of its words the probability that one was left out. Both are
carried over between the same words.

Where the two texts differ more, the speech is hard to make out, and it pays to
listen closely: a wide prompted search gives the filled pauses to take over, and
then the decoder reads the unprompted text under a prompt, token by token, and
wherever a word begins tells the probability that a filled pause comes first.

How sure to be of each is a logistic of three things: that probability, whether
a prompted text has it too, and how sure the recogniser is of the words around,
since it hears fillers everywhere in speech it does not understand.
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
"""What the decoder believes was said before the quick text, and before it reads (chosen on the development recordings)."""
TELLING = "So, um, I, uh, I was, um, in the, uh, team, and, uh, we, um, had to, uh, do it."
"""What it believes before the wide search (chosen likewise: the list above added nothing to it)."""
WORTH_ASKING = 0.01
"""Probability from which a filled pause is written, for the sound to decide (tuned likewise)."""
WORTH_ASKING_AGAIN = 0.2
"""The same behind another one, where a prompt of fillers makes "um, um" likely by itself (tuned likewise)."""
ALIKE = 0.85
"""Share of the words that the quick text must have too, or it pays to listen closely (0.75 to 0.94 did as well)."""
_SOUNDS = ("um", "uh", "er", "erm", "ah", "hmm", "mm", "Um", "Uh", "Er", "Erm", "Ah", "Hmm", "Mm")

_BIAS, _READ, _TAKEN_OVER, _SURE = -0.82, 0.79, 2.60, 0.91
"""Logistic weights, fitted to 111 proposals of the development recordings, 51 of them true."""

Reader = Callable[[Sequence[Sequence[int]]], Sequence["npt.NDArray[np.float32]"]]
"""Reads token sequences; gives each the log probabilities of the filled pauses after the first 0, 1, 2, ... tokens."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of the text.

    Attributes:
        text: As written, with its punctuation.
        tokens: Of the recogniser.
        chance: Read probability of a filled pause; None for any other word.
        taken_over: Whether a prompted text has it too.

    """

    text: str
    tokens: tuple[int, ...]
    chance: float | None = None
    taken_over: bool = False


def confidence(chance: float, sureness: float, *, taken_over: bool) -> float:
    """Probability that a filled pause was said.

    Args:
        chance: The decoder's under the prompt, where it stands.
        sureness: Mean probability of the words of the whole recording.
        taken_over: Whether a prompted text has it too.

    """
    return 1 / (1 + exp(-(_BIAS + _READ * _logit(chance) + _TAKEN_OVER * taken_over + _SURE * _logit(sureness))))


def _logit(probability: float) -> float:
    kept = min(max(probability, 0.001), 0.999)
    return log(kept / (1 - kept))


class Verbatim:
    """Knows a tokenizer's filled pauses and writes them in.

    Attributes:
        tokens: The filled pauses that are one token, in the order of the reader's columns.

    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        encoded = [tokenizer.encode(" " + sound) for sound in _SOUNDS]
        self.tokens = np.array(sorted(tokens[0] for tokens in encoded if len(tokens) == 1))
        self._comma = tuple(tokenizer.encode(","))

    def follow(self, text: Sequence[int], quick: Sequence[int], logs: npt.NDArray[np.float32]) -> list[Piece] | None:
        """Carry the filled pauses of a quick prompted text over into the unprompted one.

        Args:
            text: Its tokens.
            quick: Those of the prompted text.
            logs: Shape (len(quick) + 1, len(tokens)): what the prompted search gave the filled pauses at each step.

        Returns:
            The words, filled pauses marked with their chance; None where the two texts differ too much.

        """
        pieces = self.pieces(text)
        told = list(self._written(_prompted(self.pieces(quick)), logs))
        if _alike(pieces, told) < ALIKE:
            return None
        return _own(taken_over(pieces, told))

    def restore(
        self, texts: Sequence[Sequence[int]], prompted: Sequence[Sequence[int]], read: Reader
    ) -> list[list[Piece]]:
        """Write the filled pauses into each text.

        Args:
            texts: The tokens of each window's unprompted text.
            prompted: The tokens of each window's text under the prompt; empty ones bring nothing.
            read: The decoder under the filler prompt, for all windows at once.

        Returns:
            The words of each window, filled pauses marked with their chance.

        """
        told = [
            taken_over(self.pieces(text), _prompted(self.pieces(other)))
            for text, other in zip(texts, prompted, strict=True)
        ]
        flat = [[token for piece in pieces for token in piece.tokens] for pieces in told]
        return [list(self._written(pieces, logs)) for pieces, logs in zip(told, read(flat), strict=True)]

    def pieces(self, tokens: Sequence[int]) -> list[Piece]:
        """Join tokens to words, punctuation with the word before it."""
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
        """Give the filled pauses their chance, and write those that are still missing."""
        chance = np.exp(logs).sum(axis=1)
        place = 0
        before: Piece | None = None
        behind_one = False
        for piece, filled in zip(pieces, _filled(pieces), strict=True):
            likely = float(max(chance[place], chance[place - 1] if before and _punctuated(before) else 0.0))
            if filled:
                yield replace(piece, chance=likely)
            else:
                if likely >= _needed(before if behind_one else None):
                    yield self._new(logs[place], likely, before)
                yield piece
            before, behind_one = piece, filled
            place += len(piece.tokens)
        if chance[place] >= _needed(before if behind_one else None):
            yield self._new(logs[place], float(chance[place]), before)

    def _new(self, logs: npt.NDArray[np.float32], likely: float, before: Piece | None) -> Piece:
        """Write the filled pause that the decoder finds most likely here; behind a number, none that reads as a unit."""
        for token in map(int, self.tokens[np.argsort(-logs, kind="stable")]):
            text = self._tokenizer.decode([token]) + ","
            if before is None or filled_pauses([before.text, text])[-1]:
                break
        return Piece(text, (token, *self._comma), likely)


def _needed(before: Piece | None) -> float:
    """Chance from which another filled pause is written behind this one; None where a word stands before.

    The prompted text tells how many follow each other; nothing is added to them.
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
    """Trust the filled pauses of the unprompted text: no prompt made them up."""
    return [
        replace(piece, chance=0.5, taken_over=True) if filled and piece.chance is None else piece
        for piece, filled in zip(pieces, _filled(pieces), strict=True)
    ]


def _alike(pieces: Sequence[Piece], told: Sequence[Piece]) -> float:
    """Share of the words that another text has too, in the same order; 1 where there are none."""
    words, others = _content(pieces), _content(told)
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words) if words else 1.0


def _content(pieces: Sequence[Piece]) -> list[str]:
    return [plain(piece.text) for piece, filled in zip(pieces, _filled(pieces), strict=True) if not filled]


def taken_over(pieces: Sequence[Piece], prompted: Sequence[Piece]) -> list[Piece]:
    """Take the filled pauses of a prompted text over into the unprompted one, between the same words.

    Where both have some in one place, the longer row is taken.
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
    """Filled pauses before the first word, between words and behind the last."""
    gaps: list[list[Piece]] = [[]]
    for piece, filled in zip(pieces, _filled(pieces), strict=True):
        if filled:
            gaps[-1].append(piece)
        else:
            gaps.append([])
    return gaps


def _moved(content: Sequence[Piece], told: Sequence[Piece]) -> dict[int, list[Piece]]:
    """Find for each row of filled pauses in a text the gap between the words of another."""
    words = _content(told)
    matcher = SequenceMatcher(None, _content(content), words, autojunk=False)
    places = {len(words): len(content), 0: 0}
    for first, second, size in matcher.get_matching_blocks():
        places |= {second + step: first + step for step in range(size)}
        if size:
            places.setdefault(second + size, first + size)
    return {places[gap]: row for gap, row in enumerate(_gaps(told)) if row and gap in places}
