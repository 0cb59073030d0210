"""What was practised, read once for each state of the history, however often a page is drawn."""

from __future__ import annotations

import streamlit as st

from rehearse.model import QUESTION_KINDS, TrendPoint
from rehearse.storage.history import AttemptSummary, History


def _state(history: History) -> tuple[str, int, int]:
    """Tell one state of a history from all others: every commit changes the file."""
    found = history.path.stat()
    return str(history.path), found.st_mtime_ns, found.st_size


# cache_resource hands out the same tuples, where cache_data would copy thousands of rows at every look; nobody can
# change them.
@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={History: _state})
def everything(history: History) -> tuple[AttemptSummary, ...]:
    """Give the person's answers, newest first; the sample is not theirs."""
    return history.summaries()


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={History: _state})
def trend(history: History, metric: str, kind: str | None, competency: str | None) -> tuple[TrendPoint, ...]:
    """Give the values of one metric, oldest first; the sample's is not among them."""
    return history.trend(metric, kind=kind, competency=competency)


def of_question(history: History, question_id: str | None) -> tuple[AttemptSummary, ...]:
    """Give the person's answers to one question, newest first; none where no question is named."""
    return history.summaries(question_id=question_id) if question_id else ()


def kinds(summaries: tuple[AttemptSummary, ...]) -> list[str]:
    """List the kinds of question that were practised, in their usual order."""
    practised = {summary.kind for summary in summaries}
    return [kind for kind in QUESTION_KINDS if kind in practised]


def competencies(summaries: tuple[AttemptSummary, ...]) -> list[str]:
    """List the competencies that were practised, in alphabetical order."""
    return sorted({summary.competency for summary in summaries if summary.competency})
