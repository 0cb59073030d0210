"""Pace and melody over the answer in collapsed sections; the melody is computed when its section is opened."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rehearse import audio
from rehearse.metrics import METRICS
from rehearse.metrics.judgement import judged_band
from rehearse.model import Attempt, FeedbackContext
from rehearse.pages.shared import tables
from rehearse.pages.shared.services import Services
from rehearse.storage.takes import Take
from rehearse.views.take_charts import (
    Melody,
    find_melody,
    melody_chart,
    melody_rows,
    melody_said,
    pace_chart,
    pace_points,
    pace_rows,
    pace_said,
)


def show(shared: Services, attempt: Attempt, context: FeedbackContext) -> None:
    """Show the curves that can be computed for this answer."""
    _pace(attempt, context)
    take = shared.store.get(attempt.id)
    if take is not None and _voice_known(attempt):
        _melody(take, attempt)


def _pace(attempt: Attempt, context: FeedbackContext) -> None:
    points = pace_points(attempt)
    if not points:
        return
    fold = st.expander("Pace through the answer", key="pace", on_change="rerun")
    with fold:
        if not fold.open:
            return
        band = judged_band(METRICS["speech_rate"], attempt.judged_as, context)
        st.markdown(pace_said(points, band))
        st.vega_lite_chart(pace_chart(points, band))
        st.caption("Words a minute over the 15 seconds around each moment; the shaded band is comfortable to follow.")
        tables.show(pace_rows(points, band), by="Around")


def _voice_known(attempt: Attempt) -> bool:
    """Whether the recording is long enough and good enough for measurements of the voice."""
    measured = (found for found in attempt.measurements if METRICS.get(found.metric) is not None)
    return any(METRICS[found.metric].family == "voice" and found.value is not None for found in measured)


def _melody(take: Take, attempt: Attempt) -> None:
    fold = st.expander("Melody of the voice", key="melody", on_change="rerun")
    with fold:
        if not fold.open:
            return
        melody = _melody_of(str(take.audio), attempt)
        if melody is None:
            st.markdown("I couldn't follow a voice in this recording.")
            return
        st.markdown(melody_said(melody))
        st.vega_lite_chart(melody_chart(melody))
        st.caption("Semitones above and below the voice's own middle; how high or low your voice is, is never judged.")
        tables.show(melody_rows(melody), by="From")


@st.cache_resource(max_entries=4, show_spinner="Following the voice …")
def _melody_of(path: str, _attempt: Attempt) -> Melody | None:
    return find_melody(audio.load(Path(path)), _attempt)
