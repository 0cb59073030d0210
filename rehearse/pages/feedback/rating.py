"""How the speaker found the answer, asked before the feedback can sway them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from rehearse.model import Attempt
from rehearse.pages.shared.services import Services
from rehearse.storage.history import RATINGS

ASKED_FOR = timedelta(hours=12)
"""How long after an answer its speaker is asked how it went: later they would rate their memory (house default)."""


def answered(shared: Services, attempt: Attempt) -> bool:
    """Ask once, while the answer is fresh, how it went; tell whether the feedback may follow."""
    rating = shared.history.about(attempt.id).rating
    if rating is not None:
        st.caption(f"Before you read this you gave the answer {rating} of {RATINGS[-1]}.")
        return True
    skipped: set[str] = st.session_state.setdefault("unrated", set())
    none_of_theirs = not attempt.transcript.words or attempt.origin.source == "sample"
    if none_of_theirs or attempt.id in skipped or datetime.now(UTC) - attempt.spoken_at > ASKED_FOR:
        return True
    with st.container(border=True, key="rating"):
        given = st.segmented_control(
            "**Before you read the feedback:** how did this answer go? From 1, not as I wanted, to 5, just as I wanted",
            list(RATINGS),
            key=f"rating_{attempt.id}",
        )
        if given is not None:
            shared.history.describe(attempt.id, rating=given)
            st.rerun()
        if st.button("Show the feedback without rating", type="tertiary", key="unrated_yes"):
            skipped.add(attempt.id)
            st.rerun()
    return False
