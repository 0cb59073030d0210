"""Feedback on one answer: a strength, a change, the sound, the numbers, the words, then the details."""

from __future__ import annotations

import streamlit as st

from rehearse.app.settings import read_settings
from rehearse.feedback import give_feedback
from rehearse.interview import Rounds, cut_off
from rehearse.metrics.value_text import TOO_LITTLE
from rehearse.model import Attempt, FeedbackContext, Finding
from rehearse.pages.components import moments
from rehearse.pages.feedback import curves, measurements, next_steps, rating, story, transcript
from rehearse.pages.interview import round_state
from rehearse.pages.shared import empty, player
from rehearse.pages.shared.services import Services, services
from rehearse.pages.shared.text import kind_label, plain, when

PLAYER = "player"


def page() -> None:
    """Show the page."""
    shared = services()
    attempt = _wanted(shared)
    if attempt is None:
        st.title("Feedback", anchor=False)
        empty.show(shared, _missing())
        return
    documents = shared.history.documents
    truncated = bool(cut_off([attempt], Rounds(documents)))
    context = FeedbackContext(read_settings(documents).unjudged, truncated=truncated)
    next_steps.thread(shared, attempt)
    _heading(shared, attempt)
    told = rating.answered(shared, attempt)
    if told:
        _findings(attempt, context)
    _player(shared, attempt)
    if told:
        measurements.cards(shared.history, attempt, context)
    transcript.show(shared, attempt, player=PLAYER)
    if told:
        _details(shared, attempt, context)
    next_steps.go_on(shared, attempt, context)


def _details(shared: Services, attempt: Attempt, context: FeedbackContext) -> None:
    story.show(attempt, player=PLAYER)
    next_steps.follow_up_questions(shared, attempt)
    st.header("Details", anchor=False)
    curves.show(shared, attempt, context)
    measurements.table(shared.history, attempt, context)


def _wanted(shared: Services) -> Attempt | None:
    """Find the attempt that the address names, else the newest one; a round that still runs keeps its answers to its end."""
    take_id = st.query_params.get("take")
    if take_id is not None:
        return shared.history.get(take_id)
    kept = Rounds(shared.history.documents).all()
    running = {take for one in kept if round_state.is_running(shared, one) for take in one.takes}
    newest = [one for one in shared.history.summaries(limit=len(running) + 1) if one.id not in running]
    newest = newest or list(shared.history.summaries(limit=1, samples=True))
    return shared.history.get(newest[0].id) if newest else None


def _missing() -> str:
    if "take" in st.query_params:
        return "There is no feedback at this address: the answer was deleted, or is not analysed yet."
    return "What worked in your answer, and what to change, appears here."


def _heading(shared: Services, attempt: Attempt) -> None:
    question, title = attempt.question, shared.history.about(attempt.id).title
    kind = kind_label(attempt.kind)
    st.caption(plain(" · ".join(filter(None, [when(attempt.spoken_at), kind, title]))))
    st.title(plain(question.prompt) if question else "An answer without a question", anchor=False)


def _findings(attempt: Attempt, context: FeedbackContext) -> None:
    findings = give_feedback(attempt, context)
    strength = next((finding for finding in findings if finding.kind == "strength"), None)
    change = next((finding for finding in findings if finding.kind == "change"), None)
    with st.container(border=True, key="findings"):
        if strength is None and change is None:
            st.write(TOO_LITTLE)
        if strength is not None:
            _finding(":material/check_circle: What worked", strength)
        if change is not None:
            _finding(":material/arrow_circle_right: One change for the next take", change)
        if context.truncated:
            st.caption("The round stopped this answer at its limit: its length is not judged.")


def _finding(heading: str, finding: Finding) -> None:
    st.markdown(f"**{heading}**")
    st.markdown(plain(finding.message))
    if finding.starter:
        st.markdown(f"**Next take:** {plain(finding.starter)}")
    if finding.spans:
        moments(finding.spans[:3], player=PLAYER, key=f"moments_{finding.kind}")


def _player(shared: Services, attempt: Attempt) -> None:
    take = shared.store.get(attempt.id)
    with st.container(key=PLAYER):
        player.play(take, "Your answer")


page()
