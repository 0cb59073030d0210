"""Page elements that run in the browser: transcript, moments to play, recorder keys.

Each consists of the CSS and JavaScript files in this folder. Words reach the page as
data and are set only with ``textContent``, so that a transcript can never become markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from rehearse.analysis.corrections import LONGEST_CORRECTION
from rehearse.model import Attempt, Span
from rehearse.views.annotations import timeline as timeline_rows
from rehearse.views.annotations import word_views

MOST_QUOTES = 3
"""Quotes shown per part of the answer: more than fit a glance are not read (house default)."""

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text(encoding="utf-8")


def _script(*names: str) -> str:
    return "\n".join((_HERE / f"{name}.js").read_text(encoding="utf-8") for name in names)


_transcript = st.components.v2.component("rehearse_transcript", css=_STYLE, js=_script("common", "transcript"))
_timeline = st.components.v2.component("rehearse_timeline", css=_STYLE, js=_script("common", "timeline"))
_moments = st.components.v2.component("rehearse_moments", css=_STYLE, js=_script("common", "moments"))
_keys = st.components.v2.component("rehearse_recorder_keys", css=_STYLE, js=_script("recorder_level", "recorder_keys"))


def transcript(attempt: Attempt, *, player: str, revise: Callable[[Mapping[str, Any]], None]) -> None:
    """Show a transcript; each word plays the sound from its start.

    Args:
        attempt: The answer.
        player: Key of the container with the audio element.
        revise: Called, before the page is rerun, with the change that the
            person requested: a filler to judge, a word to correct or restore.

    """
    key = f"transcript_{attempt.id}"

    def changed() -> None:
        wish = st.session_state[key].get("revise")
        if isinstance(wish, Mapping):
            revise(wish)

    data = {"player": player, "longest": LONGEST_CORRECTION, "words": word_views(attempt)}
    _transcript(data=data, key=key, on_revise_change=changed)


def timeline(attempt: Attempt, *, player: str) -> None:
    """Show story parts, fillers and long pauses on a timeline of the recording; each plays its moment."""
    if attempt.duration:
        data = {"player": player, "duration": attempt.duration, "rows": timeline_rows(attempt)}
        _timeline(data=data, key=f"timeline_{attempt.id}")


def moments(spans: tuple[Span, ...], *, player: str, key: str) -> None:
    """Show a button for each span, which plays exactly that moment of ``player``."""
    _moments(
        data={"player": player, "rows": [{"label": "", "moments": [_moment(span, "") for span in spans]}]}, key=key
    )


def opened(span: Span, *, player: str, key: str) -> None:
    """Show the moment that the person came for; it plays at once, or on one press where the browser wants one first."""
    row = {"label": "", "moments": [_moment(span, span.text)]}
    _moments(data={"player": player, "rows": [row], "plays": True}, key=key)


def quotes(parts: Mapping[str, tuple[Span, ...]], *, player: str, key: str) -> None:
    """Show the quotes for each part of an answer; each plays its moment."""
    rows = [
        {
            "label": name,
            "moments": [_moment(span, span.text) for span in _fullest(spans)],
            "more": len(spans[MOST_QUOTES:]),
        }
        for name, spans in parts.items()
    ]
    _moments(data={"player": player, "rows": rows}, key=key)


def _fullest(spans: Sequence[Span]) -> list[Span]:
    """Return the longest quotes in their original order: "I said," shows little of what was done."""
    fullest = sorted(spans, key=lambda span: -len(span.text.split()))[:MOST_QUOTES]
    return [span for span in spans if span in fullest]


def _moment(span: Span, quote: str) -> dict[str, str | float]:
    return {"start": span.start, "end": span.end, "quote": quote}


def recorder_keys(target: str, limit_seconds: int, *, guarded: bool) -> None:
    """Let Space start and stop the recorder in container ``target``, and stop it at the limit.

    Leaving the page while recording requires confirmation; if ``guarded``, so
    does every control that would replace the recorder. Shows a message if the
    browser has no microphone, and one while no sound arrives from it.
    """
    _keys(data={"target": target, "limit": limit_seconds, "guarded": guarded}, key=f"keys_{target}")
