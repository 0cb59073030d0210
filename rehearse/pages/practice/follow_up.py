"""Practice of a question from an earlier answer: a follow-up question to it, or its own question again."""

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
"""Maximum seconds to think; a follow-up question comes immediately (house default)."""


def link(parent: Attempt, index: int) -> dict[str, str]:
    """Return the query parameters of Practice for a follow-up question: the answer, and the question's index."""
    return {"parent": parent.id, "probe": str(index)}


def again(attempt: Attempt) -> dict[str, str]:
    """Return the query parameters of Practice for the question of an answer, as it was asked then."""
    return {"again": attempt.id}


def open_after(shared: Services, attempt: Attempt) -> tuple[str, ...]:
    """Return the follow-up questions to an answer, in the order that ``link`` indexes."""
    return probes_of(attempt, cut=bool(cut_off([attempt], Rounds(shared.history.documents))))


def chosen(shared: Services) -> Slot | None:
    """Return the slot for the question that the URL names, or that is still to be answered; None if there is none.

    A reference to a missing answer is dropped: it may have been deleted. A question from the sets takes precedence.
    """
    if "question" in st.query_params or "after" in st.query_params:
        forget()
        return None
    parent, probe = st.query_params.pop("parent", None), st.query_params.pop("probe", None)
    take = st.query_params.pop("again", None)
    if take is not None:
        st.session_state[_KEY] = (take, None)
    elif parent is not None and probe is not None:
        st.session_state[_KEY] = (parent, probe)
    wanted = st.session_state.get(_KEY)
    slot = _slot(shared, *wanted) if wanted else None
    if slot is None:
        forget()
    return slot


def is_about(take_id: str) -> bool:
    """Whether a follow-up question to this answer is being asked, or the URL requests one."""
    if "question" in st.query_params or "after" in st.query_params:
        return False
    stored_take, probe = st.session_state.get(_KEY, ("", None))
    return st.query_params.get("parent", stored_take if probe is not None else "") == take_id


def _slot(shared: Services, take: str, probe: str | None) -> Slot | None:
    attempt = shared.history.get(take)
    if attempt is None:
        return None
    if probe is None:
        return Slot(attempt.question, Origin(parent=attempt.origin.parent)) if attempt.question else None
    prompts = open_after(shared, attempt)
    number = next((number for number in range(len(prompts)) if str(number) == probe), None)
    if number is None:
        return None
    step = follow_up_step(attempt, prompts[number], _THINK_SECONDS, LIMIT_SECONDS, number=number + 1)
    return Slot(step.question, Origin(parent=attempt.id))


def forget() -> None:
    """Return to the questions of the sets."""
    st.session_state.pop(_KEY, None)


def show(slot: Slot) -> None:
    """Show the question with links back to the answer and to the sets."""
    take, _ = st.session_state[_KEY]
    with st.container(border=True, key="question"):
        st.caption("A follow-up question to your answer" if slot.origin.parent else "A question you answered before")
        st.title(plain(slot.question.prompt), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                routes.FEEDBACK, label="Back to that answer", icon=":material/arrow_back:", query_params={"take": take}
            )
            st.button("Practise another question", type="tertiary", key="leave_follow_up", on_click=forget)
