"""The measured values: four cards, and a table of everything with its band and source."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rehearse.datatypes import Attempt, Measurement
from rehearse.history import History
from rehearse.metrics import METRICS, Metric
from rehearse.pages.text import plain
from rehearse.phrases import amount, interval, verdict

CARDS = ("answer_length", "speech_rate", "filled_pause_rate", "longest_pause")
"""The few numbers that stay in sight; all others fold away."""

OWN_LAST = 5


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
