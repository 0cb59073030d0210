"""Compare what was found with what is true: events, words, and intervals over recordings.

Conventions
-----------
Two events are the same one where their middles are at most a collar apart,
each matched once, the nearest first found. Where only the number of events is
known, they are counted within each sentence (0.3 s around it), or within the
recording; there a miss and a false alarm cancel out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.model import Span

COLLAR, NARROW = 0.5, 0.2
"""Seconds between the middles of two events that are one."""
_AROUND = 0.3
"""Seconds around a sentence in which its events may lie."""
_ROUNDS = 2000
_SEED = 0


@dataclass(frozen=True, slots=True)
class Score:
    """Events found that are true, found that are not, and true ones not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def __str__(self) -> str:
        return f"{self.right} / {self.wrong} / {self.missed}"

    @property
    def precision(self) -> float | None:
        """Share of those found that are true; None where nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the true ones that were found; None where there are none."""
        true = self.right + self.missed
        return self.right / true if true else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where nothing is true and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


def total(scores: Sequence[Score]) -> Score:
    """Add up."""
    return sum(scores, Score())


def match_times(true: Sequence[Span], found: Sequence[Span], collar: float) -> Score:
    """Match events one to one by their middles."""
    free = sorted(_middle(span) for span in found)
    right = 0
    for middle in sorted(_middle(span) for span in true):
        near = [other for other in free if abs(other - middle) <= collar]
        if near:
            free.remove(min(near, key=lambda other: abs(other - middle)))
            right += 1
    return Score(right, len(free), len(true) - right)


def match_counts(true: int, found: int) -> Score:
    """Compare numbers alone."""
    return Score(min(true, found), max(0, found - true), max(0, true - found))


def match_sentences(sentences: Sequence[tuple[Span, int]], found: Sequence[Span]) -> Score:
    """Give each event found to the nearest sentence that still lacks one."""
    open_slots = [count for _, count in sentences]
    right = 0
    for span in sorted(found, key=lambda span: span.start):
        away = [_away(sentence, _middle(span)) for sentence, _ in sentences]
        near = [i for i, slots in enumerate(open_slots) if slots and away[i] <= _AROUND]
        if near:
            open_slots[min(near, key=away.__getitem__)] -= 1
            right += 1
    return Score(right, len(found) - right, sum(open_slots))


def match_overlap(true: Sequence[Span], found: Sequence[Span], doubtful: Sequence[Span] = ()) -> Score:
    """Match spans that share at least half of the time that either of them covers.

    One found that matches no true span but meets a doubtful one counts neither way.
    """
    free = list(found)
    right = 0
    for span in true:
        match = next((other for other in free if _shared(span, other) >= 1 / 2), None)
        if match:
            free.remove(match)
            right += 1
    wrong = [span for span in free if not any(_shared(span, other) for other in doubtful)]
    return Score(right, len(wrong), len(true) - right)


def word_errors(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest words to replace, leave out and put in (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(reference, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def interval(scores: Sequence[Score], figure: Callable[[Score], float | None]) -> tuple[float, float] | None:
    """95 % bootstrap interval of a figure: recordings are drawn with replacement, always in the same order."""
    draw = random.Random(_SEED)
    found = [figure(total(draw.choices(scores, k=len(scores)))) for _ in range(_ROUNDS)]
    values = sorted(value for value in found if value is not None)
    return (values[int(0.025 * len(values))], values[int(0.975 * len(values))]) if values else None


def _middle(span: Span) -> float:
    return (span.start + span.end) / 2


def _away(span: Span, moment: float) -> float:
    return max(span.start - moment, moment - span.end, 0.0)


def _shared(one: Span, other: Span) -> float:
    """Time that both cover over time that either covers."""
    both = min(one.end, other.end) - max(one.start, other.start)
    either = max(one.end, other.end) - min(one.start, other.start)
    return max(0.0, both / either) if either else 0.0
