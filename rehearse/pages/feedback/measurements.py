"""The measurements: four cards, and a table of all values with their bands and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import streamlit as st

from rehearse.metrics import METRICS, Band, Metric
from rehearse.metrics.value_text import amount, interval, verdict
from rehearse.model import Attempt, FeedbackContext, Measurement, Verdict
from rehearse.pages.shared import tables
from rehearse.pages.shared.text import plain
from rehearse.progress.baseline import Baseline, baseline
from rehearse.progress.measurement_error import expected_count, expected_range
from rehearse.storage.history import History

CARDS = ("answer_length", "speech_rate", "filled_pause_rate", "longest_pause")
"""Metrics shown as cards; all others are in the collapsed table."""


def cards(history: History, attempt: Attempt, context: FeedbackContext) -> None:
    """Show the main values, each with its band, the user's own baseline and the expected range."""
    measured = {measurement.metric: measurement for measurement in attempt.measurements}
    shown = [name for name in CARDS if name in METRICS and name in measured]
    with st.container(horizontal=True, key="cards"):
        for name in shown:
            with st.container(border=True, width=164, height="stretch", gap="xsmall", key=f"card_{name}"):
                _card(history, attempt, METRICS[name], measured[name], context)
    st.caption(
        "Each value with its comfortable band, with your own last answers before this one, and with the range to "
        "expect where the recogniser's errors are known."
    )
    if attempt.quality:
        st.markdown("**Not judged here:**\n" + "\n".join(f"- {plain(reason)}" for reason in attempt.quality))


def _card(
    history: History, attempt: Attempt, metric: Metric, measurement: Measurement, context: FeedbackContext
) -> None:
    st.metric(
        plain(metric.label),
        amount(measurement.value, metric.unit),
        delta=verdict(attempt, metric, measurement.value, context),
        delta_color="off",
        delta_arrow="off",
    )
    own = baseline(history, metric.name, before=attempt)
    for line in (_own(own, metric), _error(attempt, metric)):
        if line:
            st.caption(plain(line))


def _own(own: Baseline | None, metric: Metric) -> str:
    """Return the user's usual range; empty if there are too few earlier answers."""
    return f"your last {own.takes}: {_usual(own, metric)}" if own else ""


def _usual(own: Baseline, metric: Metric) -> str:
    unit = metric.unit if metric.unit == "s" else ""  # any other unit is already shown beside the value
    return f"{interval(Band(own.low, own.high), unit)}, middle {amount(own.median, unit)}"


def _error(attempt: Attempt, metric: Metric) -> str:
    """Return the expected range of the value; empty if the recogniser's error is not known."""
    if metric.name == "filled_pause_rate":
        return _count(attempt)
    expected = expected_range(attempt, metric.name)
    if expected is None or metric.unit == "s":
        return ""
    return f"expect {interval(Band(*expected), '')}"


def _count(attempt: Attempt) -> str:
    fillers = [filler for filler in attempt.fillers if filler.kind == "filled_pause"]
    counted = sum(filler.counts for filler in fillers)
    if judged := _judged([filler.verdict for filler in fillers]):
        return f"{counted} um/uh, {judged}"
    expected = expected_count("filled_pause", counted, attempt.model)
    if expected is None or expected[0] == expected[1]:
        return f"{counted} um/uh"
    return f"{counted} um/uh, expect {expected[0]} to {expected[1]}"


def _judged(verdicts: Collection[Verdict | None]) -> str:
    """Describe how the user judged the counted fillers; empty if the user judged none."""
    if verdicts and all(verdicts):
        return "as you judged them"
    tally = Counter(verdict for verdict in verdicts if verdict)
    parts = [f"{count} {verdict}" for verdict, count in sorted(tally.items())]
    return f"{' and '.join(parts)} by you" if parts else ""


def table(history: History, attempt: Attempt, context: FeedbackContext) -> None:
    """Show all values in a collapsed table with band, usual range and the source of the band."""
    fold = st.expander("All numbers, with their bands and sources", key="numbers", on_change="rerun")
    with fold:
        if fold.open:
            tables.show(rows(history, attempt, context), by="Measurement")
            st.markdown("**Where formulas and bands come from**")
            st.markdown(
                "\n".join(
                    f"- {plain(f'{metric.label}: {metric.formula}. {metric.source}')}" for metric in _metrics(attempt)
                )
            )


def rows(history: History, attempt: Attempt, context: FeedbackContext) -> list[dict[str, str]]:
    """Return one row per measurement, in registry order."""
    values = {measurement.metric: measurement.value for measurement in attempt.measurements}
    return [
        {
            "Measurement": metric.label,
            "Value": amount(values[metric.name], metric.unit),
            "Comfortable": verdict(attempt, metric, values[metric.name], context) or "",
            "Usual for you": _usual(own, metric) if (own := baseline(history, metric.name, before=attempt)) else "",
        }
        for metric in _metrics(attempt)
    ]


def _metrics(attempt: Attempt) -> list[Metric]:
    return [METRICS[found.metric] for found in attempt.measurements if found.metric in METRICS]
