"""Interview: whole interview, one question a screen, and one debrief at the end."""

from __future__ import annotations

import streamlit as st

from rehearse import interview
from rehearse.interview import Round, Rounds
from rehearse.pages.interview import debrief, setup, step
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
        setup.offer(kept, one)
    else:
        step.show(shared, kept, one)


def _wanted(shared: Services, kept: Rounds) -> Round | None:
    """Find the round that the address names, with recordings that were saved when it could not be."""
    one = kept.get(st.query_params.get("round", ""))
    if one is None or setup.is_live(one):
        return one
    analysed = (shared.store.get(answer.id) for answer in shared.history.summaries(round=one.id))
    found = interview.adopt(one, [*shared.unanalysed(), *filter(None, analysed)])
    if found != one:
        kept.save(found)
    return found


page()
