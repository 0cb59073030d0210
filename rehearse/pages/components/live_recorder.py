"""The recorder: a browser's microphone, streamed to the server while the person speaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent


def _text(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


# Without a shadow root: a round's countdown presses its buttons.
_recorder = st.components.v2.component(
    "rehearse_recorder",
    css=_text("recorder.css"),
    js=_text("common.js", "microphone.js", "recorder_line.js", "recorder.js"),
    isolate_styles=False,
)


def live_recorder(
    path: str,
    *,
    key: str,
    limit_seconds: float,
    band: tuple[float | None, float | None],
    aim: str,
    guarded: bool,
    cue: str,
    saved: Callable[[str], None],
    cannot: Callable[[], None],
) -> None:
    """Show the recorder.

    Args:
        path: Path and query of the socket that takes the sound.
        key: Key of the element, which must not change during a recording.
        limit_seconds: Seconds after which it stops by itself.
        band: Comfortable length in seconds, from and to; None leaves that side open.
        aim: Text that says the comfortable length.
        guarded: Whether it can be paused, and whether controls that would end the recording ask first.
        cue: Text that takes the place of ``aim`` once the comfortable length is passed; empty for none.
        saved: Called with the take's id once the recording has been stopped and saved, before the page is rerun.
        cannot: Called, before the page is rerun, if the browser cannot stream.

    """

    def on_saved() -> None:
        take_id = st.session_state[key].get("saved")
        if isinstance(take_id, str):
            saved(take_id)

    data = {
        "path": path,
        "limit": limit_seconds,
        "low": band[0],
        "high": band[1],
        "aim": aim,
        "guarded": guarded,
        "pausable": guarded,
        "cue": cue,
    }
    _recorder(data=data, key=key, on_saved_change=on_saved, on_plain_change=cannot)
