"""The two buttons of a confirmation dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st


def buttons(yes: str, no: str, action: Callable[..., None], *given: Any, key: str) -> None:
    """Show buttons that run the action or cancel; either closes the dialog. The one that loses nothing stands out."""
    with st.container(horizontal=True):
        if st.button(yes, key=f"{key}_yes", on_click=action, args=given):
            st.rerun()
        if st.button(no, type="primary", key=f"{key}_no"):
            st.rerun()
