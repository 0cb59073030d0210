"""Practice asks what an earlier answer brings up: a follow-up question it left open, or its own question again."""

from __future__ import annotations

import streamlit as st

from rehearse.interview import Rounds, cut_off
from rehearse.interview.transitions import follow_up_step, probes_of
from rehearse.model import Attempt, Origin
from rehearse.pages.practice.recording import LIMIT_SECONDS, Slot
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain

_KEY = "follow_up"
_THINK_SECONDS = 20
"""At most; a follow-up comes at once (house default)."""


def link(parent: Attempt, place: int) -> dict[str, str]:
    """Name a follow-up question for the address of Practice: the answer it probes, and which one it is."""
    return {"parent": parent.id, "probe": str(place)}


def again(attempt: Attempt) -> dict[str, str]:
    """Name the question of an answer for the address of Practice, as it was asked then."""
    return {"again": attempt.id}


def open_after(shared: Services, attempt: Attempt) -> tuple[str, ...]:
    """List what may be asked after an answer, in the order that ``link`` counts."""
    return probes_of(attempt, cut=bool(cut_off([attempt], Rounds(shared.history.documents))))


def chosen(shared: Services) -> Slot | None:
    """Give the question of an answer that the address names, or that is still to be answered; None where there is none.

    What is not there is left aside: the answer may have been deleted. A question of the sets goes before it.
    """
    if "question" in st.query_params or "after" in st.query_params:
        forget()
        return None
    parent, place = st.query_params.pop("parent", None), st.query_params.pop("probe", None)
    take = st.query_params.pop("again", None)
    if take is not None:
        st.session_state[_KEY] = (take, None)
    elif parent is not None and place is not None:
        st.session_state[_KEY] = (parent, place)
    wanted = st.session_state.get(_KEY)
    slot = _slot(shared, *wanted) if wanted else None
    if slot is None:
        forget()
    return slot


def is_about(take_id: str) -> bool:
    """Whether a follow-up question to this answer is asked, or the address asks for one."""
    if "question" in st.query_params or "after" in st.query_params:
        return False
    kept, place = st.session_state.get(_KEY, ("", None))
    return st.query_params.get("parent", kept if place is not None else "") == take_id


def _slot(shared: Services, take: str, place: str | None) -> Slot | None:
    attempt = shared.history.get(take)
    if attempt is None:
        return None
    if place is None:
        return Slot(attempt.question, Origin(parent=attempt.origin.parent)) if attempt.question else None
    prompts = open_after(shared, attempt)
    number = next((number for number in range(len(prompts)) if str(number) == place), None)
    if number is None:
        return None
    step = follow_up_step(attempt, prompts[number], _THINK_SECONDS, LIMIT_SECONDS, number=number + 1)
    return Slot(step.question, Origin(parent=attempt.id))


def forget() -> None:
    """Go back to the questions of the sets."""
    st.session_state.pop(_KEY, None)


def show(slot: Slot) -> None:
    """Show the question, and the way back."""
    take, _ = st.session_state[_KEY]
    with st.container(border=True, key="question"):
        st.caption("A follow-up question to your answer" if slot.origin.parent else "A question you answered before")
        st.title(plain(slot.question.prompt), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                routes.FEEDBACK, label="Back to that answer", icon=":material/arrow_back:", query_params={"take": take}
            )
            st.button("Practise another question", type="tertiary", key="leave_follow_up", on_click=forget)
