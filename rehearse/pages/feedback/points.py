"""What a strong answer to the question contains: heard, not heard, or for the person to judge."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rehearse.feedback import ListeningPoint, listening_points
from rehearse.model import Attempt
from rehearse.pages.components import quotes
from rehearse.pages.shared import sounds
from rehearse.pages.shared.text import plain


def show(attempt: Attempt, *, player: str) -> None:
    """Show the question's points, those with words of the answer first; nothing if the question has none.

    Args:
        attempt: The answer.
        player: Key of the container with the player of its recording.

    """
    points = listening_points(attempt)
    if not points:
        return
    with st.container(border=True, key="points"):
        st.header("What a strong answer contains", anchor=False)
        found = {_capital(point): (sounds.quotable(point.span),) for point in points if point.span is not None}
        if found:
            st.markdown(":material/check_circle: **You have it**")
            quotes(found, player=player, key="points_found")
        _list(":material/radio_button_unchecked: **I didn't hear it**", [p for p in points if p.is_found is False])
        _list(":material/help: **Listen for it yourself**", [p for p in points if p.is_found is None])


def _list(label: str, points: Sequence[ListeningPoint]) -> None:
    if points:
        st.markdown("\n".join([label, *(f"- {plain(_capital(point))}" for point in points)]))


def _capital(point: ListeningPoint) -> str:
    return point.text[:1].upper() + point.text[1:]
