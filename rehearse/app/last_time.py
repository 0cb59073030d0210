"""What was agreed after the last answer to a question, and whether the next one did it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rehearse.app.feedback_context import feedback_context
from rehearse.feedback import FollowThrough, follow_through, give_feedback
from rehearse.metrics import METRICS
from rehearse.model import Attempt, Finding
from rehearse.progress.measurement_error import expected_range
from rehearse.storage.history import History


@dataclass(frozen=True, slots=True)
class LastTime:
    """An earlier answer to the same question with what was agreed after it.

    Attributes:
        attempt: The earlier answer.
        change: The one change that its feedback shows.

    """

    attempt: Attempt
    change: Finding


def last_time(history: History, question_id: str, *, before: Attempt | None = None) -> LastTime | None:
    """Return the last answer to a question and the change agreed on; None if there is none, or nothing was to change.

    Args:
        history: The person's history.
        question_id: The question.
        before: Only answers spoken earlier than this one count; None for all.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    answers = history.summaries(question_id=question_id)
    earlier = (
        answer
        for answer in answers
        if before is None or (answer.spoken_at < before.spoken_at and answer.id != before.id)
    )
    newest = next(earlier, None)
    attempt = history.get(newest.id) if newest else None
    change = shown_change(history, attempt) if attempt else None
    return LastTime(attempt, change) if attempt and change else None


def shown_change(history: History, attempt: Attempt) -> Finding | None:
    """Return the one change that the feedback on an answer shows; None if there is nothing to change."""
    findings = give_feedback(attempt, feedback_context(history.documents, attempt))
    return next((finding for finding in findings if finding.kind == "change"), None)


def outcome(history: History, last: LastTime, attempt: Attempt) -> FollowThrough | None:
    """Decide whether what was agreed was done in this answer; None where it cannot be judged.

    A value that crossed the edge of its band by less than the measurement's own error may not have moved at all.
    """
    found = follow_through(last.change, attempt, feedback_context(history.documents, attempt))
    if found is None or not found.done or last.change.topic not in METRICS:
        return found
    before, now = (one.values.get(last.change.topic) for one in (last.attempt, attempt))
    ranges = [expected_range(one, last.change.topic) for one in (last.attempt, attempt)]
    error = math.hypot(*((high - low) / 2 for low, high in filter(None, ranges)))
    moved = before is not None and now is not None and abs(now - before) > error
    return found if moved else None
