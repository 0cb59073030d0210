"""Prepare: what to do before the interview and after it, one part at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rehearse.pages import (
    prepare_after,
    prepare_job,
    prepare_plan,
    prepare_research,
    prepare_resume,
    prepare_set_up,
    prepare_stories,
)
from rehearse.pages.prepare_parts import PART, Desk
from rehearse.pages.services import services

_PARTS: dict[str, Callable[[Desk], None]] = {
    "Plan": prepare_plan.show,
    "Research": prepare_research.show,
    "Resume": prepare_resume.show,
    "Job": prepare_job.show,
    "Stories": prepare_stories.show,
    "Set-up": prepare_set_up.show,
    "After": prepare_after.show,
}


def page() -> None:
    """Show the page."""
    desk = Desk(services())
    st.title("Prepare", anchor=False)
    chosen = st.segmented_control(
        "Part", list(_PARTS), default="Plan", required=True, key=PART, bind="query-params", label_visibility="collapsed"
    )
    desk.show_problem()
    _PARTS.get(chosen, prepare_plan.show)(desk)  # an address may name no part at all


page()
