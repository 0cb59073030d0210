"""The content of a page without data: a sentence, a button and a sample."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rehearse.files.paths import shipped
from rehearse.model import Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import Services


def show(shared: Services, sentence: str) -> None:
    """Show what will appear on the page, and how to get there."""
    st.markdown(sentence)
    with st.container(horizontal=True):
        if st.button("Practise a question", type="primary", icon=":material/mic:"):
            st.switch_page(routes.PRACTICE)
        sample = _sample()
        if sample is not None and st.button("Analyse a sample answer"):
            _analyse(shared, sample)


def _sample() -> Path | None:
    folder = shipped("samples")
    return min(folder.glob("*.flac"), default=None) if folder.is_dir() else None


def _analyse(shared: Services, sample: Path) -> None:
    take = shared.store.save(sample.read_bytes(), suffix=sample.suffix, origin=Origin("sample"), name="Sample answer")
    shared.worker.submit(take)
    st.switch_page(routes.PRACTICE)
