"""The Interview page: a whole interview, one question per screen, with one debrief at the end."""

from __future__ import annotations

import streamlit as st

from rehearse.interview import Round, Rounds
from rehearse.pages.interview import debrief, round_state, setup, step
from rehearse.pages.shared.services import Services, services


def page() -> None:
    """Show the page."""
    shared = services()
    rounds = Rounds(shared.history.documents)
    interview_round = _wanted(shared, rounds)
    if interview_round is None:
        setup.show(shared, rounds)
    elif debrief.is_over(interview_round):
        debrief.show(shared, rounds, interview_round)
    elif not setup.is_live(interview_round):
        st.title("Interview", anchor=False)
        setup.offer(shared, rounds, interview_round)
    else:
        step.show(shared, rounds, interview_round)


def _wanted(shared: Services, rounds: Rounds) -> Round | None:
    """Return the round named in the URL, including recordings that were saved when the round itself could not be."""
    interview_round = rounds.get(st.query_params.get("round", ""))
    if interview_round is None:
        return None
    if not setup.is_live(interview_round):  # a live round was stored with all its recordings when it was entered
        interview_round = round_state.adopted(shared, interview_round)
    return round_state.settled(shared, interview_round)


page()
