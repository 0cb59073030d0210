"""Word times in the recording, and the probability of each filled pause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rehearse.language.words import plain
from rehearse.model import Span, Word
from rehearse.transcription.chunking import SAMPLE_RATE, Window
from rehearse.transcription.filled_pause_recovery import Piece, confidence

_FRAME = 0.02
"""Seconds per step of Whisper's attention, the resolution of its times."""


@dataclass(frozen=True, slots=True)
class AlignedToken:
    """A word with its times, and the piece of text it came from."""

    word: Word
    piece: Piece

    @property
    def middle(self) -> float:
        """Seconds from the start of the recording."""
        return (self.word.start + self.word.end) / 2


def timed(window: Window, pieces: Sequence[Piece], aligned: Sequence[dict[str, Any]]) -> Iterator[AlignedToken]:
    """Yield the pieces with their times in seconds of the whole recording; punctuation alone is not a word.

    Attention may stay on one frame for several words, which then have no length; each word gets at least one frame.
    """
    times = iter(aligned)
    found: list[tuple[Piece, Span, float]] = []
    for piece in pieces:
        parts: list[dict[str, Any]] = []
        while sum(len(part["tokens"]) for part in parts) < len(piece.tokens):
            parts.append(next(times))
        worded = [part for part in parts if plain(part["word"])]
        if worded:
            # In a window shorter than a few frames attention may point before its start.
            start = max(0.0, float(parts[0]["start"]))
            end = float(max(part["end"] for part in worded))
            probability = round(float(np.mean([part["probability"] for part in parts])), 4)
            found.append((piece, Span(start, max(start, end)), probability))
    length = (window.end - window.start) / SAMPLE_RATE
    for (piece, _, probability), span in zip(found, _lasting([span for _, span, _ in found], length), strict=True):
        start, end = round(window.offset + span.start, 3), round(window.offset + span.end, 3)
        yield AlignedToken(Word(piece.text.strip(), start, end, probability), piece)


def _lasting(spans: Sequence[Span], length: float) -> list[Span]:
    """Extend each span to at least one frame, moving later spans or, at the end of the window, earlier ones."""
    least = min(_FRAME, length / max(1, len(spans)))
    edge = 0.0
    ahead: list[tuple[float, float]] = []
    for span in spans:
        start = max(span.start, edge)
        edge = max(span.end, start + least)
        ahead.append((start, edge))
    edge = length
    lasting: list[Span] = []
    for start, end in reversed(ahead):
        last = min(end, edge)
        edge = max(0.0, min(start, last - least))
        lasting.append(Span(edge, last))
    return lasting[::-1]


def judged(tokens: Sequence[AlignedToken]) -> tuple[Word, ...]:
    """Return the words, each filled pause with the probability that it was spoken."""
    sure = [
        token.word.probability for token in tokens if token.piece.chance is None and token.word.probability is not None
    ]
    sureness = float(np.mean(sure)) if sure else 0.5
    return tuple(
        token.word
        if token.piece.chance is None
        else replace(
            token.word,
            probability=round(confidence(token.piece.chance, sureness, taken_over=token.piece.taken_over), 4),
        )
        for token in tokens
    )
