"""What the round of an answer means for its feedback: the time given, whether it was cut off, what was asked before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rehearse.interview.repository import Rounds
from rehearse.interview.rounds import Round, Step
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext

_CUT_WITHIN = 1.5
"""Seconds; a recording that ends this close to the limit counts as stopped by it (house default)."""


def is_cut(attempt: Attempt, limit_seconds: int) -> bool:
    """Whether the round stopped the recording; never for an upload, which may be of any length."""
    long = attempt.duration is not None and attempt.duration >= limit_seconds - _CUT_WITHIN
    return long and attempt.origin.source != "upload"


def cut_off(attempts: Iterable[Attempt], rounds: Rounds) -> frozenset[str]:
    """Return the ids of the answers whose recording was stopped by their round, if that round still exists."""
    return frozenset(attempt.id for attempt in attempts if context_of(attempt, rounds).truncated)


def context_of(attempt: Attempt, rounds: Rounds, context: FeedbackContext = NO_LIMITS) -> FeedbackContext:
    """Add what the round of an answer means for its feedback; unchanged without a round, or if it was deleted."""
    interview_round = rounds.get(attempt.origin.round) if attempt.origin.round else None
    return context if interview_round is None else context_in(interview_round, attempt, context)


def context_in(interview_round: Round, attempt: Attempt, context: FeedbackContext = NO_LIMITS) -> FeedbackContext:
    """Add what this round means for the feedback on an answer; unchanged if it is not part of the round."""
    step = next((step for step in interview_round.steps if attempt.id in step.takes), None)
    if step is None:
        return context
    return replace(
        context,
        limit_seconds=step.limit_seconds,
        truncated=is_cut(attempt, step.limit_seconds),
        has_asked=step.part == "answer" and any(map(_asked, interview_round.steps)),
    )


def _asked(step: Step) -> bool:
    return step.part == "clarify" and bool(step.asked)


def without_fragment(attempt: Attempt) -> Attempt:
    """Drop a result that consists of the words at which the answer was cut off."""
    last = max((word.end for word in attempt.transcript.words), default=0.0)
    whole = tuple(span for span in attempt.story.result if span.end < last)
    return replace(attempt, story=replace(attempt.story, result=whole))
