"""What was practised, read once for each state of the history, however often a page is drawn."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rehearse.datatypes import QUESTION_KINDS, TrendPoint
from rehearse.history import AttemptSummary, History

State = tuple[int, int]
"""Time of the last change and size of the history's file: every commit changes the file."""


def everything(history: History) -> tuple[AttemptSummary, ...]:
    """Give the person's answers, newest first; the sample is not theirs."""
    return _summaries(history.path, _state(history))


def trend(history: History, metric: str, kind: str | None, competency: str | None) -> tuple[TrendPoint, ...]:
    """Give the values of one metric, oldest first; the sample's is not among them."""
    return _trend(history.path, _state(history), metric, kind, competency)


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


def _state(history: History) -> State:
    found = history.path.stat()
    return found.st_mtime_ns, found.st_size


# cache_resource hands out the same tuples, where cache_data would copy thousands of rows at every look; nobody can
# change them.
@st.cache_resource(max_entries=4, show_spinner=False)
def _summaries(path: Path, state: State) -> tuple[AttemptSummary, ...]:  # noqa: ARG001 - part of the key
    return History(path).summaries()


@st.cache_resource(max_entries=32, show_spinner=False)
def _trend(
    path: Path,
    state: State,  # noqa: ARG001 - part of the key
    metric: str,
    kind: str | None,
    competency: str | None,
) -> tuple[TrendPoint, ...]:
    return History(path).trend(metric, kind=kind, competency=competency)
