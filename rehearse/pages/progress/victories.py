"""What has got better beyond chance, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from rehearse.app.settings import read_settings
from rehearse.metrics import METRICS
from rehearse.model import FeedbackContext
from rehearse.pages.feedback.measurements import CARDS
from rehearse.pages.progress.wording import band_of, is_better, known_error, last_change, moved
from rehearse.pages.shared.past import trend
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain
from rehearse.progress.change_detection import setup_of


def show(shared: Services) -> None:
    """Show each victory as a sentence; nothing where there is none yet."""
    sentences = list(_sentences(shared))
    if sentences:
        with st.container(key="victories"):
            st.header("What has got better", anchor=False)
            for sentence in sentences:
                st.markdown(f":material/check_circle: {plain(sentence)}")


def _sentences(shared: Services) -> Iterator[str]:
    context = FeedbackContext(read_settings(shared.history.documents).unjudged)
    for metric in (METRICS[name] for name in CARDS if name in METRICS):
        points = trend(shared.history, metric.name, None, None)
        change = last_change(points, known_error(shared.history, metric, points))
        if change is None or change.setup != setup_of(points[-1]):
            continue
        if is_better(change, band_of(points, metric, context)):
            yield moved(change, metric)
