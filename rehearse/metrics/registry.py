"""The ``Metric`` record, and the decorator that registers one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from rehearse.model import Answer, Span

Needs = Literal["sound"]
Compute = Callable[[Answer], float | None]
Locate = Callable[[Answer], tuple[Span, ...]]

SHARE_OF_LIMIT = 0.5
"""Share of the time given for an answer that an answer may be expected to use (house default)."""


@dataclass(frozen=True, slots=True)
class Band:
    """A comfortable interval; None means no bound on that side."""

    low: float | None = None
    high: float | None = None

    def __contains__(self, value: float) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def within(self, limit: float) -> Band:
        """Return the part of the band that a limit leaves, from at most ``SHARE_OF_LIMIT`` of the limit.

        >>> Band(45, 180).within(30), Band(45, 180).within(150), Band(45, 180).within(600)
        (Band(low=15.0, high=30), Band(low=45, high=150), Band(low=45, high=180))
        """
        low = None if self.low is None else min(self.low, SHARE_OF_LIMIT * limit)
        return Band(low, limit if self.high is None else min(self.high, limit))


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric with its texts.

    The messages are templates with the fields ``value``, ``unit``, ``count``
    (of evidence spans), ``times`` (the same in words, such as "twice"), ``quote``
    and ``where`` (of the first span, such as " at 0:41"), ``low`` and ``high`` (of
    the band). An empty message is not shown.

    Attributes:
        name: The function's name, in the terms of the literature.
        family: The module's name; feedback is ordered by it.
        label: The name shown to people.
        unit: For people and programs, such as ``s`` or ``words/min``.
        compute: Takes an answer and returns its value; None if undefined.
        source: Source of the formula and the band, or "house default".
        typical: Comfortable band; ``by_kind`` overrides it.
        by_kind: Bands that differ from ``typical``, by kind of question or ``FOLLOW_UP``.
        low: Message if the value lies below the band.
        high: Message if it lies above the band.
        good: Message if it lies within the band.
        when_low: What to try in the next take if the value lies below the band.
        when_high: Likewise if it lies above the band.
        locate: Finds the spans that show it, the clearest first.
        judged_from: Fewest words with which the value is judged and not only shown.
        version: Incremented when the formula changes.
        needs: ``sound`` if it needs the recording and cannot be recomputed from words and times.
        needs_ending: Whether it is judged only if the answer was not cut off.
        is_limited: Whether it cannot exceed the seconds given for the answer, which then bound its band.

    """

    name: str
    family: str
    label: str
    unit: str
    compute: Compute
    source: str
    typical: Band | None = None
    by_kind: Mapping[str, Band] = field(default_factory=lambda: MappingProxyType({}))
    low: str = ""
    high: str = ""
    good: str = ""
    when_low: str = ""
    when_high: str = ""
    locate: Locate | None = None
    judged_from: int = 0
    version: int = 1
    needs: Needs | None = None
    needs_ending: bool = False
    is_limited: bool = False

    def band(self, judged_as: str | None = None, limit_seconds: int | None = None) -> Band | None:
        """Return the comfortable band; ``judgement`` decides whether a value is compared with it.

        Args:
            judged_as: As in ``Question.judged_as``; None if unknown.
            limit_seconds: Seconds given for the answer; None without a limit.

        """
        band = self.by_kind.get(judged_as or "", self.typical)
        return band.within(limit_seconds) if band and self.is_limited and limit_seconds is not None else band

    @property
    def formula(self) -> str:
        """The line of the docstring that defines the value."""
        lines = (self.compute.__doc__ or "").splitlines()
        return next((line.strip() for line in lines if line.strip().startswith(f"{self.name} = ")), "")


DELIVERY: Mapping[str, str] = MappingProxyType(
    {
        "fillers": "Fillers: um and uh, and words such as you know",
        "pace": "Pace: words a minute",
        "pauses": "Pauses inside a sentence",
        "voice": "Voice: melody and the fade of sentence ends",
    }
)
"""Families that a user may leave unjudged, for instance because they stutter or speak a second language."""

REGISTERED: dict[str, Metric] = {}


def metric(
    *,
    label: str,
    unit: str,
    source: str,
    typical: Band | None = None,
    by_kind: Mapping[str, Band] = MappingProxyType({}),
    low: str = "",
    high: str = "",
    good: str = "",
    when_low: str = "",
    when_high: str = "",
    spans: Locate | None = None,
    judged_from: int = 0,
    version: int = 1,
    needs: Needs | None = None,
    needs_ending: bool = False,
    is_limited: bool = False,
) -> Callable[[Compute], Compute]:
    """Register a function as a metric; the function itself is unchanged."""

    def register(compute: Compute) -> Compute:
        REGISTERED[compute.__name__] = Metric(
            name=compute.__name__,
            family=compute.__module__.rpartition(".")[2],
            label=label,
            unit=unit,
            compute=compute,
            source=source,
            typical=typical,
            by_kind=by_kind,
            low=low,
            high=high,
            good=good,
            when_low=when_low,
            when_high=when_high,
            locate=spans,
            judged_from=judged_from,
            version=version,
            needs=needs,
            needs_ending=needs_ending,
            is_limited=is_limited,
        )
        return compute

    return register
