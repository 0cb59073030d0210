"""The axis of answers over time: a time scale, or one after another where a time scale would put them on one line.

An evening's answers are minutes apart, an axis of days or weeks wide. Where
they share their days, each gets a step of its own; the axis says when they
were spoken. Times are formatted in the browser, in its own time zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

_DAYS_AXIS = timedelta(days=180)
"""Longest range with days on the axis; beyond it months (house default)."""
_FEW_DAYS = 3
"""Days on which several answers crowd a time scale, however few they are in all (house default)."""
_CROWDED = 2.0
"""Answers a day from which a time scale of more days is crowded (house default)."""

STEP = "step"
"""Field with the number of an answer in its order, from 1."""


def in_order(moments: Sequence[datetime]) -> bool:
    """Whether answers spoken at these moments are drawn one after another instead of on a time scale.

    Args:
        moments: Oldest first.

    """
    days = len(_days(moments))
    if len(moments) <= days:
        return len(moments) == 1
    return days <= _FEW_DAYS or len(moments) >= _CROWDED * days


def encoding(moments: Sequence[datetime]) -> dict[str, Any]:
    """Return the encoding of the horizontal axis for answers spoken at these moments, oldest first."""
    if not in_order(moments):
        return _encoded("spoken_at", "temporal", scale={"nice": "day"}, axis=_time_axis(moments))
    scale = {"domain": [0.5, len(moments) + 0.5], "nice": False, "zero": False}
    return _encoded(STEP, "quantitative", scale=scale, axis=_step_axis(moments))


def change_at(moments: Sequence[datetime], number: int) -> dict[str, Any]:
    """Return the row of what lies half-way between the answers ``number`` and ``number`` + 1, from 0."""
    old, new = moments[number], moments[number + 1]
    return {"at": number + 1.5} if in_order(moments) else {"at": written(old + (new - old) / 2)}


def change_encoding(moments: Sequence[datetime]) -> dict[str, Any]:
    """Return the encoding of ``change_at``, with the same axis, whose title would otherwise be lost."""
    return encoding(moments) | {"field": "at"}


def written(moment: datetime) -> str:
    """Return a moment as the browser reads it."""
    return moment.isoformat(timespec="milliseconds")


def _encoded(name: str, kind: str, **more: object) -> dict[str, Any]:
    return {"field": name, "type": kind, "title": None, **more}


def _days(moments: Sequence[datetime]) -> dict[date, int]:
    """Return the days, each with the number of its first answer, from 1."""
    first: dict[date, int] = {}
    for number, moment in enumerate(moments, 1):
        first.setdefault(moment.astimezone().date(), number)
    return first


def _time_axis(moments: Sequence[datetime]) -> dict[str, Any]:
    # The default axis mixes hours, weekdays and months, which is confusing if answers are days apart.
    if moments and moments[-1] - moments[0] > _DAYS_AXIS:
        return {"format": "%b %Y", "tickCount": "month", "labelOverlap": True}
    return {"format": "%d %b", "tickCount": "day", "labelOverlap": True}


def _step_axis(moments: Sequence[datetime]) -> dict[str, Any]:
    """Label each answer of a single day with its time, else the first answer of each day with the day."""
    days = _days(moments)
    values = list(range(1, len(moments) + 1)) if len(days) == 1 else list(days.values())
    stamps = ",".join(str(round(moment.timestamp() * 1000)) for moment in moments)
    shown = "%H:%M" if len(days) == 1 else "%d %b"
    axis = {
        "values": values,
        "labelExpr": f"timeFormat([{stamps}][datum.value - 1], '{shown}')",
        "labelOverlap": "greedy",
        "labelSeparation": 6,
        "grid": len(days) > 1,
    }
    return axis | ({"title": f"{moments[0].astimezone():%d %b %Y}"} if len(days) == 1 else {})
