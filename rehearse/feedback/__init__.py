"""Feedback: what worked and what to change, each with the speaker's own words.

Rules (after Kluger and DeNisi 1996 and the practice of coaches): about the
answer, never the person; one strength and one change first; nothing that
would fit any answer, so every finding quotes the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.feedback.agreement import FollowThrough, follow_through, starter_words, task
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.coach import coach_change, coach_praise
from rehearse.feedback.criticism import Criticism
from rehearse.feedback.follow_ups import FollowUp, follow_ups
from rehearse.feedback.listening_points import ListeningPoint, listening_points
from rehearse.feedback.quoting import cleaned, when
from rehearse.metrics import METRICS, Metric
from rehearse.metrics.judgement import Standing, judgement
from rehearse.metrics.value_text import number
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext, Finding, FindingKind, Measurement

__all__ = [
    "CHANGE_STATEMENTS",
    "ORDER",
    "FollowThrough",
    "FollowUp",
    "ListeningPoint",
    "follow_through",
    "follow_ups",
    "give_feedback",
    "listening_points",
    "starter_words",
    "task",
]

ORDER = (*CHANGE_STATEMENTS, "story", "length", "fillers", "pace", "pauses", "voice", "wording")
"""Topics by importance: content first, fluency second (Hollandsworth 1979, second-hand)."""


def give_feedback(attempt: Attempt, context: FeedbackContext = NO_LIMITS) -> tuple[Finding, ...]:
    """Derive all findings on an analysed answer, the most important first.

    Args:
        attempt: The answer; its question determines the bands, the expected elements, and whether the answer fits.
        context: What the person wants left unjudged. If the answer was cut off, its length, its last words and its
            missing end are not judged.

    Returns:
        Findings ordered by ``ORDER``; empty if there are none. No words are both praised and criticised.

    """
    # Of a written answer, the ums and the full stops are its writer's.
    measurements = attempt.measurements if attempt.transcript.timed else ()
    measured = [
        finding
        for measurement in measurements
        if (metric := METRICS.get(measurement.metric)) is not None
        for finding in _of_measurement(attempt, measurement, metric, context)
    ]
    advised = coach_change(attempt, context)
    changes = [
        *((advised,) if advised else ()),
        *(finding for finding in measured if finding.kind == "change"),
    ]
    criticism = Criticism(tuple(changes))
    strengths = [finding for finding in measured if finding.kind == "strength" and criticism.allows_all(finding)]
    praise = None if criticism.is_elsewhere else coach_praise(attempt, criticism.allows, context)
    strengths += (praise,) if praise else ()
    return tuple(sorted([*strengths, *changes], key=_rank))


def _rank(finding: Finding) -> int:
    metric = METRICS.get(finding.topic)
    family = metric.family if metric else finding.topic
    return ORDER.index(family) if family in ORDER else len(ORDER)


def _of_measurement(
    attempt: Attempt, measurement: Measurement, metric: Metric, context: FeedbackContext
) -> Iterator[Finding]:
    judged = judgement(attempt, metric, measurement.value, context)
    if judged.band is None or judged.standing is None or measurement.value is None or not measurement.spans:
        return
    kind, template, starter = _statement(metric, judged.standing)
    if template:
        message = template.format(
            value=number(measurement.value),
            unit=metric.unit,
            count=len(measurement.spans),
            times=_times(len(measurement.spans)),
            low=_edge(judged.band.low),
            high=_edge(judged.band.high),
            quote=_quoted(measurement.spans[0].text),
            where=when(measurement.spans[0], timed=attempt.transcript.timed),
        )
        yield Finding(f"{metric.name}_{judged.standing}", metric.name, kind, message, measurement.spans, starter)


def _statement(metric: Metric, standing: Standing) -> tuple[FindingKind, str, str]:
    """Return the metric's statement on a value: the kind, the message, what to try next."""
    if standing == "within":
        return "strength", metric.good, ""
    if standing == "below":
        return "change", metric.low, metric.when_low
    return "change", metric.high, metric.when_high


def _quoted(text: str) -> str:
    """Return words as a quote without their filled pauses; a filled pause that is the whole of it stays."""
    return cleaned(text) or text.rstrip(".,;")


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _edge(value: float | None) -> str:
    return "" if value is None else number(value)
