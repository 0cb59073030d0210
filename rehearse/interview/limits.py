"""How long one may think and speak."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearse.model import Question

SPARE_SECONDS = 30
"""An answer may run this much over its target before it is cut off (house default)."""
ONE_WAY_THINK = 30
"""Seconds; what recorded interviews often give (house default)."""
ONE_WAY_ANSWER = 120
"""Seconds; likewise."""
CASE_THINK = 120
"""Seconds with notes before a case is answered (house default)."""
CASE_ANSWER = 180
"""Seconds; a case takes structure, numbers and a recommendation (house default)."""
PROBE_THINK = 10
"""Seconds at most before a follow-up question is answered: it comes in the flow of talk (house default)."""
PROBE_SECONDS = (20, 60)
"""Length that its answer should have (house default)."""
LONGEST_THINK = 300
LONGEST_ANSWER = 600
"""Seconds beyond which no limit can be set (house default)."""
_WHOLE = re.compile(r"[0-9]{1,9}")
"""More digits are far above any bound."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to think and to answer.

    Attributes:
        thinking: The same for every question; None where each question says it.
        answering: The same for every question; None where each question's target says it.

    """

    thinking: int | None = None
    answering: int | None = None

    def think(self, question: Question) -> int:
        """Seconds to think about a question."""
        return question.think_seconds if self.thinking is None else self.thinking

    def answer(self, question: Question) -> int:
        """Seconds an answer may take before it is cut off."""
        return question.seconds[1] + SPARE_SECONDS if self.answering is None else self.answering

    def otherwise(self, thinking: int, answering: int) -> Limits:
        """Fill in what is not the same for every question."""
        return Limits(
            thinking if self.thinking is None else self.thinking,
            answering if self.answering is None else self.answering,
        )


FULL = Limits()
SHORT = Limits(5, 30)
"""For trying a mode out (house default)."""


def limits_from(thinking: str, answering: str) -> Limits:
    """Read limits from text, such as an address: whole seconds, kept within bounds; anything else is passed over.

    >>> limits_from("2", "100000")
    Limits(thinking=2, answering=600)
    >>> limits_from("", "soon")
    Limits(thinking=None, answering=None)
    """
    return Limits(_within(thinking, 0, LONGEST_THINK), _within(answering, 1, LONGEST_ANSWER))


def _within(text: str, low: int, high: int) -> int | None:
    return min(max(int(text), low), high) if _WHOLE.fullmatch(text) else None
