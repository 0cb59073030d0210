"""Progress: how each measurement moved over the takes, one small chart each."""

from __future__ import annotations

import streamlit as st

from rehearse.pages.services import services


def page() -> None:
    """Show the page."""
    st.title("Progress")
    services()


page()
