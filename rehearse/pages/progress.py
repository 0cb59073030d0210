"""Progress: how each measurement moved over the answers, one small chart each."""

from __future__ import annotations

from statistics import median

import pandas as pd
import streamlit as st

from rehearse.charts import MEDIAN_OF, trend_chart
from rehearse.datatypes import QUESTION_KINDS, TrendPoint
from rehearse.history import AttemptSummary
from rehearse.metrics import METRICS, Metric
from rehearse.pages import empty
from rehearse.pages.numbers import CARDS
from rehearse.pages.services import Services, services
from rehearse.pages.text import kind_label, plain, when
from rehearse.phrases import amount, interval


def page() -> None:
    """Show the page."""
    shared = services()
    st.title("Progress", anchor=False)
    summaries = shared.history.summaries()
    if not summaries:
        empty.show(shared, "Your answers over time appear here, one dot for each.")
        return
    kind = _chosen_kind(summaries)
    shown = [name for name in CARDS if name in METRICS]
    for name in shown:
        _trend(shared, METRICS[name], kind)
    with st.expander("All other measurements"):
        for metric in METRICS.values():
            if metric.name not in shown:
                _trend(shared, metric, kind)
    with st.expander("As a table"):
        st.dataframe(table(summaries, kind), hide_index=True)


def _chosen_kind(summaries: tuple[AttemptSummary, ...]) -> str | None:
    practised = {summary.kind for summary in summaries}
    kinds = [kind for kind in QUESTION_KINDS if kind in practised]
    return st.selectbox(
        "Kind of question",
        [None, *kinds],
        format_func=lambda kind: kind_label(kind) if kind else "All kinds",
        width=260,
    )


def _trend(shared: Services, metric: Metric, kind: str | None) -> None:
    points = shared.history.trend(metric.name, kind=kind)
    band = metric.band(kind)
    st.header(plain(metric.label), anchor=False)
    if points:
        st.altair_chart(trend_chart(points, band, metric.unit, metric.label), key=f"chart_{metric.name}")
    st.caption(plain(sentence(points, metric, kind)))


def sentence(points: tuple[TrendPoint, ...], metric: Metric, kind: str | None) -> str:
    """Say what the chart shows, and no more than its number of answers allows."""
    if not points:
        return "Not judged in any answer yet."
    band = metric.band(kind)
    comfortable = f" Comfortable: {interval(band, metric.unit)}." if band is not None else ""
    if len(points) < MEDIAN_OF:
        last = amount(points[-1].value, metric.unit)
        return f"Latest: {last}. A middle line appears from {MEDIAN_OF} answers on.{comfortable}"
    middle = amount(median(point.value for point in points[-MEDIAN_OF:]), metric.unit)
    return f"Middle of the last {MEDIAN_OF} answers: {middle}.{comfortable}"


def table(summaries: tuple[AttemptSummary, ...], kind: str | None) -> pd.DataFrame:
    """Give one row an answer, newest first, one column a measurement; unknown cells are empty."""
    rows = [
        {
            "Spoken": when(summary.spoken_at),
            "Question": summary.prompt or "",
            **{_column(metric): summary.values.get(metric.name) for metric in METRICS.values()},  # noqa: PD011 - a mapping, no table
        }
        for summary in summaries
        if kind in (None, summary.kind)
    ]
    return pd.DataFrame(rows)


def _column(metric: Metric) -> str:
    return f"{metric.label} ({metric.unit})" if metric.unit else metric.label


page()
