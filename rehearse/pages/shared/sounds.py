"""Recordings that are heard only through the moments on a page: another player in sight would be taken for its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from rehearse.feedback.quoting import cleaned
from rehearse.model import Attempt, Span
from rehearse.pages.shared import player
from rehearse.pages.shared.services import Services

_LONGEST_QUOTE = 30
"""Words from which a moment is played and not quoted (house default)."""


def key(attempt: Attempt) -> str:
    """Return the key of the container in which ``place`` puts the recording of an answer."""
    return f"heard_{attempt.id}"


def place(shared: Services, attempts: Iterable[Attempt]) -> None:
    """Put the recordings on the page, hidden; at its end, since its own player comes first."""
    for attempt in {attempt.id: attempt for attempt in attempts}.values():
        with st.container(key=key(attempt)):
            player.play(shared.store.get(attempt.id), "Your answer")


def quotable(span: Span) -> Span:
    """Return a moment with its words as a quote; a long one is only played."""
    return replace(span, text=cleaned(span.text) if len(span.text.split()) < _LONGEST_QUOTE else "")
