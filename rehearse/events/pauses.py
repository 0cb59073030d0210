"""Silent pauses, from the sound, and word times that agree with it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from rehearse.datatypes import Pause, Span, Word
from rehearse.events.activity import Activity
from rehearse.words import ends_sentence, is_filled_pause

SHORTEST = 0.25
"""Seconds; Goldman-Eisler's 250 ms, after De Jong and Bosker 2013. Shorter gaps belong to articulation."""


def find_pauses(activity: Activity, words: Sequence[Word]) -> tuple[Pause, ...]:
    """Find each silence of at least 0.25 s between two spoken sounds.

    Args:
        activity: Where there is speech.
        words: As said, in order; they tell only whether a sentence ended.

    Returns:
        The pauses in order; ``inside_sentence`` is None where the words carry no sentence ends.

    """
    punctuated = any(ends_sentence(word.text) for word in words)
    stretches = activity.stretches
    gaps = [Span(a.end, b.start) for a, b in itertools.pairwise(stretches)]
    return tuple(
        Pause(gap, _inside_sentence(gap, words) if punctuated else None)
        for gap in gaps
        if gap.duration >= SHORTEST - 1e-9
    )


def _inside_sentence(gap: Span, words: Sequence[Word]) -> bool | None:
    before = [word for word in words if (word.start + word.end) / 2 < gap.start and not is_filled_pause(word.text)]
    return not ends_sentence(before[-1].text) if before else None


def snapped(words: Sequence[Word], stretches: Sequence[Span]) -> tuple[Word, ...]:
    """Move word edges that lie in silence to the spoken sound inside the word.

    A word that meets no spoken sound keeps its times.
    """
    return tuple(_snap(word, stretches) for word in words)


def _snap(word: Word, stretches: Sequence[Span]) -> Word:
    met = [s for s in stretches if s.start < word.end and s.end > word.start]
    if not met:
        return word
    return replace(word, start=round(max(word.start, met[0].start), 3), end=round(min(word.end, met[-1].end), 3))
