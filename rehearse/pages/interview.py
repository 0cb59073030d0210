"""Interview: whole rounds, one question a screen, and one debrief at the end."""

from __future__ import annotations

import streamlit as st

from rehearse.pages import interview_debrief, interview_setup, interview_step, round_state
from rehearse.pages.services import Services, services
from rehearse.rounds import Round, Rounds


def page() -> None:
    """Show the page."""
    shared = services()
    kept = Rounds(shared.history.documents)
    one = _wanted(shared, kept)
    if one is None:
        interview_setup.show(shared, kept)
    elif interview_debrief.is_over(one):
        interview_debrief.show(shared, kept, one)
    elif not interview_setup.is_live(one):
        st.title("Interview", anchor=False)
        interview_setup.offer(shared, kept, one)
    else:
        interview_step.show(shared, kept, one)


def _wanted(shared: Services, kept: Rounds) -> Round | None:
    """Find the round that the address names, with recordings that were saved when it could not be."""
    one = kept.get(st.query_params.get("round", ""))
    if one is None:
        return None
    # One that is live was entered, and kept then with all its recordings.
    return round_state.settled(shared, one if interview_setup.is_live(one) else round_state.adopted(shared, one))


page()
