"""The lines of an answer: words that could be quoted to the speaker as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.coaching.evidence import Evidence
from rehearse.coaching.quotable_units import spoken_size
from rehearse.model import Span

FEWEST_WORDS = 5
"""Words of the shortest line that is worth keeping (house default)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A whole thought.

    Attributes:
        first: Index of its first word in the transcript.
        last: Index of its last word.
        unit: Index of the unit around which it was found.
        span: Its words.

    """

    first: int
    last: int
    unit: int
    span: Span

    def holds(self, other: Line) -> bool:
        """Whether it has all words of another line, and more."""
        return self != other and self.first <= other.first and self.last >= other.last


def find_lines(evidence: Evidence, thoughts: Sequence[tuple[int, int] | None]) -> tuple[Line, ...]:
    """Find the different lines of an answer, in the order of their units.

    Args:
        evidence: The answer.
        thoughts: As ``thoughts.find_thoughts`` gives them.

    """
    found: dict[tuple[int, int], Line] = {}
    for index, ends in enumerate(thoughts):
        if ends is None or ends in found or spoken_size(evidence.transcript, *ends) < FEWEST_WORDS:
            continue
        found[ends] = Line(*ends, index, evidence.transcript.span(*ends))
    return tuple(found.values())
