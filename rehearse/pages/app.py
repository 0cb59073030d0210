"""The entry that Streamlit runs: settings of the page, navigation, and sentences instead of tracebacks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from rehearse.pages.text import plain

_HERE = Path(__file__).parent


def main() -> None:
    """Show the page that the address names."""
    # An emoji, because a Material icon would be fetched from outside for the tab.
    st.set_page_config(page_title="Rehearse", page_icon="\N{STUDIO MICROPHONE}", layout="centered")
    pages = [
        st.Page(_HERE / "practice.py", title="Practice", icon=":material/mic:", default=True),
        st.Page(_HERE / "feedback.py", title="Feedback", icon=":material/reviews:"),
        st.Page(_HERE / "progress.py", title="Progress", icon=":material/trending_up:"),
        st.Page(_HERE / "library.py", title="Library", icon=":material/folder_open:"),
    ]
    chosen = st.navigation(pages, position="top")
    try:
        chosen.run()
    except (ValueError, OSError) as error:
        st.error(plain(str(error)))


if __name__ == "__main__":
    main()
