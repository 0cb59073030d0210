"""The top of the feedback: the one change with its button, and the strength beside it."""

from __future__ import annotations

import streamlit as st

from rehearse.app.last_time import LastTime
from rehearse.feedback import give_feedback, starter_words, task
from rehearse.metrics import METRICS
from rehearse.metrics.value_text import TOO_LITTLE
from rehearse.model import Attempt, FeedbackContext, Finding
from rehearse.pages.components import moments
from rehearse.pages.feedback import next_steps
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain


def show(shared: Services, attempt: Attempt, context: FeedbackContext, last: LastTime | None, *, player: str) -> None:
    """Show the change, large, and the strength; the change leads to the same question again.

    Args:
        shared: The shared parts of the profile.
        attempt: The answer.
        context: What is known of it when it is judged.
        last: What was agreed before it; None if nothing was.
        player: Key of the container with the player of its recording.

    """
    findings = give_feedback(attempt, context)
    strength = next((finding for finding in findings if finding.kind == "strength"), None)
    change = next((finding for finding in findings if finding.kind == "change"), None)
    with st.container(key="findings"):
        if strength is None and change is None:
            st.write(TOO_LITTLE)
        if strength is not None and change is None:
            _content(shared, attempt, strength, player=player)
        elif change is not None:
            still = last is not None and last.change.code == change.code
            beside = st.columns([3, 2]) if strength else [st.container()]
            with beside[0]:
                _change(shared, attempt, change, still=still, player=player)
            if strength is not None:
                with beside[1], st.container(border=True, height="stretch", key="strength"):
                    st.caption("What worked")
                    st.markdown(plain(strength.message))
                    _moments(strength, player)
        if context.truncated:
            st.caption("The round stopped this answer at the time limit, so its length is not judged.")


def _content(shared: Services, attempt: Attempt, strength: Finding, *, player: str) -> None:
    """Show the strength alone: where no change stands out, none is invented."""
    with st.container(border=True, key="hero"):
        st.caption("What worked")
        st.header("No change stands out this time", anchor=False)
        st.markdown(plain(strength.message))
        with st.container(horizontal=True, vertical_alignment="center"):
            next_steps.next_question(shared, attempt, key="next_now", primary=True)
            _moments(strength, player)


def _change(shared: Services, attempt: Attempt, change: Finding, *, still: bool, player: str) -> None:
    with st.container(border=True, height="stretch", key="hero"):
        st.caption("Still the one thing to try" if still else "One thing to try")
        st.header(plain(task(change)), anchor=False)
        if change.message:
            st.markdown(plain(change.message))
        words = starter_words(change)
        if words:
            st.markdown(f"**You could say:** {plain(words)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            next_steps.try_again(shared, attempt, "Try it now", key="try_it")
            _moments(change, player)


def _moments(finding: Finding, player: str) -> None:
    most = 3 if finding.topic in METRICS else 1
    if finding.spans:
        moments(finding.spans[:most], player=player, key=f"moments_{finding.kind}")
