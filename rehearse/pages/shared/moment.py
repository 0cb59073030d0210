"""Addresses of the Feedback page that open at one moment of an answer."""

from __future__ import annotations

from contextlib import suppress
from math import isfinite

import streamlit as st

from rehearse.model import Attempt, Span

_SECONDS = 3.0
"""Length of a moment whose end the address does not give (house default)."""


def address(take_id: str, span: Span) -> dict[str, str]:
    """Return the query parameters of the Feedback page that play this moment, in seconds."""
    return {"take": take_id, "at": f"{span.start:.1f}", "until": f"{span.end:.1f}"}


def wanted(attempt: Attempt) -> Span | None:
    """Return the moment named in the URL, with the words spoken in it; None if there is none in the recording."""
    start = _seconds("at")
    if start is None or attempt.duration is None or not 0 <= start <= attempt.duration:
        return None
    end = _seconds("until")
    end = min(attempt.duration, start + _SECONDS if end is None or end <= start else end)
    spoken = [word.text for word in attempt.transcript.words if word.end > start and word.start < end]
    return Span(start, end, " ".join(spoken))


def _seconds(name: str) -> float | None:
    with suppress(ValueError):
        value = float(st.query_params.get(name, ""))
        return value if isfinite(value) else None
    return None
