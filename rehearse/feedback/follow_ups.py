"""Follow-up questions that an interviewer who listened would ask."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.coaching import Judgement
from rehearse.feedback.coach import AT_THE_END, judged
from rehearse.feedback.follow_up_statements import QUESTIONS
from rehearse.feedback.options import Option, options
from rehearse.model import Attempt, Span

LEAST_ASKED = 0.6
"""Probability that a rater would ask a question, from which it is (chosen on training authors that were left out)."""
MOST = 2
"""Questions at most about one answer."""
_LEAST_BELIEVED = 0.06
"""Probability of a gap from which it may be asked about (as the raters were shown it)."""
_NOT_ASKED = frozenset({"own_question"})
"""Kinds in which it was the candidate's turn to ask."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question.

    Attributes:
        question: Its text.
        span: The part of the answer that it is about.
        gap: Code of the gap or the moment that it asks about.

    """

    question: str
    span: Span
    gap: str

    @property
    def is_about_the_end(self) -> bool:
        """Whether it asks for something that an answer that was cut off may have been about to say."""
        return self.gap in AT_THE_END


def follow_ups(attempt: Attempt, *, quoting: bool = False) -> tuple[FollowUp, ...]:
    """Ask about what is most worth asking, the best first; empty if nothing is, or the answer was not judged.

    Args:
        attempt: The answer.
        quoting: Whether only questions in its own words are wanted.

    """
    judgement = judged(attempt)
    if judgement is None or attempt.kind in _NOT_ASKED:
        return ()
    asked = [option for option in possible_questions(attempt, judgement) if option.quote is not None or not quoting]
    worths = judgement.worth_of([option.key for option in asked], as_questions=True)
    found: list[FollowUp] = []
    for option, worth in sorted(zip(asked, worths, strict=True), key=lambda pair: -pair[1].useful):
        if worth.useful < LEAST_ASKED or len(found) == MOST:
            break
        if all(option.spans[0] != other.span and option.statement.code != other.gap for other in found):
            found.append(FollowUp(option.text, option.spans[0], option.statement.code))
    return tuple(found)


def possible_questions(attempt: Attempt, judgement: Judgement) -> list[Option]:
    """Return the questions that could be asked: about probable gaps, and about moments of the answer."""
    kind, change = judgement.evidence.kind, judgement.change
    codes = [code for code in QUESTIONS if code not in change or change[code] >= _LEAST_BELIEVED]
    return [
        option
        for code in codes
        if QUESTIONS[code].suits(kind, judgement.evidence.prompt)
        for option in options(QUESTIONS[code], attempt, judgement)
    ]
