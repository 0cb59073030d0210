"""Follow-up questions about what an answer leaves open.

Questions about any other moment were tried; raters would have asked one in ten of them, so there are none.
"""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.coaching.advice import NOTHING
from rehearse.feedback.coach import AT_THE_END, MOST_DOUBT_ABOUT_A_CHANGE, judged, probable_change, worded
from rehearse.feedback.follow_up_statements import GAP_QUESTIONS
from rehearse.feedback.quoting import cleaned
from rehearse.model import Attempt, Span

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

    @property
    def is_quoting(self) -> bool:
        """Whether it contains words of the answer."""
        return f"“{cleaned(self.span.text)}”" in self.question


def follow_ups(attempt: Attempt) -> tuple[FollowUp, ...]:
    """Ask about the gap that matters most; empty if there is none, or the answer was not judged."""
    judgement = judged(attempt)
    if judgement is None or attempt.kind in _NOT_ASKED or judgement.change[NOTHING] > MOST_DOUBT_ABOUT_A_CHANGE:
        return ()
    code = probable_change(judgement)
    if code is None or code not in GAP_QUESTIONS:
        return ()
    made = worded(GAP_QUESTIONS[code], attempt, judgement)
    return (FollowUp(made[0], made[1][0], code),) if made is not None else ()
