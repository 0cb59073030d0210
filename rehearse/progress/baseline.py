"""The person's own usual range: what a value is compared with besides the comfortable band.

A comfortable band says what listeners bear; the own range says what is usual
for this person. Both are shown, and neither is a grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from rehearse.metrics import METRICS
from rehearse.model import Attempt, TrendPoint
from rehearse.storage.history import History

LAST = 5
"""Takes that make up the baseline: few enough to follow a change, enough to see a spread (house default)."""
FEWEST = 3
"""Takes under which nothing is called usual (house default)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was usual in the person's last takes, in the metric's unit.

    Attributes:
        median: Of the values.
        low: The smallest of them.
        high: The largest of them.
        takes: How many there are, ``FEWEST`` to ``LAST``.

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
    """Give median and range of the last ``LAST`` takes that can be compared.

    Comparable are takes heard by the same model and measured by the same
    version of the formula, of as many words as the value is judged from;
    samples that come with the program are nobody's. Where the comfortable band depends on the kind of question, so does what is
    usual: such a metric is compared within the kind, and follow-ups apart.

    Args:
        history: The person's own.
        metric: Its name.
        kind: Takes of this kind of question only; None for all kinds.
        before: Takes spoken earlier than this one, comparable with it; None for
            the newest takes, comparable with the newest of them.

    Returns:
        None with fewer than ``FEWEST`` comparable takes, or where ``before`` has no such measurement.

    """
    by_kind = metric in METRICS and bool(METRICS[metric].by_kind)
    if by_kind and before and before.question:
        kind = kind or before.question.kind
    points = _told(history, metric, kind)
    like = _as_point(before, metric) if before else points[-1] if points else None
    if like is None:
        return None
    if before:
        points = [point for point in points if point.spoken_at < before.spoken_at and point.attempt_id != before.id]
    alike = [
        point.value
        for point in points
        if (point.version, point.model) == (like.version, like.model)
        and (not by_kind or (point.parent is None) == (like.parent is None))
    ][-LAST:]
    return Baseline(median(alike), min(alike), max(alike), len(alike)) if len(alike) >= FEWEST else None


def _told(history: History, metric: str, kind: str | None) -> list[TrendPoint]:
    """Give the person's own values that were judged: a second of sound has a pace too, and it says nothing of theirs."""
    points = [point for point in history.trend(metric, kind=kind) if point.source != "sample"]
    fewest = METRICS[metric].judged_from if metric in METRICS else 0
    if not fewest:
        return points
    enough = {told.attempt_id for told in history.trend("word_count", kind=kind) if told.value >= fewest}
    return [point for point in points if point.attempt_id in enough]


def _as_point(attempt: Attempt, metric: str) -> TrendPoint | None:
    """Give what an attempt has to be compared by; its value does not matter, and may be unknown."""
    own = next((found for found in attempt.measurements if found.metric == metric), None)
    if own is None:
        return None
    return TrendPoint(
        attempt.id, attempt.spoken_at, own.value or 0.0, own.version, attempt.model, parent=attempt.origin.parent
    )
