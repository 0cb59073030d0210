"""Whether the answer told one concrete occasion, and the parts found, each with its words."""

from __future__ import annotations

import streamlit as st

from rehearse.datatypes import Attempt, Span
from rehearse.pages.components import moments
from rehearse.pages.text import plain

_TYPES = {
    "story": "This answer tells one concrete occasion.",
    "pseudo_story": "This answer tells how things usually go, not one occasion.",
    "self_description": "This answer describes you; it tells no occasion.",
    "opinion": "This answer gives an opinion; it tells no occasion.",
    "hypothetical": "This answer says what you would do; it tells no occasion.",
}


def show(attempt: Attempt, *, player: str) -> None:
    """Show the kind of answer and, for a story, its parts."""
    story = attempt.story
    if story.type is None:
        return
    st.subheader("Example")
    st.markdown(_TYPES[story.type])
    if story.type != "story":
        if story.evidence is not None:
            _quote("It shows here", (story.evidence,), player)
        return
    parts = {
        "Situation": story.situation,
        "Task": story.task,
        "Action": story.action,
        "Result": story.result,
        "Change in figures": story.quantified,
    }
    for name, spans in parts.items():
        _quote(name, spans, player)


def _quote(name: str, spans: tuple[Span, ...], player: str) -> None:
    quotes = " … ".join(f"“{plain(span.text)}”" for span in spans[:2])
    st.markdown(f"**{name}:** {quotes or 'not found'}")
    if spans:
        moments(spans[:2], player=player, key=f"moments_{name}")
