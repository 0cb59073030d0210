"""Silent pauses in the sound, and word times aligned with it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from rehearse.events.activity import Activity, meeting
from rehearse.language.words import content_words, ends_sentence
from rehearse.model import Pause, Span, Word

_I = re.compile(r"I\b")
"""A capital in any position."""
SHORTEST = 0.25
"""Seconds; Goldman-Eisler's 250 ms, after De Jong and Bosker 2013. Shorter gaps belong to articulation."""


def find_pauses(activity: Activity, words: Sequence[Word]) -> tuple[Pause, ...]:
    """Find each silence of at least 0.25 s between two spoken sounds.

    Args:
        activity: Where there is speech.
        words: In order; used only to see whether a sentence ended.

    Returns:
        The pauses in order; ``inside_sentence`` is None where the words have no sentence ends.

    """
    punctuated = any(ends_sentence(word.text) for word in words)
    stretches = activity.stretches
    gaps = [Span(a.end, b.start) for a, b in itertools.pairwise(stretches)]
    content = content_words(words)
    return tuple(
        Pause(gap, _inside_sentence(gap, content) if punctuated else None)
        for gap in gaps
        if gap.duration >= SHORTEST - 1e-9
    )


def _inside_sentence(gap: Span, content: Sequence[Word]) -> bool | None:
    """Whether the word before the gap leaves its sentence open; None without a word, or if a mark may be missing."""
    before = bisect_left(content, gap.start, key=lambda word: (word.start + word.end) / 2)
    if not before:
        return None
    if ends_sentence(content[before - 1].text):
        return False
    return None if before < len(content) and _may_begin(content[before].text) else True


def _may_begin(text: str) -> bool:
    """Whether a word is capitalised like the start of a sentence or a name."""
    return text[:1].isupper() and not _I.match(text)


def snapped(words: Sequence[Word], stretches: Sequence[Span]) -> tuple[Word, ...]:
    """Move word edges that lie in silence to the spoken sound inside the word.

    A word that overlaps no spoken sound, or less than the time resolution, keeps its times.
    """
    return tuple(_snap(word, stretches) for word in words)


def _snap(word: Word, stretches: Sequence[Span]) -> Word:
    overlapping = meeting(stretches, word.start, word.end)
    if not overlapping:
        return word
    start, end = round(max(word.start, overlapping[0].start), 3), round(min(word.end, overlapping[-1].end), 3)
    return replace(word, start=start, end=end) if start < end else word
