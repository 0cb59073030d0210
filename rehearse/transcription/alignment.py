"""Words of a decoded text, and their times in the recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rehearse.language.words import plain
from rehearse.model import Span, Word
from rehearse.transcription.chunking import SAMPLE_RATE, Window

_FRAME = 0.02
"""Seconds per step of Whisper's attention, the resolution of its times."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a text, with its punctuation and the recogniser's tokens for it."""

    text: str
    tokens: tuple[int, ...]


def pieces(tokenizer: Any, tokens: Sequence[int]) -> list[Piece]:
    """Join tokens into words, punctuation with the word before it."""
    words, parts = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    found: list[Piece] = []
    for word, part in zip(words[:-1], parts[:-1], strict=True):
        if found and not (word.startswith(" ") and plain(word)):
            last = found[-1]
            found[-1] = Piece(last.text + word, (*last.tokens, *part))
        else:
            found.append(Piece(word, tuple(part)))
    return found


def timed(window: Window, texts: Sequence[Piece], aligned: Sequence[dict[str, Any]]) -> Iterator[Word]:
    """Yield the words with their times in seconds of the whole recording; punctuation alone is not a word.

    Attention may stay on one frame for several words, which then have no length; each word gets at least one frame.
    """
    times = iter(aligned)
    found: list[tuple[Piece, Span, float]] = []
    for piece in texts:
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
        yield Word(piece.text.strip(), start, end, probability)


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
