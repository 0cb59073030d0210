"""Prepare: what to do before and after the interview, one part at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rehearse.pages.prepare import debrief, job, plan, research, resume, set_up, stories
from rehearse.pages.prepare.desk import PART, Desk
from rehearse.pages.shared.services import services

_PARTS: dict[str, Callable[[Desk], None]] = {
    "Plan": plan.show,
    "Research": research.show,
    "CV": resume.show,
    "Job": job.show,
    "Stories": stories.show,
    "Set-up": set_up.show,
    "After": debrief.show,
}


def page() -> None:
    """Show the page."""
    desk = Desk(services())
    st.title("Prepare", anchor=False)
    chosen = st.segmented_control(
        "Part", list(_PARTS), default="Plan", required=True, key=PART, bind="query-params", label_visibility="collapsed"
    )
    desk.show_problem()
    _PARTS.get(chosen, plan.show)(desk)  # an address may name an unknown part


page()
