"""The whole thought around each unit of an answer, for quoting.

Grammar proposes where it begins and ends. Where a reader would probably find it cut there, the places nearby are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from rehearse.coaching.evidence import Evidence
from rehearse.coaching.quotable_units import FEWEST_WORDS, spoken_size, trimmed, words_of_thought
from rehearse.coaching.wholeness import Ends
from rehearse.language.clauses import LONGEST_QUOTE
from rehearse.language.words import ends_sentence

Words = tuple[int, int]
"""Indices of a first and a last word."""

SURELY_WHOLE = 0.8
"""Probability from which what grammar proposes is taken (of such, 95 % are, of authors left out)."""
LEAST_WHOLE = 0.7
"""Probability below which nothing is quoted (of such, 36 % are whole)."""
_STEPS = (-2, -1, 1, 2)
"""Words by which an end is moved (house default)."""
_UNITS = 2
"""Units on either side at which a quote may begin or end instead (house default)."""


def find_thoughts(evidence: Evidence) -> tuple[Words | None, ...]:
    """Return the first and last word of the thought around each unit; None where there is none to quote."""
    ends = Ends(evidence.transcript)
    sure = cache(ends.whole)
    proposed = [words_of_thought(evidence.transcript, evidence.units, index) for index in range(len(evidence.units))]
    return tuple(
        words if words is None or sure(words) >= SURELY_WHOLE else _surest(evidence, index, words, sure)
        for index, words in enumerate(proposed)
    )


def _surest(evidence: Evidence, index: int, proposed: Words, sure: Callable[[Words], float]) -> Words | None:
    possible = [proposed, *_others(evidence, index, proposed)]
    best = max(possible, key=sure)
    return best if sure(best) >= LEAST_WHOLE else None


def _others(evidence: Evidence, index: int, proposed: Words) -> Iterator[Words]:
    """Yield where the thought may begin and end instead: a few words away, or where a unit nearby does."""
    transcript, units = evidence.transcript, evidence.units
    middle = (units[index].first + units[index].last) // 2
    near = units[max(0, index - _UNITS) : index + _UNITS + 1]
    firsts = {proposed[0], *(unit.first for unit in near), *(proposed[0] + step for step in _STEPS)}
    lasts = {proposed[1], *(unit.last for unit in near), *(proposed[1] + step for step in _STEPS)}
    seen = {proposed}
    for first in sorted(firsts):
        for last in sorted(lasts):
            if not 0 <= first <= middle <= last < len(transcript.words):
                continue
            words = trimmed(transcript, first, last)
            if words not in seen and _quotable(evidence, words):
                seen.add(words)
                yield words


def _quotable(evidence: Evidence, words: Words) -> bool:
    """Whether some words are neither too short nor too long to quote, and hold no end of a sentence within.

    A first word with a comma behind it belongs to what came before: "internalise it, use it".
    """
    transcript, (first, last) = evidence.transcript, words
    if transcript.words[first].text.endswith(","):
        return False
    if last - first > LONGEST_QUOTE or spoken_size(transcript, first, last) < FEWEST_WORDS:
        return False
    return not any(ends_sentence(word.text) for word in transcript.words[first:last])
