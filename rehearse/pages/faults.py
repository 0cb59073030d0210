"""What a page shows where something fails: a sentence, never a traceback."""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException, get_script_run_ctx

from rehearse.pages.shared.text import plain

_UNFORESEEN = (
    "Something went wrong in rehearse; what was saved before is kept. The terminal in which it runs shows the details."
)


def sentence(error: Exception) -> str:
    """Say what is wrong: bad input and a full disk say it themselves, anything else is a fault of ours."""
    return str(error) if isinstance(error, ValueError | OSError) and str(error) else _UNFORESEEN


def show(error: Exception, *, script: Path, draw: Callable[[], None]) -> bool:
    """Show a fault that nothing has caught, also one in what a button does; Streamlit has logged it.

    What a button does comes before the page is drawn, and text that was typed is lost with a field that is not drawn
    again. Hence the page is drawn here in that case.

    Args:
        error: The fault.
        script: What Streamlit runs.
        draw: Does the same as ``script``.

    Returns:
        True, by which Streamlit knows that nothing is left to show.

    """
    st.error(plain(sentence(error)))
    if _has_begun(error, script) or not _drawn(draw):
        # Two parts of one page may fail.
        st.button("Show the page", key=f"show_again_{secrets.token_hex(4)}")
    return True


def _has_begun(error: Exception, script: Path) -> bool:
    """Find out whether some of the page is drawn: by its script, or as a part of it is drawn alone."""
    context = get_script_run_ctx(suppress_warning=True)
    frames = traceback.extract_tb(error.__traceback__)
    inside = any(frame.filename == str(script) and frame.name == "<module>" for frame in frames)
    return inside or context is None or bool(context.fragment_ids_this_run)


def _drawn(draw: Callable[[], None]) -> bool:
    try:
        draw()
    except (StopException, RerunException):  # Streamlit lets nothing be stopped or begun anew from here
        return False
    except Exception as error:  # noqa: BLE001 - whatever fails now, the first fault is what the person asked about
        st.error(plain(sentence(error)))
        return False
    return True
