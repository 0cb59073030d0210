"""The user's rating of their own answer, asked for before the feedback can bias it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from rehearse.model import Attempt
from rehearse.pages.shared.services import Services
from rehearse.storage.history import RATINGS

ASKED_FOR = timedelta(hours=12)
"""Time after an answer within which a rating is asked for: later it would rate a memory (house default)."""


_shown: set[str] = set()
"""Answers whose feedback has been shown, in any tab."""


def leave_out(attempt: Attempt) -> None:
    """Ask for no rating of this answer any more: the feedback has been seen."""
    _shown.add(attempt.id)


def answered(shared: Services, attempt: Attempt) -> bool:
    """Ask once, soon after the answer, how it went; return whether the feedback may be shown."""
    rating = shared.history.about(attempt.id).rating
    if rating is not None:
        st.caption(f"Before you read this you gave the answer {rating} of {RATINGS[-1]}.")
        return True
    cannot_be_rated = not attempt.transcript.words or attempt.origin.source == "sample"
    if cannot_be_rated or attempt.id in _shown or datetime.now(UTC) - attempt.spoken_at > ASKED_FOR:
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
            leave_out(attempt)
            st.rerun()
    return False
