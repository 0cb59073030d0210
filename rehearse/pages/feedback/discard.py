"""The way to throw an answer away, beside its recording."""

from __future__ import annotations

import streamlit as st

from rehearse.model import Attempt
from rehearse.pages.shared import confirm, routes
from rehearse.pages.shared.services import Services

_GONE = "discarded"


def offer(shared: Services, attempt: Attempt) -> None:
    """Offer to discard the answer."""
    if st.button("Discard this answer", type="tertiary", icon=":material/delete:", key="discard"):
        _ask(shared, attempt)


def lead_back() -> None:
    """Lead back to Practice once an answer has been discarded."""
    if st.session_state.pop(_GONE, False):
        st.switch_page(routes.PRACTICE)


@st.dialog("Discard this answer?")
def _ask(shared: Services, attempt: Attempt) -> None:
    st.write("Its recording, its words and its numbers are removed from this computer.")
    confirm.buttons("Discard it", "Keep it", _discard, shared, attempt, key="discard")


def _discard(shared: Services, attempt: Attempt) -> None:
    shared.delete(attempt.id)
    st.session_state[_GONE] = True
