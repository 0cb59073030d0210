"""Charts as Altair specifications; the page draws them.

Colours keep a contrast of at least 3:1 (WCAG 2.2, 1.4.11) against the light
and the dark page, and nothing is told by colour alone: takes are dots, their
median is a line, a change of the measuring is a rule. Times go to the
browser in UTC, which shows them in its own zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

    from rehearse.datatypes import TrendPoint
    from rehearse.metrics import Band

DOT = "#2F83C5"
LINE = "#C8631E"
BAND = "#2E9E6B"
RULE = "#808080"
HEIGHT = 220
"""Pixels; a phone shows two charts at once (house default)."""
MEDIAN_OF = 5
"""Takes in the rolling median: fewer would draw chance as progress (house default)."""
_DAYS_AXIS = timedelta(days=180)
"""Up to here the axis names days, beyond it months (house default)."""


def rolling_median(values: Sequence[float], window: int = MEDIAN_OF) -> list[float | None]:
    """Take the median of each value and the ``window - 1`` before it.

    None until that many values are there.

    >>> rolling_median([1.0, 9.0, 2.0, 3.0], window=3)
    [None, None, 2.0, 3.0]
    """
    return [median(values[end - window : end]) if end >= window else None for end in range(1, len(values) + 1)]


def trend_chart(points: Sequence[TrendPoint], band: Band | None, unit: str, label: str) -> alt.LayerChart:
    """Draw one metric over time: takes as dots, their rolling median as a line.

    The line breaks, with a rule, where another model or version of the formula
    measured: a step there is no progress.

    Args:
        points: Oldest first.
        band: The comfortable range; None draws none.
        unit: Of the values; may be empty.
        label: What is measured.

    """
    import altair as alt

    x = alt.X("spoken_at:T", title=None, scale=alt.Scale(nice="day"), axis=_time_axis(points))
    edges = alt.Scale(zero=False, nice=True, padding=8)
    y = alt.Y("value:Q", title=f"{label} ({unit})" if unit else label, scale=edges)
    line = alt.Chart().mark_line(color=LINE, strokeWidth=2.5).encode(x=x, y=alt.Y("median:Q"), detail="segment:N")
    dots = alt.Chart().mark_circle(color=DOT, size=60, opacity=1).encode(x=x, y=y, tooltip=_tooltips(label, unit))
    takes = alt.InlineData(values=_rows(points))
    chart = alt.LayerChart(data=takes, layer=[*_band_layer(band), *_change_layer(points), line, dots])
    return chart.properties(width="container", height=HEIGHT, description=_description(points, band, unit, label))


def _rows(points: Sequence[TrendPoint]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for segment, (_, group) in enumerate(groupby(points, _measured_by)):
        takes = list(group)
        medians = rolling_median([take.value for take in takes])
        rows += [_row(take, middle, segment) for take, middle in zip(takes, medians, strict=True)]
    return rows


def _measured_by(point: TrendPoint) -> tuple[str | None, int]:
    return point.model, point.version


def _row(point: TrendPoint, middle: float | None, segment: int) -> dict[str, Any]:
    return {
        "attempt_id": point.attempt_id,
        "spoken_at": point.spoken_at.isoformat(timespec="milliseconds"),
        "value": point.value,
        "median": middle,
        "segment": segment,
        "kind": (point.kind or "no question").replace("_", " "),
        "model": point.model or "text",
    }


def _tooltips(label: str, unit: str) -> list[alt.Tooltip]:
    import altair as alt

    return [
        alt.Tooltip("spoken_at:T", title="Spoken", format="%d %b %Y, %H:%M"),
        alt.Tooltip("value:Q", title=f"{label} ({unit})" if unit else label, format=".1f"),
        alt.Tooltip("median:Q", title=f"Median of {MEDIAN_OF}", format=".1f"),
        alt.Tooltip("kind:N", title="Question"),
        alt.Tooltip("model:N", title="Heard by"),
    ]


def _time_axis(points: Sequence[TrendPoint]) -> alt.Axis:
    import altair as alt

    # The default axis mixes hours, weekdays and months, which reads as a riddle when answers are days apart.
    if points and points[-1].spoken_at - points[0].spoken_at > _DAYS_AXIS:
        return alt.Axis(format="%b %Y", tickCount="month", labelOverlap=True)
    return alt.Axis(format="%d %b", tickCount="day", labelOverlap=True)


def _band_layer(band: Band | None) -> list[alt.Chart]:
    import altair as alt

    if band is None or (band.low is None and band.high is None):
        return []
    # An open side reaches the edge of the plot: pixel 0 at the top, its height at the bottom. Vega-Lite takes
    # pixels only for the second edge.
    edges: list[Any] = [alt.datum(edge) for edge in (band.low, band.high) if edge is not None]
    edges += [alt.value(0)] if band.high is None else [alt.value("height")]
    drawn = alt.Chart(alt.InlineData(values=[{}])).mark_rect(color=BAND, opacity=0.18)
    return [drawn.encode(y=edges[0], y2=edges[1])]


def _change_layer(points: Sequence[TrendPoint]) -> list[alt.Chart]:
    import altair as alt

    changes = [
        {"at": (old.spoken_at + (new.spoken_at - old.spoken_at) / 2).isoformat(timespec="milliseconds"), "change": name}
        for old, new in pairwise(points)
        if (name := _change(old, new))
    ]
    if not changes:
        return []
    # The legend names the change: its text follows the page's theme, a mark's text would not.
    legend = alt.StrokeDash("change:N", title=None, legend=alt.Legend(orient="top", symbolStrokeColor=RULE))
    rules = alt.Chart(alt.InlineData(values=changes)).mark_rule(color=RULE, strokeWidth=2)
    return [rules.encode(x="at:T", strokeDash=legend, tooltip=alt.Tooltip("change:N", title="From here"))]


def _change(old: TrendPoint, new: TrendPoint) -> str:
    model = [new.model or "text"] if new.model != old.model else []
    formula = [f"formula {new.version}"] if new.version != old.version else []
    return f"now {', '.join(model + formula)}" if model or formula else ""


def _description(points: Sequence[TrendPoint], band: Band | None, unit: str, label: str) -> str:
    if not points:
        return f"{label}: no answers yet."
    values = [point.value for point in points]
    said = f"{label} of {len(values)} answers, from {min(values):.1f} to {max(values):.1f} {unit}".rstrip()
    return f"{said}, the last one {values[-1]:.1f}{_comfortable(band)}."


def _comfortable(band: Band | None) -> str:
    low = f" from {band.low:g}" if band and band.low is not None else ""
    high = f" up to {band.high:g}" if band and band.high is not None else ""
    return f"; comfortable{low}{high}" if low or high else ""
