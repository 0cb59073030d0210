"""Error display of the pages: a message, never a traceback."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException, get_script_run_ctx

from rehearse.pages.shared.text import plain

_UNFORESEEN = (
    "Something went wrong in rehearse; everything you saved before is safe. "
    "The terminal where it runs shows the details."
)


def sentence(error: Exception) -> str:
    """Return a message for an error: its own for bad input or a full disk, a general one for a bug."""
    return str(error) if isinstance(error, ValueError | OSError) and str(error) else _UNFORESEEN


def show(error: Exception, *, script: Path, draw: Callable[[], None]) -> bool:
    """Show an uncaught error of the page or of a callback; Streamlit has logged it.

    Callbacks run before the page is drawn, and Streamlit discards the text in a field that is not drawn again. After
    an error in a callback the page is therefore drawn here.

    Args:
        error: The error.
        script: The script that Streamlit runs.
        draw: Draws the page, as ``script`` does.

    Returns:
        True, which tells Streamlit that the error has been handled.

    """
    st.error(plain(sentence(error)))
    if _has_begun(error, script) or not _drawn(draw):
        # Several parts of a page may fail, and each button needs a key of its own. In a fragment, a button draws only
        # the fragment again, but what comes after it on the page may be missing too.
        st.button("Show the page", key=f"show_again_{secrets.token_hex(4)}", on_click=st.rerun)
    return True


def _has_begun(error: Exception, script: Path) -> bool:
    """Whether the page, or a fragment of it, was being drawn when the error occurred."""
    context = get_script_run_ctx(suppress_warning=True)
    # In a fragment, errors are caught while the page is still on the stack.
    frames = [*traceback.extract_stack(), *traceback.extract_tb(error.__traceback__)]
    inside = any(frame.filename == str(script) and frame.name == "<module>" for frame in frames)
    return inside or context is None or bool(context.fragment_ids_this_run)


def _drawn(draw: Callable[[], None]) -> bool:
    try:
        draw()
    except (StopException, RerunException):  # a script can be neither stopped nor rerun from here
        return False
    except Exception as error:  # noqa: BLE001 - a second error must not hide the first
        st.error(plain(sentence(error)))
        return False
    return True
