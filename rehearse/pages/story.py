"""Whether the answer told one concrete occasion, and the parts found, each with its words."""

from __future__ import annotations

import streamlit as st

from rehearse.datatypes import Attempt
from rehearse.pages.components import quotes

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
    st.header("Your example", anchor=False)
    st.markdown(_TYPES[story.type])
    if story.type != "story":
        if story.evidence is not None:
            quotes({"It shows here": (story.evidence,)}, player=player, key="story")
        return
    parts = {
        "Situation": story.situation,
        "Task": story.task,
        "Action": story.action,
        "Result": story.result,
        "Change in figures": story.quantified,
    }
    quotes(parts, player=player, key="story")
