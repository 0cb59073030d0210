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

from rehearse.terminal import outlive_readers

_FIRST = ("rehearse.pages.services", "rehearse.rounds", "rehearse.report")
"""What all pages need, and takes longest to import."""
_LOOK_EVERY = 0.1
"""Seconds (house default)."""
_FIRST_PAGE = 2.0
"""Seconds in which the page that opens first is on the screen: importing meanwhile would delay it (house default)."""


def prepare() -> None:
    """Import what pages need, once the server listens; what some of them need when the first one has been shown."""
    while not runtime.exists() or runtime.get_instance().state is RuntimeState.INITIAL:
        time.sleep(_LOOK_EVERY)
    for name in _FIRST:
        import_module(name)
    time.sleep(_FIRST_PAGE)
    import_module("pandas")  # for tables, and for some of Streamlit's own parts
    with suppress(ValueError, OSError):  # the page that needs it says so
        import_module("rehearse.content.parser").load()


if __name__ == "__main__":
    # Streamlit says that it stops before it does, and would go on for ever where that cannot be said.
    outlive_readers()
    threading.Thread(target=prepare, daemon=True).start()
    main(prog_name="streamlit")
