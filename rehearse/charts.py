"""Charts as Altair specifications; the page draws them.

Colours keep a contrast of at least 3:1 (WCAG 2.2, 1.4.11) against the light
and the dark page, and nothing is told by colour alone: takes are dots, their
median is a line, the usual range a dashed frame, a change of the measuring an
upright rule. Times go to the browser in UTC, which shows them in its own zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from rehearse.trends import MEDIAN_OF, Setup, rolling_median, setup_of, stretches

if TYPE_CHECKING:
    import altair as alt

    from rehearse.datatypes import TrendPoint
    from rehearse.metrics import Band

DOT = "#2F83C5"
LINE = "#C8631E"
BAND = "#2E9E6B"
RULE = "#808080"
HEIGHT = 190
"""Pixels; a phone shows three charts at once (house default)."""
OCCASIONS_HEIGHT = 110
"""Pixels for two rows of dots."""
CALENDAR_HEIGHT = 180
"""Pixels for the seven days of the week."""
CHOSEN = "take"
"""Name of the selection that a click on a dot makes; its field is ``attempt_id``."""
_LONGEST_NAME = 30
"""Characters of a device's name in a legend."""
_DAYS_AXIS = timedelta(days=180)
"""Up to here the axis names days, beyond it months (house default)."""


def trend_chart(
    points: Sequence[TrendPoint],
    band: Band | None,
    unit: str,
    label: str,
    *,
    usual: tuple[float, float] | None = None,
) -> alt.LayerChart:
    """Draw one metric over time: takes as dots, their rolling median as a line.

    The line breaks, with a rule, where another model, microphone, version of
    the formula or of rehearse measured: a step there is no progress. A click
    on a dot selects it under the name ``CHOSEN``.

    Args:
        points: Oldest first.
        band: The comfortable range; None draws none.
        unit: Of the values; may be empty.
        label: What is measured.
        usual: The person's own range; None draws none.

    """
    import altair as alt

    x = alt.X(
        "spoken_at:T", title=None, scale=alt.Scale(nice="day"), axis=_time_axis([point.spoken_at for point in points])
    )
    edges = alt.Scale(zero=False, nice=True, padding=8)
    y = alt.Y("value:Q", title=unit or label, scale=edges, axis=alt.Axis(format=".6~g"))
    line = (
        alt.Chart()
        .mark_line(color=LINE, strokeWidth=2.5, aria=False)
        .encode(x=x, y=alt.Y("median:Q"), detail="segment:N")
    )
    chosen = alt.selection_point(name=CHOSEN, fields=["attempt_id"], on="click", empty=False)
    marked = alt.Chart().mark_circle(color=DOT, size=70, opacity=1, cursor="pointer")
    dots = marked.encode(x=x, y=y, tooltip=_tooltips(label, unit)).add_params(chosen)
    takes = alt.InlineData(values=_rows(points))
    layers = [*_band_layer(band), *_usual_layer(usual), *_change_layer(points), line, dots]
    chart = alt.LayerChart(data=takes, layer=layers)
    return chart.properties(width="container", height=HEIGHT, description=_description(points, band, unit, label))


def occasions_chart(answers: Sequence[tuple[str, datetime, bool]]) -> alt.Chart:
    """Draw which answers told one concrete occasion: full dots above, empty ones below.

    Args:
        answers: Id of the attempt, when it was spoken, and whether it told one; oldest first.

    """
    import altair as alt

    rows = [
        {
            "attempt_id": name,
            "spoken_at": moment.isoformat(timespec="milliseconds"),
            "answer": _OCCASION[told],
            "full": told,
        }
        for name, moment, told in answers
    ]
    chosen = alt.selection_point(name=CHOSEN, fields=["attempt_id"], on="click", empty=False)
    dots = alt.Chart(alt.InlineData(values=rows)).mark_point(
        color=DOT, size=70, strokeWidth=2, opacity=1, cursor="pointer"
    )
    drawn = dots.encode(
        x=alt.X(
            "spoken_at:T",
            title=None,
            scale=alt.Scale(nice="day"),
            axis=_time_axis([moment for _, moment, _ in answers]),
        ),
        y=alt.Y(
            "answer:N",
            title=None,
            sort=[_OCCASION[True], _OCCASION[False]],
            scale=alt.Scale(domain=[_OCCASION[True], _OCCASION[False]]),
        ),
        fill=alt.condition("datum.full", alt.value(DOT), alt.value("transparent")),
        tooltip=[
            alt.Tooltip("spoken_at:T", title="Spoken", format="%d %b %Y, %H:%M"),
            alt.Tooltip("answer:N", title="Told"),
        ],
    ).add_params(chosen)
    said = (
        f"One concrete occasion in {sum(told for _, _, told in answers)} of {len(answers)} answers that asked for one."
    )
    chart: alt.Chart = drawn.properties(width="container", height=OCCASIONS_HEIGHT, description=said)
    return chart


_OCCASION = {True: "one occasion", False: "none"}


def calendar_chart(days: Mapping[date, int], last: date, weeks: int) -> alt.Chart:
    """Draw the days of the last weeks, a column a week, each with its number of answers.

    Args:
        days: Answers by day, in the person's time zone.
        last: The last day drawn; its week is the last column.
        weeks: Columns.

    """
    import altair as alt

    monday = last - timedelta(days=last.weekday() + 7 * (weeks - 1))
    shown = [monday + timedelta(days=step) for step in range((last - monday).days + 1)]
    rows = [_day(day, days.get(day, 0)) for day in shown]
    practised = sum(days.get(day, 0) > 0 for day in shown)
    shade = alt.FillOpacity("answers:Q", legend=None, scale=alt.Scale(domain=[0, 1, 4], range=[0, 0.5, 1], clamp=True))
    squares = alt.Chart(alt.InlineData(values=rows)).mark_rect(color=BAND, stroke=RULE, strokeWidth=0.5, cornerRadius=3)
    drawn = squares.encode(
        x=alt.X("week:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)),
        y=alt.Y("weekday:O", title=None, sort=list(_WEEKDAYS), axis=alt.Axis(ticks=False, labelOverlap=False)),
        fillOpacity=shade,
        tooltip=[alt.Tooltip("day:N", title="Day"), alt.Tooltip("answers:Q", title="Answers")],
    )
    said = f"Days practised in the last {weeks} weeks: {practised} of {len(shown)}."
    chart: alt.Chart = drawn.properties(width="container", height=CALENDAR_HEIGHT, description=said)
    return chart


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _day(day: date, answers: int) -> dict[str, Any]:
    monday = day - timedelta(days=day.weekday())
    return {
        "week": f"{monday:%d %b}",
        "weekday": _WEEKDAYS[day.weekday()],
        "day": f"{day:%d %b %Y}",
        "answers": answers,
    }


def _rows(points: Sequence[TrendPoint]) -> list[dict[str, Any]]:
    medians = {
        take.attempt_id: middle
        for stretch in stretches(points)
        for take, middle in zip(stretch, rolling_median([take.value for take in stretch]), strict=True)
    }
    # A line never leads across takes that were measured in another way, even where the first way is taken up again.
    runs = groupby(points, setup_of)
    return [_row(take, medians[take.attempt_id], segment) for segment, (_, run) in enumerate(runs) for take in run]


def _row(point: TrendPoint, middle: float | None, segment: int) -> dict[str, Any]:
    return {
        "attempt_id": point.attempt_id,
        "spoken_at": point.spoken_at.isoformat(timespec="milliseconds"),
        "value": round(point.value, 3),
        "median": None if middle is None else round(middle, 3),
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


def _time_axis(moments: Sequence[datetime]) -> alt.Axis:
    import altair as alt

    # The default axis mixes hours, weekdays and months, which reads as a riddle when answers are days apart.
    if moments and moments[-1] - moments[0] > _DAYS_AXIS:
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
    drawn = alt.Chart(alt.InlineData(values=[{}])).mark_rect(color=BAND, opacity=0.18, aria=False)
    return [drawn.encode(y=edges[0], y2=edges[1])]


def _usual_layer(usual: tuple[float, float] | None) -> list[alt.Chart]:
    import altair as alt

    if usual is None:
        return []
    drawn = alt.Chart(alt.InlineData(values=[{}])).mark_rect(fillOpacity=0, stroke=RULE, strokeDash=[4, 3], aria=False)
    return [drawn.encode(y=alt.datum(usual[0]), y2=alt.datum(usual[1]))]


def _change_layer(points: Sequence[TrendPoint]) -> list[alt.Chart]:
    import altair as alt

    found = [
        {"at": (old.spoken_at + (new.spoken_at - old.spoken_at) / 2).isoformat(timespec="milliseconds"), "change": name}
        for old, new in pairwise(points)
        if (name := setup_change(old, new))
    ]
    if not found:
        return []
    rules = alt.Chart(alt.InlineData(values=found)).mark_rule(color=RULE, strokeWidth=2)
    return [rules.encode(x="at:T", tooltip=alt.Tooltip("change:N", title="From here"))]


def setup_change(old: TrendPoint, new: TrendPoint) -> str:
    """Say what is new in how a value was measured; empty where nothing is."""
    before, now = setup_of(old), setup_of(new)
    told = [_SETUP_NAMES[name](now) for name in Setup._fields if getattr(before, name) != getattr(now, name)]
    return f"now {', '.join(told)}" if told else ""


_SOURCES = {"browser": "browser microphone", "computer": "computer's microphone", "upload": "uploaded file"}
_SETUP_NAMES: Mapping[str, Callable[[Setup], str]] = {
    "model": lambda now: now.model or "text",
    "version": lambda now: f"formula {now.version}",
    "source": lambda now: _SOURCES.get(now.source, "another source"),
    "microphone": lambda now: (now.microphone or "unnamed microphone")[:_LONGEST_NAME],
    "program": lambda now: f"Rehearse {now.program or 'of before'}",
}


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
