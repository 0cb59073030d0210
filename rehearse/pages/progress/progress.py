"""Progress: what to practise next, the days of practice, and each measurement over time."""

from __future__ import annotations

import streamlit as st

from rehearse.app.settings import read_settings
from rehearse.metrics import METRICS
from rehearse.model import FeedbackContext
from rehearse.pages.feedback.measurements import CARDS
from rehearse.pages.progress import charts, next_practice, victories
from rehearse.pages.progress.charts import Shown
from rehearse.pages.shared import empty
from rehearse.pages.shared.past import competencies, everything, kinds
from rehearse.pages.shared.services import Services, services
from rehearse.pages.shared.text import kind_label
from rehearse.storage.history import AttemptSummary


def page() -> None:
    """Show the page."""
    shared = services()
    st.title("Progress", anchor=False)
    summaries = everything(shared.history)
    if not summaries:
        empty.show(shared, "Your answers over time appear here, one dot for each.")
        return
    victories.show(shared)
    next_practice.show(shared, summaries)
    st.header("Over time", anchor=False)
    shown = _chosen(shared, summaries)
    charts.legend(shown)
    names = [name for name in CARDS if name in METRICS]
    for left in range(0, len(names), 2):
        for column, name in zip(st.columns(2), names[left : left + 2], strict=False):
            with column:
                charts.trend(shared, METRICS[name], shown)
    charts.occasions(summaries, shown)
    _another(shared, shown, names)
    next_practice.compare(summaries)
    next_practice.calendar(summaries)


def _chosen(shared: Services, summaries: tuple[AttemptSummary, ...]) -> Shown:
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        kind = st.selectbox(
            "Kind of question",
            [None, *kinds(summaries)],
            format_func=lambda kind: kind_label(kind) if kind else "All kinds",
            key="progress_kind",
            width=200,
        )
        competency = st.selectbox(
            "Competency",
            [None, *competencies(summaries)],
            format_func=lambda competency: competency.capitalize() if competency else "All competencies",
            key="progress_competency",
            width=220,
        )
        as_tables = st.segmented_control(
            "Show as", ["Charts", "Tables"], default="Charts", required=True, key="progress_as"
        )
    context = FeedbackContext(read_settings(shared.history.documents).unjudged)
    return Shown(kind, competency, tables=as_tables == "Tables", context=context)


def _another(shared: Services, shown: Shown, shown_names: list[str]) -> None:
    others = [name for name in METRICS if name not in shown_names]
    name = st.selectbox(
        "Another measurement",
        others,
        index=None,
        format_func=lambda name: METRICS[name].label,
        placeholder="Choose one of the others",
        key="progress_other",
        width=320,
    )
    if name is not None:
        charts.trend(shared, METRICS[name], shown)


page()
