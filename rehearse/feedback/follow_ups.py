"""Follow-up questions about what an answer leaves open.

Questions about any other moment were tried; raters would have asked one in ten of them, so there are none.
"""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.coaching.advice import NOTHING
from rehearse.feedback.coach import AT_THE_END, judged, probable_changes, worded
from rehearse.feedback.follow_up_statements import GAP_QUESTIONS
from rehearse.model import Attempt, Span

_MOST_DOUBT = 0.6
"""Probability of nothing to change up to which something is asked (house default)."""
_NOT_ASKED = frozenset({"own_question"})
"""Kinds in which it was the candidate's turn to ask."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question.

    Attributes:
        question: Its text.
        span: The part of the answer that it is about.
        gap: Code of the gap that it asks about.

    """

    question: str
    span: Span
    gap: str

    @property
    def is_about_the_end(self) -> bool:
        """Whether it asks for something that an answer that was cut off may have been about to say."""
        return self.gap in AT_THE_END


def follow_ups(attempt: Attempt) -> tuple[FollowUp, ...]:
    """Ask about the gap that matters most; empty if there is none, or the answer was not judged."""
    judgement = judged(attempt)
    if judgement is None or attempt.kind in _NOT_ASKED or judgement.change[NOTHING] > _MOST_DOUBT:
        return ()
    asked = (code for code in probable_changes(judgement)[:1] if code in GAP_QUESTIONS)
    found = ((code, worded(GAP_QUESTIONS[code], attempt, judgement)) for code in asked)
    return tuple(FollowUp(made[0], made[1][0], code) for code, made in found if made is not None)
