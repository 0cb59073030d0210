"""Recordings that are heard only through the moments on a page: another player in sight would be taken for its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from rehearse.feedback.quoting import cleaned
from rehearse.model import Attempt, Span
from rehearse.pages.components import quotes
from rehearse.pages.shared import player as recordings
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain

_LONGEST_QUOTE = 30
"""Words from which a moment is played and not quoted (house default)."""


def key(attempt: Attempt) -> str:
    """Return the key of the container in which ``place`` puts the recording of an answer."""
    return f"heard_{attempt.id}"


def place(shared: Services, attempts: Iterable[Attempt]) -> None:
    """Put the recordings on the page, hidden; at its end, since its own player comes first."""
    for attempt in {attempt.id: attempt for attempt in attempts}.values():
        with st.container(key=key(attempt)):
            recordings.play(shared.store.get(attempt.id), "Your answer")


def moment(shared: Services, label: str, attempt: Attempt, span: Span, *, player: str, key: str) -> None:
    """Show one moment to play; of a recording that is gone only its words."""
    shown = quotable(span)
    if shared.store.get(attempt.id) is not None:
        quotes({label: (shown,)}, player=player, key=key)
    elif shown.text:
        st.markdown(f"**{label}** “{plain(shown.text)}”")


def quotable(span: Span) -> Span:
    """Return a moment with its words as a quote; a long one is only played."""
    return replace(span, text=cleaned(span.text) if len(span.text.split()) < _LONGEST_QUOTE else "")
