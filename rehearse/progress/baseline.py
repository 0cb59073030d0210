"""The user's own usual range, with which a value is compared besides the comfortable band.

The comfortable band says what listeners tolerate; the usual range says what is
usual for this user. Both are shown, and neither is a grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from rehearse.metrics import METRICS
from rehearse.model import Attempt, TrendPoint
from rehearse.storage.history import History

LAST = 5
"""Takes in the baseline: few enough to follow a change, enough to show a spread (house default)."""
FEWEST = 3
"""Fewest takes from which a baseline is computed (house default)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Median and range of the user's last takes, in the metric's unit.

    Attributes:
        median: Median of the values.
        low: Smallest value.
        high: Largest value.
        takes: Number of values, ``FEWEST`` to ``LAST``.

    """

    median: float
    low: float
    high: float
    takes: int

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def baseline(
    history: History, metric: str, kind: str | None = None, *, before: Attempt | None = None
) -> Baseline | None:
    """Return median and range of the last ``LAST`` comparable takes.

    Takes are comparable if they were transcribed by the same model, measured
    by the same version of the formula, and have enough words to be judged;
    shipped samples are excluded. Where the comfortable band depends on the
    kind of question, takes are compared within the kind, and follow-ups
    separately.

    Args:
        history: The user's history.
        metric: Name of the metric.
        kind: Only takes of this kind of question; None for all kinds.
        before: Only takes spoken earlier than this one and comparable with it; None for
            the newest takes, comparable with the newest of them.

    Returns:
        None with fewer than ``FEWEST`` comparable takes, or if ``before`` has no such measurement.

    """
    comparable = earlier_values(history, metric, kind, before=before)
    return (
        Baseline(median(comparable), min(comparable), max(comparable), len(comparable))
        if len(comparable) >= FEWEST
        else None
    )


def earlier_values(
    history: History, metric: str, kind: str | None = None, *, before: Attempt | None = None
) -> tuple[float, ...]:
    """Return the values of the last ``LAST`` comparable takes, oldest first; arguments as in ``baseline``."""
    by_kind = metric in METRICS and bool(METRICS[metric].by_kind)
    if by_kind and before and before.question:
        kind = kind or before.question.kind
    points = _judged_points(history, metric, kind)
    reference = _as_point(before, metric) if before else points[-1] if points else None
    if reference is None:
        return ()
    if before:
        points = [point for point in points if point.spoken_at < before.spoken_at and point.attempt_id != before.id]
    return tuple(
        point.value
        for point in points
        if (point.version, point.model) == (reference.version, reference.model)
        and (not by_kind or (point.parent is None) == (reference.parent is None))
    )[-LAST:]


def _judged_points(history: History, metric: str, kind: str | None) -> list[TrendPoint]:
    """Return the user's own values from takes with enough words to be judged."""
    points = [point for point in history.trend(metric, kind=kind) if point.source != "sample"]
    fewest = METRICS[metric].judged_from if metric in METRICS else 0
    if not fewest:
        return points
    enough = {count.attempt_id for count in history.trend("word_count", kind=kind) if count.value >= fewest}
    return [point for point in points if point.attempt_id in enough]


def _as_point(attempt: Attempt, metric: str) -> TrendPoint | None:
    """Return an attempt as a point to find comparable ones by; its value is not used, and may be unknown."""
    measured = next((found for found in attempt.measurements if found.metric == metric), None)
    if measured is None:
        return None
    return TrendPoint(
        attempt.id,
        attempt.spoken_at,
        measured.value or 0.0,
        measured.version,
        attempt.model,
        parent=attempt.origin.parent,
    )
