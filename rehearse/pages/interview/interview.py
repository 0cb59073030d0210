"""Interview: whole interview, one question a screen, and one debrief at the end."""

from __future__ import annotations

import streamlit as st

from rehearse.interview import Round, Rounds
from rehearse.pages.interview import debrief, round_state, setup, step
from rehearse.pages.shared.services import Services, services


def page() -> None:
    """Show the page."""
    shared = services()
    kept = Rounds(shared.history.documents)
    one = _wanted(shared, kept)
    if one is None:
        setup.show(shared, kept)
    elif debrief.is_over(one):
        debrief.show(shared, kept, one)
    elif not setup.is_live(one):
        st.title("Interview", anchor=False)
        setup.offer(shared, kept, one)
    else:
        step.show(shared, kept, one)


def _wanted(shared: Services, kept: Rounds) -> Round | None:
    """Find the round that the address names, with recordings that were saved when it could not be."""
    one = kept.get(st.query_params.get("round", ""))
    if one is None:
        return None
    # One that is live was entered, and kept then with all its recordings.
    return round_state.settled(shared, one if setup.is_live(one) else round_state.adopted(shared, one))


page()
