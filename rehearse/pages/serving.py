"""The server of the pages: Streamlit, which imports what the first visitor needs while their browser loads its own part.

Streamlit runs a page's file, and so its imports, only when the page is asked for. A browser takes a second to get that
far, in which the server has little to do.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from importlib import import_module

from streamlit import runtime
from streamlit.runtime import RuntimeState
from streamlit.web.cli import main

_NEEDED = ("rehearse.pages.services", "rehearse.rounds", "rehearse.report", "pandas")
"""What takes longest, what all pages need first; Streamlit needs pandas for tables and parts of its own."""

_LOOK_EVERY = 0.1
"""Seconds; what is imported before the server listens would delay it (house default)."""


def prepare() -> None:
    """Import what pages need as soon as the server is up, what all of them need first."""
    while not runtime.exists() or runtime.get_instance().state is RuntimeState.INITIAL:
        time.sleep(_LOOK_EVERY)
    for name in _NEEDED:
        import_module(name)
    from rehearse.content import parser
    from rehearse.questions import question_sets

    with suppress(ValueError, OSError):  # the page that needs what is missing says so
        question_sets()
        parser.load()


if __name__ == "__main__":
    threading.Thread(target=prepare, daemon=True).start()
    main(prog_name="streamlit")
