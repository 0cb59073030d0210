"""The smallest meaningful difference between two takes, and which differences reach it.

    smallest = max(sqrt(e1**2 + e2**2), 1.96 * sqrt(2) * s)

with e1 and e2 the known errors of the two values (half of
``measurement_error.expected_range``) and s the standard deviation of the
user's own takes. The second term is the smallest real difference of two single
measurements (Weir 2005, Journal of Strength and Conditioning Research 19,
231), with the spread from take to take in place of the measurement error: two
takes without a real change differ by less in 19 of 20 cases. While there are
too few takes to estimate s, only the first term is used: whether a difference
exceeds the measurement error.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import stdev
from typing import Literal

from rehearse.metrics import METRICS, Metric
from rehearse.model import Attempt, Measurement, TrendPoint
from rehearse.progress.change_detection import Setup, current_level, setup_of
from rehearse.progress.measurement_error import expected_range
from rehearse.storage.history import History

SPREAD_FROM = 5
"""Fewest takes from which the user's own spread is estimated (house default)."""
_TWO_TAKES = 1.96 * math.sqrt(2)

Meaning = Literal["more", "less", "same", "too_few", "other_setup"]
Yardstick = Literal["spread", "error"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One measurement of two takes, in the metric's unit.

    Attributes:
        metric: The metric.
        earlier: Value of the earlier take; None if undefined.
        later: Value of the later take; None if undefined.
        smallest: The smallest meaningful difference; None if unknown.
        meaning: ``more`` or ``less`` in the later take; ``same``: no meaningful difference;
            ``too_few``: neither the user's spread nor the measurement error is known;
            ``other_setup``: measured in different ways. None if a value is undefined.
        by: The source of ``smallest``: ``spread`` if it includes the user's usual variation, ``error`` if
            only the measurement error. None if unknown.
        setups: How each was measured, if in different ways.

    """

    metric: Metric
    earlier: float | None
    later: float | None
    smallest: float | None
    meaning: Meaning | None
    by: Yardstick | None = None
    setups: tuple[Setup, Setup] | None = None


def differences(
    history: History, earlier: Attempt, later: Attempt, names: Collection[str] = METRICS.keys()
) -> tuple[Difference, ...]:
    """Compare the measurements that either take has, in registry order.

    Args:
        history: The user's history, for their own spread.
        earlier: The take spoken first.
        later: The other take.
        names: Names of the metrics to compare; each reads its whole history.

    """
    first, second = ({found.metric: found for found in attempt.measurements} for attempt in (earlier, later))
    return tuple(
        _difference(history, metric, (earlier, first.get(name)), (later, second.get(name)))
        for name, metric in METRICS.items()
        if name in names and (name in first or name in second)
    )


def smallest_difference(values: Sequence[float], errors: Sequence[float]) -> float | None:
    """Return the smallest meaningful difference between two takes.

    With fewer than ``SPREAD_FROM`` values it is the known error alone; None if that is unknown too.

    Args:
        values: Values of the user's comparable takes.
        errors: Errors of the two values, as far as they are known.

    >>> round(smallest_difference([100.0, 110.0, 90.0, 105.0, 95.0], []), 1)
    21.9
    >>> smallest_difference([2.0] * 5, [3.0, 4.0])
    5.0
    >>> smallest_difference([2.0], [3.0, 4.0])
    5.0

    """
    if len(values) < SPREAD_FROM:
        return math.hypot(*errors) or None
    return max(math.hypot(*errors), _TWO_TAKES * stdev(values))


def _difference(
    history: History,
    metric: Metric,
    earlier: tuple[Attempt, Measurement | None],
    later: tuple[Attempt, Measurement | None],
) -> Difference:
    (old, was), (new, now) = earlier, later
    before, after = (found.value if found else None for found in (was, now))
    if was is None or now is None or before is None or after is None:
        return Difference(metric, before, after, None, None)
    if (first := _setup(old, was)) != (second := _setup(new, now)):
        return Difference(metric, before, after, None, "other_setup", setups=(first, second))
    ranges = [found for attempt in (old, new) if (found := expected_range(attempt, metric.name))]
    values = [point.value for point in _comparable(history, metric, _setup(new, now))]
    smallest = smallest_difference(values, [(high - low) / 2 for low, high in ranges])
    by: Yardstick | None = None if smallest is None else "spread" if len(values) >= SPREAD_FROM else "error"
    return Difference(metric, before, after, smallest, _meaning(after - before, smallest), by)


def _meaning(difference: float, smallest: float | None) -> Meaning:
    if smallest is None:
        return "too_few"
    if abs(difference) <= smallest:
        return "same"
    return "more" if difference > 0 else "less"


def _setup(attempt: Attempt, measurement: Measurement) -> Setup:
    origin = attempt.origin
    return Setup(attempt.model, measurement.version, origin.source, origin.microphone, attempt.program)


def _comparable(history: History, metric: Metric, setup: Setup) -> tuple[TrendPoint, ...]:
    """Return the takes with this set-up since their last change: a detected change is not spread."""
    points = [point for point in history.trend(metric.name) if setup_of(point) == setup]
    return current_level(points) if points else ()
