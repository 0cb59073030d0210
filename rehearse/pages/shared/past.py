"""Past answers, read once per state of the history, however often a page is drawn."""

from __future__ import annotations

import streamlit as st

from rehearse.model import QUESTION_KINDS, TrendPoint
from rehearse.storage.history import AttemptSummary, History


def _state(history: History) -> tuple[str, int, int]:
    """Return a cache key for the state of a history: every commit changes the file."""
    found = history.path.stat()
    return str(history.path), found.st_mtime_ns, found.st_size


# cache_resource returns the same tuples, which are immutable; cache_data would copy thousands of rows on each access.
@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={History: _state})
def everything(history: History) -> tuple[AttemptSummary, ...]:
    """Return the person's answers, newest first, without the sample."""
    return history.summaries()


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={History: _state})
def trend(history: History, metric: str, kind: str | None, competency: str | None) -> tuple[TrendPoint, ...]:
    """Return the values of a metric, oldest first, without the sample's."""
    return history.trend(metric, kind=kind, competency=competency)


def of_question(history: History, question_id: str | None) -> tuple[AttemptSummary, ...]:
    """Return the person's answers to a question, newest first; empty without a question."""
    return history.summaries(question_id=question_id) if question_id else ()


def kinds(summaries: tuple[AttemptSummary, ...]) -> list[str]:
    """Return the practised kinds of question, in their usual order."""
    practised = {summary.kind for summary in summaries}
    return [kind for kind in QUESTION_KINDS if kind in practised]


def competencies(summaries: tuple[AttemptSummary, ...]) -> list[str]:
    """Return the practised competencies, in alphabetical order."""
    return sorted({summary.competency for summary in summaries if summary.competency})
