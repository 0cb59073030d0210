"""Parts of a page that need the browser: transcript, moments to play, keys of the recorder.

Each is HTML, CSS and JavaScript beside this file. Words reach the page as data and
are set with ``textContent`` only, so that a transcript can never become markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from rehearse.datatypes import Attempt, Span
from rehearse.marks import lane, word_views

MOST_QUOTES = 3
"""Of one part of the answer: more than a glance takes in is not read (house default)."""

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text(encoding="utf-8")


def _script(name: str) -> str:
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")


_transcript = st.components.v2.component("rehearse_transcript", css=_STYLE, js=_script("transcript"))
_moments = st.components.v2.component("rehearse_moments", css=_STYLE, js=_script("moments"))
_keys = st.components.v2.component("rehearse_recorder_keys", css=_STYLE, js=_script("recorder_keys"))


def transcript(attempt: Attempt, *, player: str) -> None:
    """Show what was said; each word plays the sound of ``player`` from there.

    ``player`` is the key of the container that holds the audio element.
    """
    data = {
        "player": player,
        "duration": attempt.duration or 0.0,
        "words": word_views(attempt),
        "lane": lane(attempt),
    }
    _transcript(data=data, key=f"transcript_{attempt.id}")


def moments(spans: tuple[Span, ...], *, player: str, key: str) -> None:
    """Show one button a span, which plays exactly that moment of ``player``."""
    _moments(
        data={"player": player, "rows": [{"label": "", "moments": [_moment(span, "") for span in spans]}]}, key=key
    )


def quotes(parts: Mapping[str, tuple[Span, ...]], *, player: str, key: str) -> None:
    """Show, for each part of an answer, the quotes that make it; each plays its moment."""
    rows = [
        {"label": name, "moments": [_moment(span, span.text) for span in spans[:MOST_QUOTES]]}
        for name, spans in parts.items()
    ]
    _moments(data={"player": player, "rows": rows}, key=key)


def _moment(span: Span, quote: str) -> dict[str, str | float]:
    return {"start": span.start, "end": span.end, "quote": quote}


def recorder_keys(target: str, limit_seconds: int) -> None:
    """Let Space start and stop the recorder in container ``target``, and stop it at the limit.

    While it records, leaving the page asks first. Says so where the browser
    has no microphone to give.
    """
    _keys(data={"target": target, "limit": limit_seconds}, key=f"keys_{target}")
