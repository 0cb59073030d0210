"""Put back the filled pauses that Whisper leaves out of its text.

Method
------
Whisper was trained on tidied transcripts and rarely writes "um", yet it hears
it: under a prompt of fillers the decoder gives "um" a raised probability just
where one was said. So the unprompted text, whose content is better than a
prompted one's, is read again by the decoder token by token under such a
prompt. Wherever a word begins, the probability that a filled pause comes
first is read off, and where it is high enough one is written there. A second
reading finds the ones that follow a filled pause, and gives every one its
probability in its place. Which of them the sound supports is decided later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.words import is_filled_pause, plain

if TYPE_CHECKING:
    import numpy.typing as npt

PROMPT = "Um, uh, er, hmm, ah."
"""What the decoder believes was said before (chosen on the development recordings)."""
_SOUNDS = ("um", "uh", "er", "erm", "ah", "hmm", "mm", "Um", "Uh", "Er", "Erm", "Ah", "Hmm", "Mm")
WORTH_ASKING = 0.01
"""Probability from which a filled pause is written, for the sound to decide (tuned on the development recordings)."""
WORTH_ASKING_AGAIN = 0.2
"""The same right behind another one, where a prompt of fillers makes "um, um" likely by itself (tuned likewise)."""
READINGS = 2

Reader = Callable[[Sequence[Sequence[int]]], Sequence["npt.NDArray[np.float32]"]]
"""Reads token sequences; gives each the log probabilities of the token after the first 0, 1, 2, ... tokens."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of the text: its tokens, and its probability where it is a filled pause."""

    text: str
    tokens: tuple[int, ...]
    filled_pause: float | None = None


class Verbatim:
    """Knows a tokenizer's filled pauses and writes them in."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        encoded = {sound: tokenizer.encode(" " + sound) for sound in _SOUNDS}
        self._tokens = np.array(sorted(tokens[0] for tokens in encoded.values() if len(tokens) == 1))
        self._comma = tuple(tokenizer.encode(","))

    def restore(self, texts: Sequence[Sequence[int]], read: Reader) -> list[list[Piece]]:
        """Write the filled pauses into each text.

        Args:
            texts: The tokens of each window's unprompted text.
            read: The decoder under the filler prompt, for all windows at once.

        Returns:
            The words of each window, filled pauses marked with their probability.

        """
        told = [self._pieces(tokens) for tokens in texts]
        for _ in range(READINGS):
            flat = [[token for piece in pieces for token in piece.tokens] for pieces in told]
            told = [self._written(pieces, logs) for pieces, logs in zip(told, read(flat), strict=True)]
        return told

    def _pieces(self, tokens: Sequence[int]) -> list[Piece]:
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

    def _written(self, pieces: Sequence[Piece], logs: npt.NDArray[np.float32]) -> list[Piece]:
        chance = np.exp(logs[:, self._tokens]).sum(axis=1)
        out: list[Piece] = []
        place = 0
        for piece in [*pieces, None]:
            behind = out[-1] if out else None
            likely = float(max(chance[place], chance[place - 1] if behind and _punctuated(behind) else 0.0))
            if piece and is_filled_pause(piece.text):
                out.append(Piece(piece.text, piece.tokens, max(likely, piece.filled_pause or 0.0)))
            else:
                again = behind is not None and behind.filled_pause is not None
                if likely >= (WORTH_ASKING_AGAIN if again else WORTH_ASKING):
                    out.append(self._new(logs[place], likely))
                if piece:
                    out.append(piece)
            place += len(piece.tokens) if piece else 0
        return out

    def _new(self, logs: npt.NDArray[np.float32], likely: float) -> Piece:
        """Write the filled pause that the decoder finds most likely here."""
        token = int(self._tokens[np.argmax(logs[self._tokens])])
        return Piece(self._tokenizer.decode([token]) + ",", (token, *self._comma), likely)


def _punctuated(piece: Piece) -> bool:
    return len(piece.tokens) > 1 and not piece.text[-1].isalnum()
