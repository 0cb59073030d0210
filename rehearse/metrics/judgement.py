"""Whether a value is judged, and where it lies relative to the comfortable band; decided only here.

Feedback, pages, reports and charts all use this module, so that a value left
unjudged in one of them is unjudged in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rehearse.language.spoken import count_spoken
from rehearse.metrics.registry import Band, Metric
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext

Standing = Literal["below", "within", "above"]
Reason = Literal["undefined", "no_band", "by_choice", "truncated", "too_few_words"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one value is judged.

    Attributes:
        band: The comfortable band it is compared with; None if there is none.
        standing: Where the value lies; None if it is not judged.
        reason: Why it is not judged; None if it is.

    """

    band: Band | None = None
    standing: Standing | None = None
    reason: Reason | None = None


def judgement(attempt: Attempt, metric: Metric, value: float | None, context: FeedbackContext = NO_LIMITS) -> Judgement:
    """Judge one value of an answer.

    Args:
        attempt: Its question determines the band; it must have enough words.
        metric: What was measured.
        value: In the metric's unit; None if undefined.
        context: What the user chose to leave unjudged, the time given for the answer, and whether it was cut off.

    """
    band = metric.band(attempt.judged_as, context.limit_seconds)
    reason = _reason(attempt, metric, value, context, band)
    if reason is not None or band is None or value is None:
        return Judgement(band, reason=reason)
    return Judgement(band, _standing(band, value))


def judged_band(metric: Metric, judged_as: str | None, context: FeedbackContext = NO_LIMITS) -> Band | None:
    """Return the band that values of such answers are compared with; None if they are not judged.

    Args:
        metric: What is measured.
        judged_as: As in ``Question.judged_as``; None if unknown.
        context: As in ``judgement``.

    """
    return None if _left_out(metric, context) else metric.band(judged_as, context.limit_seconds)


def _reason(
    attempt: Attempt, metric: Metric, value: float | None, context: FeedbackContext, band: Band | None
) -> Reason | None:
    if value is None:
        return "undefined"
    if band is None:
        return "no_band"
    left_out = _left_out(metric, context)
    if left_out is None and count_spoken(attempt.transcript.words) < metric.judged_from:
        return "too_few_words"
    return left_out


def _left_out(metric: Metric, context: FeedbackContext) -> Literal["by_choice", "truncated"] | None:
    if metric.family in context.unjudged:
        return "by_choice"
    return "truncated" if context.truncated and metric.needs_ending else None


def _standing(band: Band, value: float) -> Standing:
    if value in band:
        return "within"
    return "below" if band.low is not None and value < band.low else "above"
