"""Change detection over time: whether a measurement has changed, or only varied.

The test is repeated after every take, so its bound is set for the whole
series and not for a single test:

    z = (8v + 1) / (8v + 3) * sqrt(v * ln(1 + t**2 / v)),    v = n - 2

with Student's two-sample t between the last ``NEW`` takes and all before them
(at least ``OLD``), n takes in all; z is Wallace's normal approximation of t
(Wallace 1959, Annals of Mathematical Statistics 30, 1124). A change is
detected if z exceeds the bound for n takes. Repeating a change-point test at
each observation, with bounds calibrated for the whole series, is the
change-point model of Hawkins, Qiu and Kang (2003, Journal of Quality
Technology 35, 355). The bounds are our own, from
``benchmarks/change_simulation.py``: a change is detected in at most 5 % of
series of 30 takes without one, and a change of two standard deviations after
at least ten takes is found within six takes in at least 80 %. After a
detection the count restarts at the new level.

Only takes measured in the same way are compared: another model, microphone,
formula or version of rehearse begins a separate stretch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from statistics import median, mode, quantiles
from typing import NamedTuple

from rehearse.model import TrendPoint

NEW = 6
"""Takes in a new level, within which a change should be found."""
OLD = 10
"""Fewest takes before them, which define the usual spread."""
MEDIAN_OF = 5
"""Takes in the rolling median; fewer would show noise as progress (house default)."""
_BOUNDS = ((16, 2.54), (18, 2.69), (22, 2.89), (26, 3.02), (30, 3.14), (50, 3.35), (100, 3.7), (1000, 4.05))
"""Number of takes and bound on z, interpolated linearly; calibrated by simulation, see above."""
_RANGE_FROM = 10
"""Fewest takes from which deciles are computed (house default)."""
_ROUNDING = 1e-10
"""Squared differences below this share of the squared values are rounding."""


class Setup(NamedTuple):
    """How a value was measured; values of two set-ups are never compared.

    Attributes:
        model: Name of the Whisper weights; None for text.
        version: Version of the formula.
        source: How the recording was made, as in ``Origin``.
        microphone: The device's name, if known.
        program: Version of rehearse; None if it was not stored.

    """

    model: str | None
    version: int
    source: str
    microphone: str | None
    program: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one measurement beyond chance, in the metric's unit.

    Attributes:
        before: Median of the takes before the change.
        after: Median of the takes since.
        since: When the first take at the new level was spoken, in UTC.
        takes_before: Number of takes in ``before``.
        takes_after: Number of takes in ``after``.
        kind_before: The most common kind of question before; None if unknown.
        kind_after: Likewise since; if the two differ, the questions may be the reason.
        setup: How all of them were measured.
        days: Number of days, in the local time zone, on which the takes since were spoken: takes of one session
            resemble each other, so that they pass for a change more easily.

    """

    before: float
    after: float
    since: datetime
    takes_before: int
    takes_after: int
    kind_before: str | None
    kind_after: str | None
    setup: Setup
    days: int


def setup_of(point: TrendPoint) -> Setup:
    """Return how a value was measured."""
    return Setup(point.model, point.version, point.source, point.microphone, point.program)


def stretches(points: Sequence[TrendPoint]) -> tuple[tuple[TrendPoint, ...], ...]:
    """Group the values by how they were measured, each group in the given order.

    A user who returns to an earlier microphone continues its stretch.
    """
    found: dict[Setup, list[TrendPoint]] = {}
    for point in points:
        found.setdefault(setup_of(point), []).append(point)
    return tuple(tuple(stretch) for stretch in found.values())


def changes(points: Sequence[TrendPoint], *, error: float = 0.0) -> tuple[Change, ...]:
    """Find the changes of one measurement, sorted by time.

    Args:
        points: Oldest first; they are split into stretches here.
        error: The measurement's own error for one take, in its unit. Over the takes of two levels it shrinks to
            error * sqrt(1 / takes before + 1 / takes since); a difference of medians within that is never a change.

    """
    found = [change for stretch in stretches(points) for change in _changes(stretch, error)]
    return tuple(sorted(found, key=lambda change: change.since))


def current_level(points: Sequence[TrendPoint], *, error: float = 0.0) -> tuple[TrendPoint, ...]:
    """Return the values measured like the newest one, since their last change; ``error`` as in ``changes``."""
    comparable = [point for point in points if setup_of(point) == setup_of(points[-1])]
    return tuple(_levels(comparable, error)[-1])


def level_starts(values: Sequence[float]) -> tuple[int, ...]:
    """Return the indices at which a new level begins.

    >>> level_starts([1.0, 1.2, 0.9, 1.1, 1.0, 1.1, 0.8, 1.0, 1.2, 0.9] + [2.0, 2.1, 1.9, 2.2, 2.0, 1.9])
    (10,)
    >>> level_starts([1.0, 1.2, 0.9, 1.1, 1.0, 1.1, 0.8, 1.0, 1.2, 0.9] + [2.0])
    ()
    """
    starts: list[int] = []
    sums = [0.0, *accumulate(values)]
    squares = [0.0, *accumulate(value * value for value in values)]
    first = 0
    for end in range(OLD + NEW, len(values) + 1):
        if end - first < OLD + NEW:
            continue
        middle = end - NEW
        moments = [(sums[b] - sums[a], squares[b] - squares[a], b - a) for a, b in ((first, middle), (middle, end))]
        if _z(*moments) > bound(end - first):
            first = middle
            starts.append(middle)
    return tuple(starts)


def bound(takes: int) -> float:
    """Return the z that a change must exceed after that many takes of a stretch.

    >>> bound(16), bound(17), bound(550)
    (2.54, 2.615, 3.875)
    """
    for (few, low), (many, high) in pairwise(_BOUNDS):
        if takes <= many:
            return round(low + (high - low) * (takes - few) / (many - few), 6)
    return _BOUNDS[-1][1]


def own_range(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the range of the middle 80 % of the values; None with fewer than ten.

    >>> own_range([float(value) for value in range(1, 12)])
    (2.0, 10.0)
    """
    if len(values) < _RANGE_FROM:
        return None
    tenths = quantiles(values, n=10, method="inclusive")
    return tenths[0], tenths[-1]


def rolling_median(values: Sequence[float], window: int = MEDIAN_OF) -> list[float | None]:
    """Return the median of each value and the ``window - 1`` before it; None while there are too few.

    >>> rolling_median([1.0, 9.0, 2.0, 3.0], window=3)
    [None, None, 2.0, 3.0]
    """
    return [median(values[end - window : end]) if end >= window else None for end in range(1, len(values) + 1)]


def _changes(stretch: Sequence[TrendPoint], error: float) -> list[Change]:
    return [_change(old, new) for old, new in pairwise(_levels(stretch, error))]


def _levels(stretch: Sequence[TrendPoint], error: float) -> list[list[TrendPoint]]:
    """Split a stretch where its level changes, unless the difference is within the measurement error."""
    edges = [0, *level_starts([point.value for point in stretch]), len(stretch)]
    levels: list[list[TrendPoint]] = []
    for first, last in pairwise(edges):
        part = list(stretch[first:last])
        if levels and _within(levels[-1], part, error):
            levels[-1] += part
        else:
            levels.append(part)
    return levels


def _within(old: Sequence[TrendPoint], new: Sequence[TrendPoint], error: float) -> bool:
    difference = abs(median(point.value for point in new) - median(point.value for point in old))
    return difference <= error * math.sqrt(1 / len(old) + 1 / len(new))


def _change(old: Sequence[TrendPoint], new: Sequence[TrendPoint]) -> Change:
    return Change(
        before=median(point.value for point in old),
        after=median(point.value for point in new),
        since=new[0].spoken_at,
        takes_before=len(old),
        takes_after=len(new),
        kind_before=mode(point.kind for point in old),
        kind_after=mode(point.kind for point in new),
        setup=setup_of(new[0]),
        days=len({point.spoken_at.astimezone().date() for point in new}),
    )


def _z(old: tuple[float, float, int], new: tuple[float, float, int]) -> float:
    """Return z for two groups, each given as its sum, sum of squares and count."""
    freedom = old[2] + new[2] - 2
    difference = abs(new[0] / new[2] - old[0] / old[2])
    within = sum(squares - total * total / count for total, squares, count in (old, new))
    rounding = _ROUNDING * (old[1] + new[1])
    if difference**2 <= rounding:
        return 0.0
    if within <= rounding:
        return math.inf
    squared = difference**2 / (within / freedom * (1 / old[2] + 1 / new[2]))
    return (8 * freedom + 1) / (8 * freedom + 3) * math.sqrt(freedom * math.log1p(squared / freedom))
