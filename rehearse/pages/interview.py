"""Interview: whole rounds, one question a screen, and one debrief at the end."""

from __future__ import annotations

import streamlit as st

from rehearse import rounds
from rehearse.pages import interview_debrief, interview_setup, interview_step
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
        interview_setup.offer(kept, one)
    else:
        interview_step.show(shared, kept, one)


def _wanted(shared: Services, kept: Rounds) -> Round | None:
    """Find the round that the address names, with recordings that were saved when it could not be."""
    one = kept.get(st.query_params.get("round", ""))
    if one is None or interview_setup.is_live(one):
        return one
    analysed = (shared.store.get(answer.id) for answer in shared.history.summaries(round=one.id))
    found = rounds.adopt(one, [*shared.unanalysed(), *filter(None, analysed)])
    if found != one:
        kept.save(found)
    return found


page()
