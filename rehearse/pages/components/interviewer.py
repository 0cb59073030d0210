"""The part of a round that needs the browser: it reads the question, counts down, and presses Record and Stop."""

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
        '.st-key-recorder [data-testid="stAudioInput"] button[aria-label="Record"]',
        '.st-key-recorder [data-testid="stAudioInput"] button[aria-label="Stop recording"]',
    ),
    "computer": (".st-key-start button", ".st-key-stop button"),
}
"""Where Record and Stop are, by the way of recording."""


def interviewer(
    name: str,
    text: str,
    *,
    source: str,
    think_seconds: int,
    limit_seconds: int,
    aloud: bool,
    auto: bool = True,
    early: bool = True,
    free: str = "",
    marks: Sequence[str] = (),
) -> None:
    """Lead through one question.

    Args:
        name: Of the question within its round; another name starts anew.
        text: What is read aloud.
        source: How it is recorded; with ``upload`` there is nothing to press.
        think_seconds: Before Record is pressed.
        limit_seconds: Before Stop is pressed.
        aloud: Whether to read the text, with a voice of this computer only.
        auto: Whether to press Record at all.
        early: Whether one may answer before the time to think is over.
        free: What to say where nothing is pressed.
        marks: What the answer is to come to, one after the other, over its time.

    """
    start, stop = _BUTTONS.get(source, (".st-key-nothing", ".st-key-nothing"))
    data = {
        "id": name,
        "text": text,
        "aloud": aloud,
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
