"""The measured values: four cards, and a table of everything with its band and source."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rehearse.datatypes import Attempt, Measurement
from rehearse.history import History
from rehearse.metrics import METRICS, Band, Metric
from rehearse.pages.text import clock, plain
from rehearse.words import is_filled_pause

CARDS = ("answer_length", "speech_rate", "filled_pause_rate", "longest_pause")
"""The few numbers that stay in sight; all others fold away."""

OWN_LAST = 5

_MINUTE = 60.0
_WHOLE_FROM = 20.0
"""From here on a decimal says nothing (house default)."""


def cards(history: History, attempt: Attempt) -> None:
    """Show the few numbers, each with its band and the person's own last five."""
    measured = {measurement.metric: measurement for measurement in attempt.measurements}
    with st.container(horizontal=True, key="cards"):
        for name in CARDS:
            if name in METRICS and name in measured:
                _card(history, attempt, METRICS[name], measured[name])
    st.caption(f"Under each value its comfortable band; the line is your own last {OWN_LAST} answers and this one.")


def _card(history: History, attempt: Attempt, metric: Metric, measurement: Measurement) -> None:
    own = own_last(history, attempt, metric.name)
    st.metric(
        plain(metric.label),
        amount(measurement.value, metric.unit),
        delta=verdict(attempt, metric, measurement.value),
        delta_color="off",
        delta_arrow="off",
        border=True,
        chart_data=own if len(own) > 1 else None,
        width=160,
        height="stretch",
    )


def own_last(history: History, attempt: Attempt, metric: str) -> list[float]:
    """Give the person's own last values up to this attempt, oldest first, of this attempt's version."""
    versions = {m.metric: m.version for m in attempt.measurements}
    points = [
        point.value
        for point in history.trend(metric)
        if point.spoken_at <= attempt.spoken_at and point.version == versions.get(metric)
    ]
    return points[-OWN_LAST - 1 :]


def table(attempt: Attempt) -> None:
    """Fold away every number with its comfortable band and where that band comes from."""
    with st.expander("All numbers, with their bands and sources"):
        st.table(pd.DataFrame(rows(attempt)).set_index("Measurement"))


def rows(attempt: Attempt) -> list[dict[str, str]]:
    """Give one row a measurement, in the registry's order."""
    kind = attempt.question.kind if attempt.question else None
    return [
        {
            "Measurement": metric.label,
            "Value": amount(measurement.value, metric.unit),
            "Comfortable": interval(metric.band(kind), metric.unit),
            "Here": verdict(attempt, metric, measurement.value) or "",
            "Source": metric.source,
        }
        for measurement in attempt.measurements
        if (metric := METRICS.get(measurement.metric)) is not None
    ]


def amount(value: float | None, unit: str) -> str:
    """Write a value with its unit.

    >>> amount(92.0, "s"), amount(4.62, "1/min"), amount(None, "s")
    ('1:32 min', '4.6 1/min', 'not judged')
    """
    if value is None:
        return "not judged"
    if unit == "s" and value >= _MINUTE:
        return f"{clock(value)} min"
    return f"{_short(value)} {unit}".strip()


def interval(band: Band | None, unit: str) -> str:
    """Write a band; an open side is said in words."""
    if band is None:
        return "not judged"
    name = "min" if _in_minutes(band, unit) else unit
    joint = "from " if band.high is None else "up to " if band.low is None else ""
    return f"{joint}{_range(band, unit)} {name}".strip()


def _range(band: Band, unit: str) -> str:
    write = clock if _in_minutes(band, unit) else _short
    return "\N{EN DASH}".join(write(edge) for edge in (band.low, band.high) if edge is not None)


def _in_minutes(band: Band, unit: str) -> bool:
    return unit == "s" and max(band.low or 0, band.high or 0) >= _MINUTE


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= _WHOLE_FROM or value == int(value) else f"{value:.1f}"


def verdict(attempt: Attempt, metric: Metric, value: float | None) -> str | None:
    """Say in words how a value lies to its band; None where there is no value."""
    band = metric.band(attempt.question.kind if attempt.question else None)
    if value is None:
        return None
    if band is None:
        return "not judged"
    if content_words(attempt) < metric.judged_from:
        return f"under {metric.judged_from} words"
    if band.low is not None and value < band.low:
        return f"below {_range(band, metric.unit)}"
    if band.high is not None and value > band.high:
        return f"above {_range(band, metric.unit)}"
    return f"within {_range(band, metric.unit)}"


def content_words(attempt: Attempt) -> int:
    """Count the words without filled pauses, from which some values are judged and some not yet."""
    return sum(not is_filled_pause(word.text) for word in attempt.transcript.words)
