"""Hints to keys, which are of no use without a keyboard."""

from __future__ import annotations

import streamlit as st


def hint(text: str) -> None:
    """Show a hint to keys; the style sheet hides it where fingers are what is pointed with."""
    with st.container(key="keyboard_hint"):
        st.caption(text)
