"""The debrief in words, for the page and the report alike."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.interview.debrief import Line, Milestone
from rehearse.interview.panel import Concern
from rehearse.interview.rounds import Round
from rehearse.language.words import quotation
from rehearse.metrics.value_text import NOT_JUDGED, clock
from rehearse.model import Span


def quote(span: Span, *, is_timed: bool = True) -> str:
    """Quote words of an answer, with the time at which they start.

    >>> quote(Span(41.0, 43.0, "we improved the process."))
    '“we improved the process” at 0:41'
    """
    return f"“{quotation(span.text)}”" + (f" at {clock(span.start)}" if is_timed else "")


def stage(milestone: Milestone) -> str:
    """Quote a stage of the case, or say that it is missing, or why it is not judged."""
    if milestone.span is not None:
        return quote(milestone.span, is_timed=milestone.attempt is not None)
    if milestone.is_missing:
        return "I didn't hear any"
    return f"{NOT_JUDGED} ({milestone.too_short})" if milestone.too_short else NOT_JUDGED


def answer_to(concern: Concern) -> tuple[str, str]:
    """Say whether a member's concern was heard, and quote it or name what is missing."""
    if concern.span is None:
        return "I didn't hear", f"{concern.member.missing}."
    return "You said", quote(concern.span)


def answered(interview_round: Round, lines: Sequence[Line]) -> str:
    """Count the questions that were answered; follow-up questions are counted apart."""
    given = [line.step for line in lines if line.attempt is not None]
    joined = sum(map(interview_round.is_joined, given))
    asked = sum(map(interview_round.is_joined, interview_round.steps))
    follow_ups = f" and {joined} of {asked} follow-up question{'s' * (asked != 1)}" if asked else ""
    return f"{len(given) - joined} of {interview_round.size} questions{follow_ups} answered"


def often(counts: Sequence[tuple[str, int]]) -> str:
    """List fillers that were said often, with their counts."""
    return ", ".join(f"“{text}” {count} times" for text, count in counts)


def unanswered(line: Line) -> str:
    """Say why a question has no analysed answer."""
    return "Deleted or not analysed" if line.step.takes else "Not answered"
