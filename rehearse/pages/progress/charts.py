"""One measurement over time: a sentence, and a chart whose dots open their answers or a table that does the same."""

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
from rehearse.pages.shared import routes
from rehearse.pages.shared.past import trend as values_of
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import day, kind_label, plain, when
from rehearse.progress.change_detection import MEDIAN_OF, NEW, OLD, changes, current_level, own_range, setup_of
from rehearse.progress.measurement_error import expected_range
from rehearse.progress.next_practice import asked_for_an_occasion, told_an_occasion
from rehearse.storage.history import AttemptSummary
from rehearse.views.charts import CHOSEN, occasions_chart, setup_change, trend_chart

MOST_DRAWN = 300
"""Newest takes in a chart: more dots than this hide each other, and slow the page (house default)."""

LAST_ASKED = 5
"""Answers in the count of occasions (house default)."""
FEW_DAYS = 3
"""Days under which a change is told with a caution: answers of one sitting resemble each other (house default)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person chose to see.

    Attributes:
        kind: Of the question; None for all.
        competency: What the question probes; None for all.
        tables: Whether tables stand where the charts do.
        context: What is drawn without a band, as the person chose.

    """

    kind: str | None
    competency: str | None
    tables: bool
    context: FeedbackContext = NO_LIMITS


def legend(shown: Shown) -> None:
    """Say once how all charts are read."""
    if shown.tables:
        st.caption("Choose a row to open that answer.")
        return
    st.caption(
        f"A dot is an answer: choose it to open it. Line: middle of {MEDIAN_OF} answers. Green: comfortable. "
        "Dashed frame: your usual range, eight answers of ten. Upright line: measured in another way from there on, "
        "so nothing is compared across it."
    )


def trend(shared: Services, metric: Metric, shown: Shown) -> None:
    """Show one measurement."""
    points = values_of(shared.history, metric.name, shown.kind, shown.competency)
    st.subheader(plain(metric.label), anchor=False)
    error = _error(shared, metric, points)
    moved = sentence(points, metric, error)
    if moved:
        st.markdown(f":material/trending_flat: {plain(moved)}")
    else:
        st.caption(quiet(points))
    usual = own_range([point.value for point in current_level(points, error=error)]) if points else None
    if shown.tables and points:
        _table(points[-MOST_DRAWN:], metric)
    elif points:
        _chart(points[-MOST_DRAWN:], metric, shown, usual)
    st.caption(plain(_range_said(points, metric, shown, usual)))


def _band(points: tuple[TrendPoint, ...], metric: Metric, shown: Shown) -> Band | None:
    """Give the band that holds for every answer shown; None where each kind of question has its own."""
    found = {judged_band(metric, point.kind, shown.context) for point in points} or {
        judged_band(metric, shown.kind, shown.context)
    }
    return found.pop() if len(found) == 1 else None


def _chart(points: tuple[TrendPoint, ...], metric: Metric, shown: Shown, usual: tuple[float, float] | None) -> None:
    band = _band(points, metric, shown)
    chart = trend_chart(points, band, metric.unit, metric.label, usual=usual)
    key = f"chart_{metric.name}"
    chosen = st.vega_lite_chart(chart, key=key, on_select="rerun", selection_mode=CHOSEN)
    _open_chosen(key, _ids(chosen))


def occasions(summaries: tuple[AttemptSummary, ...], shown: Shown) -> None:
    """Show which answers told one concrete occasion, of those that were asked for one."""
    asked = [
        one
        for one in reversed(asked_for_an_occasion(summaries))
        if shown.kind in (None, one.kind) and shown.competency in (None, one.competency)
    ]
    st.subheader("Concrete occasions", anchor=False)
    if not asked:
        st.caption("None of these questions asks for an occasion.")
        return
    last = asked[-LAST_ASKED:]
    told = sum(map(told_an_occasion, last))
    st.caption(
        f"{told or 'None'} of the last {len(last)} that were asked for an occasion told one."
        if len(last) > 1
        else f"The last answer that was asked for an occasion told {'one' if told else 'none'}."
    )
    drawn = asked[-MOST_DRAWN:]
    if shown.tables:
        newest_first = drawn[::-1]
        rows = [
            {"Spoken": when(one.spoken_at), "Told": "one occasion" if told_an_occasion(one) else "none"}
            for one in newest_first
        ]
        _rows_to_open("occasions", rows, [one.id for one in newest_first])
        return
    chart = occasions_chart([(one.id, one.spoken_at, told_an_occasion(one)) for one in drawn])
    chosen = st.vega_lite_chart(chart, key="chart_occasions", on_select="rerun", selection_mode=CHOSEN)
    _open_chosen("chart_occasions", _ids(chosen))


def sentence(points: tuple[TrendPoint, ...], metric: Metric, error: float = 0.0) -> str:
    """Say how the measurement moved, the last time that it did; empty where no change can be told from chance."""
    called = changes(points, error=error)
    if not called:
        return ""
    change = called[-1]
    before, after = amount(change.before, metric.unit), amount(change.after, metric.unit)
    moved = f"from {before} to {after}" if before != after else f"a little, within {before},"
    said = f"Moved {moved} since {day(change.since)}: more than your answers usually differ."
    if change.kind_before != change.kind_after:
        kinds = [kind_label(kind).lower() for kind in (change.kind_before, change.kind_after)]
        said += f" The questions moved too, from mostly {kinds[0]} to mostly {kinds[1]}, which may be why."
    if change.days < FEW_DAYS:
        on = "a single day" if change.days == 1 else f"{change.days} days"
        said += f" The answers since are of {on} only: look again after another one."
    if change.setup != setup_of(points[-1]):
        said += " It is measured in another way by now, which is not compared with that."
    return said


def quiet(points: tuple[TrendPoint, ...]) -> str:
    """Say why no change is told."""
    if not points:
        return "Not judged in any answer yet."
    missing = OLD + NEW - sum(setup_of(point) == setup_of(points[-1]) for point in points)
    if missing > 0:
        return f"A change over time can be told after {missing} more answer{'s' * (missing > 1)}."
    return "No change beyond your usual spread."


def _error(shared: Services, metric: Metric, points: tuple[TrendPoint, ...]) -> float:
    """Take the known error of the newest value for that of all; 0 where none is known."""
    newest = shared.history.get(points[-1].attempt_id) if points else None
    expected = expected_range(newest, metric.name) if newest else None
    return (expected[1] - expected[0]) / 2 if expected else 0.0


def _range_said(points: tuple[TrendPoint, ...], metric: Metric, shown: Shown, usual: tuple[float, float] | None) -> str:
    said = []
    band = _band(points, metric, shown)
    if band is not None:
        said.append(f"Comfortable: {interval(band, metric.unit)}.")
    elif judged_band(metric, shown.kind, shown.context) is not None:
        said.append("What is comfortable depends on the kind of question: choose one above.")
    if usual is not None:
        said.append(f"Your usual: {interval(Band(*usual), metric.unit)}.")
    if points:
        said.append(f"Latest: {amount(points[-1].value, metric.unit)}.")
    others = [(new, told) for old, new in pairwise(points) if (told := setup_change(old, new))]
    if others:
        said.append(f"Since {day(others[-1][0].spoken_at)}: {others[-1][1]}.")
    if len(points) > MOST_DRAWN:
        said.append(f"The newest {MOST_DRAWN} of {len(points)} answers are shown.")
    return " ".join(said)


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
    """Read which dots were clicked."""
    return [one["attempt_id"] for one in chosen["selection"].get(CHOSEN, []) if "attempt_id" in one]


def _open_chosen(key: str, chosen: list[str]) -> None:
    """Open the answer that was chosen just now; a choice that a rerun finds again was opened before."""
    handled = f"{key}_opened"
    if chosen and st.session_state.get(handled) != chosen[0]:
        st.session_state[handled] = chosen[0]
        st.switch_page(routes.FEEDBACK, query_params={"take": chosen[0]})
    if not chosen:
        st.session_state.pop(handled, None)
