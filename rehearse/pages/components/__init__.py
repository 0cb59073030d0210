"""Parts of a page that need the browser: transcript, moments to play, keys of the recorder.

Each is HTML, CSS and JavaScript beside this file. Words reach the page as data and
are set with ``textContent`` only, so that a transcript can never become markup.
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
"""Of one part of the answer: more than a glance takes in is not read (house default)."""

_HERE = Path(__file__).parent
_STYLE = (_HERE / "style.css").read_text(encoding="utf-8")


def _script(*names: str) -> str:
    return "\n".join((_HERE / f"{name}.js").read_text(encoding="utf-8") for name in names)


_transcript = st.components.v2.component("rehearse_transcript", css=_STYLE, js=_script("common", "transcript"))
_timeline = st.components.v2.component("rehearse_timeline", css=_STYLE, js=_script("common", "timeline"))
_moments = st.components.v2.component("rehearse_moments", css=_STYLE, js=_script("common", "moments"))
_keys = st.components.v2.component("rehearse_recorder_keys", css=_STYLE, js=_script("recorder_keys"))


def transcript(attempt: Attempt, *, player: str, revise: Callable[[Mapping[str, Any]], None]) -> None:
    """Show what was said; each word plays the sound of ``player`` from there.

    ``player`` is the key of the container that holds the audio element.
    ``revise`` is told, before the page runs again, what the person wants
    changed: which filler to judge, which word to correct or to restore.
    """
    key = f"transcript_{attempt.id}"

    def told() -> None:
        wish = st.session_state[key].get("revise")
        if isinstance(wish, Mapping):
            revise(wish)

    data = {"player": player, "longest": LONGEST_CORRECTION, "words": word_views(attempt)}
    _transcript(data=data, key=key, on_revise_change=told)


def timeline(attempt: Attempt, *, player: str) -> None:
    """Show story parts, fillers and long pauses over the time of the recording; each plays its moment."""
    if attempt.duration:
        data = {"player": player, "duration": attempt.duration, "rows": timeline_rows(attempt)}
        _timeline(data=data, key=f"timeline_{attempt.id}")


def moments(spans: tuple[Span, ...], *, player: str, key: str) -> None:
    """Show one button a span, which plays exactly that moment of ``player``."""
    _moments(
        data={"player": player, "rows": [{"label": "", "moments": [_moment(span, "") for span in spans]}]}, key=key
    )


def quotes(parts: Mapping[str, tuple[Span, ...]], *, player: str, key: str) -> None:
    """Show, for each part of an answer, the quotes that make it; each plays its moment."""
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
    """Choose the quotes of the most words, in the order they were said: "I said," shows little of what was done."""
    fullest = sorted(spans, key=lambda span: -len(span.text.split()))[:MOST_QUOTES]
    return [span for span in spans if span in fullest]


def _moment(span: Span, quote: str) -> dict[str, str | float]:
    return {"start": span.start, "end": span.end, "quote": quote}


def recorder_keys(target: str, limit_seconds: int, *, guarded: bool) -> None:
    """Let Space start and stop the recorder in container ``target``, and stop it at the limit.

    While it records, leaving the page asks first; where it is ``guarded``, so
    does all that would put something else in its place. Says so where the browser
    has no microphone to give.
    """
    _keys(data={"target": target, "limit": limit_seconds, "guarded": guarded}, key=f"keys_{target}")
