"""Follow-up questions: at most two, each about a thought of the speaker's or about what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.coaching import Judgement
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.quotable_units import thought
from rehearse.feedback.coach import AT_THE_END, judged, probable_changes, worded
from rehearse.feedback.follow_up_statements import GAP_QUESTIONS, MOMENT_QUESTIONS
from rehearse.feedback.statement import Statement
from rehearse.model import Attempt, Span

MOST = 2
"""Follow-up questions to an answer; more would turn practice into an examination (house default)."""
_MOST_DOUBT = 0.6
"""Probability of nothing to change up to which the first question is about a gap (house default)."""
_NOT_ASKED = frozenset({"own_question"})
"""Kinds in which it was the candidate's turn to ask."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up question.

    Attributes:
        question: Its text.
        span: The part of the answer that it is about.
        gap: Code of the gap that it asks about, or the role of the words that it quotes.

    """

    question: str
    span: Span
    gap: str

    @property
    def is_about_the_end(self) -> bool:
        """Whether it asks for something that an answer that was cut off may have been about to say."""
        return self.gap in AT_THE_END


def follow_ups(attempt: Attempt) -> tuple[FollowUp, ...]:
    """Choose the follow-up questions to an answer, the most informative first; empty if it was not judged."""
    judgement = judged(attempt)
    if judgement is None or attempt.kind in _NOT_ASKED:
        return ()
    chosen: list[FollowUp] = []
    for follow_up in (*_about_a_gap(attempt, judgement), *_about_a_moment(attempt, judgement)):
        if not any(follow_up.span.overlaps(other.span) or follow_up.gap == other.gap for other in chosen):
            chosen.append(follow_up)
    return tuple(chosen[:MOST])


def _about_a_gap(attempt: Attempt, judgement: Judgement) -> Iterator[FollowUp]:
    if judgement.change[NOTHING] > _MOST_DOUBT:
        return
    for code in probable_changes(judgement)[:1]:
        found = worded(GAP_QUESTIONS[code], attempt, judgement) if code in GAP_QUESTIONS else None
        if found is not None:
            question, spans = found
            yield FollowUp(question, spans[0], code)


def _about_a_moment(attempt: Attempt, judgement: Judgement) -> Iterator[FollowUp]:
    """Ask about the words that a coach would most probably quote, in the way that fits their role."""
    units = judgement.evidence.units
    for index in sorted(range(len(units)), key=judgement.quotes.__getitem__, reverse=True):
        role = judgement.role(index)
        span = thought(judgement.evidence.transcript, units, index) if role in MOMENT_QUESTIONS else None
        if span is not None:
            statement = Statement(role, "", MOMENT_QUESTIONS[role])
            yield FollowUp(statement.filled(statement.wordings, attempt.transcript.text, quote=span), span, role)
