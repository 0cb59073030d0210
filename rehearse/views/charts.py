"""Charts as Vega-Lite specifications; the page draws them.

They are plain dictionaries: Altair would take half a second to import and a third of a second to build them for each
view of the page. The data are in the layers, because Streamlit converts top-level data to a data frame.

Colours keep a contrast of at least 3:1 (WCAG 2.2, 1.4.11) against the light
and the dark page, and nothing is conveyed by colour alone: takes are dots,
their median is a line, the usual range a dashed frame, a change of set-up a
vertical rule. Times are sent to the browser in UTC, which shows them in its
own time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from rehearse.progress.change_detection import MEDIAN_OF, Setup, rolling_median, setup_of, stretches
from rehearse.views import time_axis

if TYPE_CHECKING:
    from rehearse.metrics import Band
    from rehearse.model import TrendPoint

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one."""

DOT = "#2F83C5"
LINE = "#C8631E"
BAND = "#2E9E6B"
RULE = "#808080"
HEIGHT = 190
"""Pixels, so that a phone shows three charts at once (house default)."""
OCCASIONS_HEIGHT = 110
"""Pixels for two rows of dots."""
CALENDAR_HEIGHT = 180
"""Pixels for the seven days of the week."""
CHOSEN = "take"
"""Name of the selection made by clicking a dot; its field is ``attempt_id``."""
_LONGEST_NAME = 30
"""Most characters of a device's name in a legend."""


def trend_chart(
    points: Sequence[TrendPoint],
    band: Band | None,
    unit: str,
    label: str,
    *,
    usual: tuple[float, float] | None = None,
) -> Spec:
    """Draw one metric over time: takes as dots, their rolling median as a line.

    The line breaks, with a rule, where the model, the microphone, or the
    version of the formula or of rehearse changed: a step there is not
    progress. Clicking a dot selects it under the name ``CHOSEN``.

    Args:
        points: Oldest first.
        band: The comfortable range; None draws none.
        unit: Unit of the values; may be empty.
        label: Display name of the metric.
        usual: The user's own range; None draws none.

    """
    moments = [point.spoken_at for point in points]
    y = field("value", "quantitative", unit or label, scale={"zero": False, "nice": True, "padding": 8})
    y["axis"] = {"format": ".6~g"}
    line: Spec = {
        "mark": {"type": "line", "color": LINE, "strokeWidth": 2.5, "aria": False},
        "encoding": {"y": {**y, "field": "median"}, "detail": field("segment", "nominal", None)},
    }
    dots: Spec = {
        "mark": {"type": "circle", "color": DOT, "size": 70, "opacity": 1, "cursor": "pointer"},
        "encoding": {"y": y, "tooltip": _tooltips(label, unit)},
        "params": [_CLICK],
    }
    takes = {"data": {"values": _rows(points)}, "encoding": {"x": time_axis.encoding(moments)}, "layer": [line, dots]}
    layers = [*band_layer(band), *_usual_layer(usual), *_change_layer(points), takes]
    return chart(layers, HEIGHT, _description(points, band, unit, label))


def occasions_chart(answers: Sequence[tuple[str, datetime, bool]]) -> Spec:
    """Draw which answers describe a concrete occasion: filled dots above, empty ones below.

    Args:
        answers: Id of the attempt, when it was spoken, and whether it describes one; oldest first.

    """
    rows = [
        {
            "attempt_id": name,
            "spoken_at": time_axis.written(moment),
            time_axis.STEP: number,
            "answer": _OCCASION[has_occasion],
            "full": has_occasion,
        }
        for number, (name, moment, has_occasion) in enumerate(answers, 1)
    ]
    both = [_OCCASION[True], _OCCASION[False]]
    dots: Spec = {
        "data": {"values": rows},
        "mark": {"type": "point", "color": DOT, "size": 70, "strokeWidth": 2, "opacity": 1, "cursor": "pointer"},
        "encoding": {
            "x": time_axis.encoding([moment for _, moment, _ in answers]),
            "y": field("answer", "nominal", None, sort=both, scale={"domain": both}),
            "fill": {"condition": {"test": "datum.full", "value": DOT}, "value": "transparent"},
            "tooltip": [_WHEN, field("answer", "nominal", "Example")],
        },
        "params": [_CLICK],
    }
    count = sum(has_occasion for _, _, has_occasion in answers)
    description = f"A specific example in {count} of {len(answers)} answers that called for one."
    return chart([dots], OCCASIONS_HEIGHT, description)


_OCCASION = {True: "one example", False: "none"}


def calendar_chart(days: Mapping[date, int], last: date, weeks: int) -> Spec:
    """Draw the days of the last weeks, one column per week, each with its number of answers.

    Args:
        days: Number of answers by day, in the local time zone.
        last: The last day drawn; its week is the last column.
        weeks: Number of columns.

    """
    monday = last - timedelta(days=last.weekday() + 7 * (weeks - 1))
    shown = [monday + timedelta(days=step) for step in range((last - monday).days + 1)]
    practised = sum(days.get(day, 0) > 0 for day in shown)
    weeks_axis = {"labelAngle": 0, "labelFlush": False, "labelOverlap": True, "ticks": False}
    days_axis = {"labelFlush": False, "labelOverlap": False, "ticks": False}
    shades = {"domain": [0, 1, 4], "range": [0, 0.5, 1], "clamp": True}
    squares: Spec = {
        "data": {"values": [_day(day, days.get(day, 0)) for day in shown]},
        "mark": {"type": "rect", "color": BAND, "stroke": RULE, "strokeWidth": 0.5, "cornerRadius": 3},
        "encoding": {
            "x": field("week", "ordinal", None, sort=None, axis=weeks_axis),
            "y": field("weekday", "ordinal", None, sort=list(_WEEKDAYS), axis=days_axis),
            "fillOpacity": field("answers", "quantitative", None, legend=None, scale=shades),
            "tooltip": [field("day", "nominal", "Day"), field("answers", "quantitative", "Answers")],
        },
    }
    description = f"Days practised in the last {weeks} weeks: {practised} of {len(shown)}."
    return chart([squares], CALENDAR_HEIGHT, description)


def chart(layers: list[Spec], height: int, description: str) -> Spec:
    """Combine layers into a chart as wide as the page; ``description`` is for screen readers."""
    return {"layer": layers, "width": "container", "height": height, "description": description}


def field(name: str, kind: str, title: str | None, **more: object) -> Spec:
    """Encode a field of type ``kind``, such as ``quantitative``; ``title`` is for axis and tooltip."""
    return {"field": name, "type": kind, "title": title, **more}


def band_layer(band: Band | None) -> list[Spec]:
    """Draw the comfortable range behind everything else; nothing without a band."""
    if band is None or (band.low is None and band.high is None):
        return []
    # An open side reaches the edge of the plot: pixel 0 at the top, its height at the bottom. Vega-Lite takes
    # pixels only for the second edge.
    edges: list[Spec] = [{"datum": edge} for edge in (band.low, band.high) if edge is not None]
    edges += [{"value": 0}] if band.high is None else [{"value": "height"}]
    return [_rectangle({"color": BAND, "opacity": 0.18}, *edges[:2])]


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
    # A line never crosses takes with another set-up, even if the first set-up is used again later.
    runs = groupby(points, setup_of)
    segments = [segment for segment, (_, run) in enumerate(runs) for _ in run]
    return [
        _row(take, medians[take.attempt_id], segment, step)
        for step, (take, segment) in enumerate(zip(points, segments, strict=True), 1)
    ]


def _row(point: TrendPoint, middle: float | None, segment: int, step: int) -> dict[str, Any]:
    return {
        "attempt_id": point.attempt_id,
        "spoken_at": time_axis.written(point.spoken_at),
        time_axis.STEP: step,
        "value": round(point.value, 3),
        "median": None if middle is None else round(middle, 3),
        "segment": segment,
        "kind": (point.kind or "no question").replace("_", " "),
        "model": point.model or "text",
    }


_CLICK: Spec = {"name": CHOSEN, "select": {"type": "point", "fields": ["attempt_id"], "on": "click"}}
_WHEN = field("spoken_at", "temporal", "Spoken", format="%d %b %Y, %H:%M")


def _tooltips(label: str, unit: str) -> list[Spec]:
    return [
        _WHEN,
        field("value", "quantitative", f"{label} ({unit})" if unit else label, format=".1f"),
        field("median", "quantitative", f"Median of {MEDIAN_OF}", format=".1f"),
        field("kind", "nominal", "Question"),
        field("model", "nominal", "Transcribed by"),
    ]


def _usual_layer(usual: tuple[float, float] | None) -> list[Spec]:
    if usual is None:
        return []
    look = {"fillOpacity": 0, "stroke": RULE, "strokeDash": [4, 3]}
    return [_rectangle(look, {"datum": usual[0]}, {"datum": usual[1]})]


def _rectangle(look: Spec, edge: Spec, other: Spec) -> Spec:
    mark = {"type": "rect", "aria": False, **look}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"y": edge, "y2": other}}


def _change_layer(points: Sequence[TrendPoint]) -> list[Spec]:
    moments = [point.spoken_at for point in points]
    found = [
        {**time_axis.change_at(moments, number), "change": name}
        for number, (old, new) in enumerate(pairwise(points))
        if (name := setup_change(old, new))
    ]
    if not found:
        return []
    encoding = {"x": time_axis.change_encoding(moments), "tooltip": field("change", "nominal", "From here")}
    mark = {"type": "rule", "color": RULE, "strokeWidth": 2}
    return [{"data": {"values": found}, "mark": mark, "encoding": encoding}]


def setup_change(old: TrendPoint, new: TrendPoint) -> str:
    """Describe what changed in how a value was measured; empty if nothing did."""
    return setup_words(setup_of(old), setup_of(new))


def setup_words(before: Setup, now: Setup) -> str:
    """Describe what changed in a set-up; empty if nothing did."""
    changed = [_SETUP_NAMES[name](now) for name in Setup._fields if getattr(before, name) != getattr(now, name)]
    return f"now {', '.join(changed)}" if changed else ""


_SOURCES = {"browser": "browser microphone", "computer": "computer's microphone", "upload": "uploaded file"}
_SETUP_NAMES: Mapping[str, Callable[[Setup], str]] = {
    "model": lambda now: now.model or "text",
    "version": lambda now: f"formula {now.version}",
    "source": lambda now: _SOURCES.get(now.source, "another source"),
    "microphone": lambda now: (now.microphone or "unnamed microphone")[:_LONGEST_NAME],
    "program": lambda now: f"Rehearse {now.program}" if now.program else "an older Rehearse",
}


def _description(points: Sequence[TrendPoint], band: Band | None, unit: str, label: str) -> str:
    if not points:
        return f"{label}: no answers yet."
    values = [point.value for point in points]
    summary = f"{label} of {len(values)} answers, from {min(values):.1f} to {max(values):.1f} {unit}".rstrip()
    return f"{summary}, the last one {values[-1]:.1f}{_comfortable(band)}."


def _comfortable(band: Band | None) -> str:
    low = f" from {band.low:g}" if band and band.low is not None else ""
    high = f" up to {band.high:g}" if band and band.high is not None else ""
    return f"; comfortable{low}{high}" if low or high else ""
