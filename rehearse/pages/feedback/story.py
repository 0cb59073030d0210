"""Whether the answer told one concrete occasion, and the parts found, each with its words."""

from __future__ import annotations

import streamlit as st

from rehearse.metrics.value_text import STORY_TYPES, story_parts
from rehearse.model import WANT_A_STORY, Attempt
from rehearse.pages.components import quotes


def show(attempt: Attempt, *, player: str) -> None:
    """Show the parts of a story; where one was asked for and none told, what was told instead."""
    story, kind = attempt.story, attempt.kind
    asked_for = kind in (None, *WANT_A_STORY)
    if story.type is None or (story.type != "story" and not asked_for):
        return
    st.header("Your example", anchor=False)
    st.markdown(STORY_TYPES[story.type])
    if story.type != "story":
        if story.evidence is not None:
            quotes({"It shows here": (story.evidence,)}, player=player, key="story")
        return
    quotes(story_parts(story), player=player, key="story")
