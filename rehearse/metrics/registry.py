"""What a metric is, and how one is registered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from rehearse.model import Answer, Span

Needs = Literal["sound"]
Compute = Callable[[Answer], float | None]
Locate = Callable[[Answer], tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Band:
    """A comfortable interval; None leaves a side open."""

    low: float | None = None
    high: float | None = None

    def __contains__(self, value: float) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Metric:
    """One measurement and all that is said of it.

    The messages are templates with the fields ``value``, ``unit``, ``count``
    (of evidence spans), ``quote`` and ``where`` (of the first one, such as " at 0:41"), ``low`` and
    ``high`` (of the band). An empty message says nothing.

    Attributes:
        name: The function's name, in the literature's terms.
        family: The module's name; feedback is ordered by it.
        label: For people.
        unit: For people and programs; ``s``, ``words/min``.
        compute: Takes an answer; None where the value is undefined.
        source: Where formula and band come from, or "house default".
        typical: Comfortable band; by kind of question in ``by_kind``.
        by_kind: Bands that differ from ``typical``, by kind of question or ``FOLLOW_UP``.
        low: SearchableText where the value lies under the band.
        high: SearchableText where it lies over the band.
        good: SearchableText where it lies inside.
        when_low: What to try in the next take, where the value lies under the band.
        when_high: The same where it lies over it.
        locate: Finds the moments that show it, the plainest first.
        judged_from: Content words from which the value is judged, not only shown.
        version: Raised when the formula changes.
        needs: ``sound`` where only the recording tells it: words and times alone cannot give it again.
        needs_ending: Whether it is judged only where the answer came to its own end.

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

    def band(self, judged_as: str | None = None) -> Band | None:
        """Give the comfortable band; whether a value is held against it, ``judgement`` decides.

        Args:
            judged_as: As ``Question.judged_as`` gives it; None where it is not known.

        """
        return self.by_kind.get(judged_as or "", self.typical)

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
"""Families that a person may leave unjudged, for instance because they stutter or speak in a second language."""

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
) -> Callable[[Compute], Compute]:
    """Register a function as a metric; the function itself stays as it is."""

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
        )
        return compute

    return register
