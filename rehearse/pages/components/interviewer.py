"""The browser part of an interview round: reads the question, counts down, and presses Record and Stop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_interviewer = st.components.v2.component(
    "rehearse_interviewer", css=_text("interviewer.css"), js=_text("speak.js") + _text("countdown.js")
)

_BUTTONS = {
    "browser": (
        '.st-key-recorder button[aria-label="Record"]',
        '.st-key-recorder button[aria-label="Stop recording"]',
    ),
    "computer": (".st-key-start button", ".st-key-stop button"),
}
"""Selectors of Record and Stop, by recording source."""


def interviewer(
    name: str,
    text: str,
    *,
    source: str,
    think_seconds: int,
    limit_seconds: int,
    aloud: bool,
    sound: str = "",
    auto: bool = True,
    early: bool = True,
    free: str = "",
    marks: Sequence[str] = (),
) -> None:
    """Guide the person through a question.

    Args:
        name: Identifies the question within its round; a new name restarts the countdown.
        text: Text to read aloud.
        source: Recording source; with ``upload`` there is nothing to press.
        think_seconds: Seconds before Record is pressed.
        limit_seconds: Seconds before Stop is pressed.
        aloud: Whether to read the text aloud, only ever with a voice of this computer.
        sound: Address of the text's sound; the browser's own voice reads where there is none, or it cannot be made.
        auto: Whether to press Record at all.
        early: Whether the person may answer before the thinking time is over.
        free: Message shown if nothing is pressed.
        marks: Points for the answer to reach, in order, spread over its time.

    """
    start, stop = _BUTTONS.get(source, (".st-key-nothing", ".st-key-nothing"))
    data = {
        "id": name,
        "text": text,
        "aloud": aloud,
        "sound": sound,
        "think": think_seconds,
        "limit": limit_seconds,
        "auto": auto and source in _BUTTONS,
        "early": early,
        "free": free,
        "marks": list(marks),
        "start": start,
        "stop": stop,
        "microphone": source == "browser",
    }
    _interviewer(data=data, key="interviewer")
