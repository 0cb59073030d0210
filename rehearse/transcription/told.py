"""The words of the windows at their times in the recording, and how sure their filled pauses are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rehearse.datatypes import Word
from rehearse.transcription.verbatim import Piece, confidence
from rehearse.transcription.windows import Window
from rehearse.words import plain


@dataclass(frozen=True, slots=True)
class Told:
    """A word with its times, and what it came from."""

    word: Word
    piece: Piece


def timed(window: Window, pieces: Sequence[Piece], aligned: Sequence[dict[str, Any]]) -> Iterator[Told]:
    """Give the pieces the times of their tokens, in seconds of the whole recording; dots alone are no word."""
    times = iter(aligned)
    for piece in pieces:
        parts: list[dict[str, Any]] = []
        while sum(len(part["tokens"]) for part in parts) < len(piece.tokens):
            parts.append(next(times))
        said = [part for part in parts if plain(part["word"])]
        if not said:
            continue
        start = round(window.offset + float(parts[0]["start"]), 3)
        end = round(window.offset + float(max(part["end"] for part in said)), 3)
        probability = round(float(np.mean([part["probability"] for part in parts])), 4)
        yield Told(Word(piece.text.strip(), start, max(start, end), probability), piece)


def judged(told: Sequence[Told]) -> tuple[Word, ...]:
    """Give every filled pause the probability that it was said."""
    sure = [one.word.probability for one in told if one.piece.chance is None and one.word.probability is not None]
    sureness = float(np.mean(sure)) if sure else 0.5
    return tuple(
        one.word
        if one.piece.chance is None
        else replace(
            one.word, probability=round(confidence(one.piece.chance, sureness, taken_over=one.piece.taken_over), 4)
        )
        for one in told
    )
