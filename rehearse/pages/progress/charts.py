"""A measurement over time: a sentence, and a chart or table from which the answers can be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import streamlit as st

from rehearse.metrics import Band, Metric
from rehearse.metrics.judgement import judged_band
from rehearse.metrics.value_text import amount, interval
from rehearse.model import NO_LIMITS, FeedbackContext, TrendPoint
from rehearse.pages.progress.wording import band_of, cautions, is_better, known_error, last_change, moved, standing
from rehearse.pages.shared import routes
from rehearse.pages.shared.past import trend as values_of
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import day, kind_label, plain, when
from rehearse.progress.change_detection import MEDIAN_OF, current_level, own_range
from rehearse.progress.next_practice import asked_for_an_occasion, told_an_occasion
from rehearse.storage.history import AttemptSummary
from rehearse.views.charts import CHOSEN, occasions_chart, setup_change, trend_chart

MOST_DRAWN = 300
"""Most takes in a chart, the newest: more dots overlap and slow the page (house default)."""

LAST_ASKED = 5
"""Number of latest answers in the count of occasions (house default)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person chose to see.

    Attributes:
        kind: Kind of question; None for all.
        competency: Competency that the question probes; None for all.
        tables: Whether to show tables instead of charts.
        context: What the person chose not to have judged, which is drawn without a band.

    """

    kind: str | None
    competency: str | None
    tables: bool
    context: FeedbackContext = NO_LIMITS


def legend(shown: Shown) -> None:
    """Show a legend for all charts."""
    if shown.tables:
        st.caption("Choose a row to open that answer.")
        return
    with st.popover("How to read these", type="tertiary", icon=":material/help:"):
        st.markdown(
            "Each dot is an answer: choose it to open it. Several on one day stand one after another. "
            f"Line: median of {MEDIAN_OF} answers. Green: comfortable. "
            "Dashed frame: your usual range, eight answers in ten. Vertical line: the measurement changed here, "
            "so don't compare across it. A change is reported only where it's more than chance."
        )


def trend(shared: Services, metric: Metric, shown: Shown) -> None:
    """Show a measurement."""
    points = values_of(shared.history, metric.name, shown.kind, shown.competency)
    st.subheader(plain(metric.label), anchor=False)
    error = known_error(shared.history, metric, points)
    change = last_change(points, error)
    if change is not None:
        icon = (
            ":material/check_circle: " if is_better(change, band_of(points, metric, shown.context, shown.kind)) else ""
        )
        st.markdown(f"{icon}**{plain(moved(change, metric))}**")
        if text := cautions(change, points):
            st.caption(plain(text))
    else:
        st.markdown(plain(standing(points, metric)))
    usual = own_range([point.value for point in current_level(points, error=error)]) if points else None
    if shown.tables and points:
        _table(points[-MOST_DRAWN:], metric)
    elif points:
        _chart(points[-MOST_DRAWN:], metric, shown, usual)
    if text := _range_text(points, metric, shown, usual):
        with st.popover("Your range and the latest", type="tertiary", key=f"range_{metric.name}"):
            st.markdown(plain(text))


def _chart(points: tuple[TrendPoint, ...], metric: Metric, shown: Shown, usual: tuple[float, float] | None) -> None:
    band = band_of(points, metric, shown.context, shown.kind)
    chart = trend_chart(points, band, metric.unit, metric.label, usual=usual)
    key = f"chart_{metric.name}"
    chosen = st.vega_lite_chart(chart, key=key, on_select="rerun", selection_mode=CHOSEN)
    _open_chosen(key, _ids(chosen))


def occasions(summaries: tuple[AttemptSummary, ...], shown: Shown) -> None:
    """Show which of the answers to questions about an occasion told one concrete occasion."""
    asked = [
        answer
        for answer in reversed(asked_for_an_occasion(summaries))
        if shown.kind in (None, answer.kind) and shown.competency in (None, answer.competency)
    ]
    st.subheader("Specific examples", anchor=False)
    if not asked:
        st.caption("None of these questions asks for an example.")
        return
    last = asked[-LAST_ASKED:]
    count = sum(map(told_an_occasion, last))
    st.caption(
        f"{count or 'None'} of your last {len(last)} answers to “tell me about a time” gave a specific example."
        if len(last) > 1
        else f"Your last answer to “tell me about a time” gave {'a' if count else 'no'} specific example."
    )
    drawn = asked[-MOST_DRAWN:]
    if shown.tables:
        newest_first = drawn[::-1]
        rows = [
            {"Spoken": when(answer.spoken_at), "Example": "one example" if told_an_occasion(answer) else "none"}
            for answer in newest_first
        ]
        _rows_to_open("occasions", rows, [answer.id for answer in newest_first])
        return
    chart = occasions_chart([(answer.id, answer.spoken_at, told_an_occasion(answer)) for answer in drawn])
    chosen = st.vega_lite_chart(chart, key="chart_occasions", on_select="rerun", selection_mode=CHOSEN)
    _open_chosen("chart_occasions", _ids(chosen))


def _range_text(points: tuple[TrendPoint, ...], metric: Metric, shown: Shown, usual: tuple[float, float] | None) -> str:
    text = []
    band = band_of(points, metric, shown.context, shown.kind)
    if band is not None:
        text.append(f"Comfortable: {interval(band, metric.unit)}.")
    elif judged_band(metric, shown.kind, shown.context) is not None:
        text.append("What is comfortable depends on the kind of question: choose one above.")
    if usual is not None:
        text.append(f"Your usual: {interval(Band(*usual), metric.unit)}.")
    if points:
        text.append(f"Latest: {amount(points[-1].value, metric.unit)}.")
    others = [(new, change) for old, new in pairwise(points) if (change := setup_change(old, new))]
    if others:
        text.append(f"Since {day(others[-1][0].spoken_at)}: {others[-1][1]}.")
    if len(points) > MOST_DRAWN:
        text.append(f"The newest {MOST_DRAWN} of {len(points)} answers are shown.")
    return " ".join(text)


def _table(points: tuple[TrendPoint, ...], metric: Metric) -> None:
    newest_first = points[::-1]
    rows = [
        {"Spoken": when(point.spoken_at), _column(metric): round(point.value, 1), "Question": kind_label(point.kind)}
        for point in newest_first
    ]
    _rows_to_open(metric.label, rows, [point.attempt_id for point in newest_first])


def _rows_to_open(name: str, rows: Sequence[Mapping[str, object]], ids: list[str]) -> None:
    key = f"table_{name}"
    chosen = st.dataframe(
        rows,
        key=key,
        hide_index=True,
        height=220,
        on_select="rerun",
        selection_mode="single-row",
        alt=f"{name.capitalize()} of your answers, newest first",
    )
    _open_chosen(key, [ids[row] for row in chosen["selection"]["rows"][:1]])


def _column(metric: Metric) -> str:
    return f"{metric.label} ({metric.unit})" if metric.unit else metric.label


def _ids(chosen: Mapping[str, Any]) -> list[str]:
    """Return the attempt ids of the selected dots."""
    return [dot["attempt_id"] for dot in chosen["selection"].get(CHOSEN, []) if "attempt_id" in dot]


def _open_chosen(key: str, chosen: list[str]) -> None:
    """Open a newly chosen answer; a selection that persists after a rerun has been opened before."""
    handled = f"{key}_opened"
    if chosen and st.session_state.get(handled) != chosen[0]:
        st.session_state[handled] = chosen[0]
        st.switch_page(routes.FEEDBACK, query_params={"take": chosen[0]})
    if not chosen:
        st.session_state.pop(handled, None)
