"""The measurements: four cards with small pictures, and a table of all values with their bands and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import streamlit as st

from rehearse.metrics import METRICS, Band, Metric
from rehearse.metrics.judgement import judgement
from rehearse.metrics.value_text import amount, interval, verdict
from rehearse.model import Attempt, FeedbackContext, Measurement, Verdict
from rehearse.pages.feedback import picture
from rehearse.pages.shared import tables
from rehearse.pages.shared.text import plain
from rehearse.progress.baseline import Baseline, baseline, earlier_values
from rehearse.progress.measurement_error import expected_count, expected_range
from rehearse.storage.history import History

CARDS = ("answer_length", "speech_rate", "filled_pause_rate", "longest_pause")
"""Metrics shown as cards; all others are in the collapsed table."""
_CARD_WIDTH = 343
"""Pixels: two cards side by side on a laptop, one on a phone."""


def cards(history: History, attempt: Attempt, context: FeedbackContext) -> None:
    """Show the main values, each as a small picture beside its band and the earlier answers."""
    measured = {measurement.metric: measurement for measurement in attempt.measurements}
    shown = [name for name in CARDS if name in METRICS and name in measured]
    with st.container(horizontal=True, key="cards"):
        for name in shown:
            with st.container(border=True, width=_CARD_WIDTH, height="stretch", gap="xsmall", key=f"card_{name}"):
                _card(history, attempt, METRICS[name], measured[name], context)
    st.caption("Dot: this answer. Rings: your last answers. Shaded: comfortable to listen to.")
    if attempt.quality:
        st.markdown("**Not judged here:**\n" + "\n".join(f"- {plain(reason)}" for reason in attempt.quality))


def _card(
    history: History, attempt: Attempt, metric: Metric, measurement: Measurement, context: FeedbackContext
) -> None:
    value = measurement.value
    st.metric(
        plain(metric.label),
        _headline(attempt, metric, value),
        delta=_aim(attempt, metric, value, context),
        delta_color="off",
        delta_arrow="off",
    )
    if value is not None:
        judged = judgement(attempt, metric, value, context)
        earlier = earlier_values(history, metric.name, before=attempt)
        picture.show(value, judged.band if judged.standing else None, earlier, metric.label)
    if value is not None and _is_counted(metric):
        st.caption(plain(amount(value, metric.unit)))
    own = baseline(history, metric.name, before=attempt)
    lines = [_own(own, metric), _error(attempt, metric)]
    if any(lines):
        with st.popover("How sure is this?", type="tertiary", key=f"sure_{metric.name}"):
            for line in filter(None, lines):
                st.caption(plain(line))


def _is_counted(metric: Metric) -> bool:
    """Whether the number of times says more to a person than the rate."""
    return metric.name == "filled_pause_rate"


def _headline(attempt: Attempt, metric: Metric, value: float | None) -> str:
    if value is None or not _is_counted(metric):
        return amount(value, metric.unit)
    count = _ums(attempt)
    return f"{count} um{'s' * (count != 1)}"


def _aim(attempt: Attempt, metric: Metric, value: float | None, context: FeedbackContext) -> str | None:
    """Say what to aim for in an answer of this length; otherwise how the value lies to its band."""
    judged = judgement(attempt, metric, value, context)
    speech = attempt.spoken_span
    if not _is_counted(metric) or judged.standing is None or judged.band is None or speech is None:
        return verdict(attempt, metric, value, context)
    most = int((judged.band.high or 0) * speech.duration / 60)
    if judged.standing == "within":
        return f"{most} or fewer is fine in this length" if most else "none is fine"
    return f"aim for {most} or fewer in this length" if most else "aim for none in this length"


def _ums(attempt: Attempt) -> int:
    return sum(filler.counts for filler in attempt.fillers if filler.kind == "filled_pause")


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
    counted = _ums(attempt)
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
