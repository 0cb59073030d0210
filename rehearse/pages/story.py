"""Whether the answer told one concrete occasion, and the parts found, each with its words."""

from __future__ import annotations

import streamlit as st

from rehearse.datatypes import Attempt
from rehearse.pages.components import quotes
from rehearse.phrases import STORY_TYPES, story_parts


def show(attempt: Attempt, *, player: str) -> None:
    """Show the kind of answer and, for a story, its parts."""
    story = attempt.story
    if story.type is None:
        return
    st.header("Your example", anchor=False)
    st.markdown(STORY_TYPES[story.type])
    if story.type != "story":
        if story.evidence is not None:
            quotes({"It shows here": (story.evidence,)}, player=player, key="story")
        return
    quotes(story_parts(story), player=player, key="story")
