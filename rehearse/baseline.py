"""The person's own usual range: what a value is compared with besides the comfortable band.

A comfortable band says what listeners bear; the own range says what is usual
for this person. Both are shown, and neither is a grade.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from rehearse.datatypes import Attempt, TrendPoint
from rehearse.history import History

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
    version of the formula; samples that come with the program are nobody's.

    Args:
        history: The person's own.
        metric: Its name.
        kind: Takes of this kind of question only; None for all kinds.
        before: Takes spoken earlier than this one, comparable with it; None for
            the newest takes, comparable with the newest of them.

    Returns:
        None with fewer than ``FEWEST`` comparable takes, or where ``before`` has no such measurement.

    """
    points = [point for point in history.trend(metric, kind=kind) if point.source != "sample"]
    if before is None:
        return of_points(points, like=points[-1]) if points else None
    own = next((found for found in before.measurements if found.metric == metric), None)
    if own is None:
        return None
    earlier = (p for p in points if p.spoken_at < before.spoken_at and p.attempt_id != before.id)
    return _of_values(p.value for p in earlier if (p.version, p.model) == (own.version, before.model))


def of_points(points: Iterable[TrendPoint], *, like: TrendPoint) -> Baseline | None:
    """Give the same for points that are at hand already, oldest first.

    Args:
        points: Of one metric.
        like: Only points of its version and model count.

    """
    return _of_values(p.value for p in points if (p.version, p.model) == (like.version, like.model))


def _of_values(values: Iterable[float]) -> Baseline | None:
    last = list(values)[-LAST:]
    return Baseline(median(last), min(last), max(last), len(last)) if len(last) >= FEWEST else None
