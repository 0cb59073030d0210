"""The content of a page without data: a sentence, a button and a sample."""

from __future__ import annotations

import streamlit as st

from rehearse.app.sample import open_sample, sample
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import Services


def show(shared: Services, sentence: str) -> None:
    """Show what will appear on the page, and how to get there."""
    st.markdown(sentence)
    with st.container(horizontal=True):
        if st.button("Practise a question", type="primary", icon=":material/mic:"):
            st.switch_page(routes.PRACTICE)
        offer_sample(shared)


def offer_sample(shared: Services) -> None:
    """Offer the sample answer, which opens with its feedback at once; nothing if there is none."""
    sound = sample()
    if sound is not None and st.button("See a sample answer", key="sample", icon=":material/play_circle:"):
        st.switch_page(routes.FEEDBACK, query_params={"take": open_sample(shared.workspace, sound)})
