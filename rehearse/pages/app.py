"""The script that Streamlit runs: page settings, navigation, and messages instead of tracebacks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rehearse.pages import faults
from rehearse.pages.shared import profile_bar, routes
from rehearse.pages.shared.text import plain, tab_title


def main() -> None:
    """Show the page at the requested address."""
    # An emoji, and before the navigation: the browser tab would fetch a Material icon from the internet.
    st.set_page_config(page_icon="\N{STUDIO MICROPHONE}", layout="centered")
    st.html(Path(__file__).parent / "style.css")
    pages = [
        st.Page(routes.HOME, title="Today", icon=":material/today:", default=True),
        st.Page(routes.PRACTICE, title="Practice", icon=":material/mic:"),
        st.Page(routes.PREPARE, title="Prepare", icon=":material/checklist:"),
        st.Page(routes.INTERVIEW, title="Interview", icon=":material/groups:"),
        st.Page(routes.FEEDBACK, title="Feedback", icon=":material/reviews:"),
        st.Page(routes.PROGRESS, title="Progress", icon=":material/trending_up:"),
        st.Page(routes.LIBRARY, title="Library", icon=":material/folder_open:"),
        st.Page(routes.SETTINGS, title="Settings", icon=":material/tune:"),
        st.Page(routes.COMPARE, title="Compare", icon=":material/compare_arrows:", visibility="hidden"),
        st.Page(routes.YOUR_DATA, title="Your data", icon=":material/database:", visibility="hidden"),
    ]
    chosen = st.navigation(pages, position="top")
    st.set_page_config(tab_title(chosen.title))
    try:
        profile_bar.show()
        chosen.run()
    except (ValueError, OSError) as error:
        st.error(plain(faults.sentence(error)))


if __name__ == "__main__":
    main()
