"""Time limits for thinking and answering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearse.model import Question

SPARE_SECONDS = 30
"""Seconds by which an answer may exceed its target before it is cut off (house default)."""
ONE_WAY_THINK = 30
"""Seconds; typical of recorded interviews (house default)."""
ONE_WAY_ANSWER = 120
"""Seconds; typical of recorded interviews (house default)."""
CASE_THINK = 120
"""Seconds to think with notes before a case is answered (house default)."""
CASE_ANSWER = 180
"""Seconds; a case needs structure, numbers and a recommendation (house default)."""
PROBE_THINK = 10
"""Maximum seconds before a follow-up question is answered: it comes mid-conversation (house default)."""
PROBE_SECONDS = (20, 60)
"""Target length in seconds of the answer to a follow-up question (house default)."""
LONGEST_THINK = 300
LONGEST_ANSWER = 600
"""Maximum seconds to which a limit can be set (house default)."""
_WHOLE = re.compile(r"[0-9]{1,9}")
"""More digits would be far above either maximum."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to think and to answer.

    Attributes:
        thinking: One limit for every question; None to use each question's own.
        answering: One limit for every question; None to derive it from each question's target.

    """

    thinking: int | None = None
    answering: int | None = None

    def think(self, question: Question) -> int:
        """Return the seconds to think about a question."""
        return question.think_seconds if self.thinking is None else self.thinking

    def answer(self, question: Question) -> int:
        """Return the seconds after which an answer is cut off."""
        return question.seconds[1] + SPARE_SECONDS if self.answering is None else self.answering

    def otherwise(self, thinking: int, answering: int) -> Limits:
        """Return these limits, with each None replaced by the given value."""
        return Limits(
            thinking if self.thinking is None else self.thinking,
            answering if self.answering is None else self.answering,
        )


FULL = Limits()
SHORT = Limits(5, 30)
"""For trying out a mode (house default)."""


def limits_from(thinking: str, answering: str) -> Limits:
    """Parse limits in whole seconds, such as from a URL, clamped to their bounds; anything else becomes None.

    >>> limits_from("2", "100000")
    Limits(thinking=2, answering=600)
    >>> limits_from("", "soon")
    Limits(thinking=None, answering=None)
    """
    return Limits(_within(thinking, 0, LONGEST_THINK), _within(answering, 1, LONGEST_ANSWER))


def _within(text: str, low: int, high: int) -> int | None:
    return min(max(int(text), low), high) if _WHOLE.fullmatch(text) else None
