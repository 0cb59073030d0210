"""Feedback on one answer: a strength, a change, the sound, the numbers, the words, then the details."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from rehearse.datatypes import Attempt, Finding
from rehearse.pages import (
    empty,
    feedback_curves,
    feedback_next,
    feedback_rating,
    feedback_words,
    measurements,
    round_state,
    story,
)
from rehearse.pages.components import moments
from rehearse.pages.services import Services, services
from rehearse.pages.text import kind_label, plain, when
from rehearse.phrases import TOO_LITTLE
from rehearse.rounds import Rounds, cut_off, findings_of
from rehearse.settings import read_settings

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
    unjudged = read_settings(documents).unjudged
    cut = bool(cut_off([attempt], Rounds(documents)))
    if cut:
        unjudged |= {"length"}
    feedback_next.thread(shared, attempt)
    _heading(shared, attempt)
    told = feedback_rating.answered(shared, attempt)
    if told:
        _findings(attempt, unjudged, cut=cut)
    _player(shared, attempt)
    if told:
        measurements.cards(shared.history, attempt, unjudged)
    feedback_words.show(shared, attempt, player=PLAYER)
    if told:
        _details(shared, attempt, unjudged)
    feedback_next.go_on(shared, attempt, unjudged)


def _details(shared: Services, attempt: Attempt, unjudged: Collection[str]) -> None:
    story.show(attempt, player=PLAYER)
    feedback_next.follow_up_questions(shared, attempt)
    st.header("Details", anchor=False)
    feedback_curves.show(shared, attempt, unjudged)
    measurements.table(shared.history, attempt, unjudged)


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
    kind = kind_label(question.kind if question else None)
    st.caption(plain(" · ".join(filter(None, [when(attempt.spoken_at), kind, title]))))
    st.title(plain(question.prompt) if question else "An answer without a question", anchor=False)


def _findings(attempt: Attempt, unjudged: Collection[str], *, cut: bool) -> None:
    findings = findings_of(attempt, unjudged, cut=cut)
    strength = next((finding for finding in findings if finding.kind == "strength"), None)
    change = next((finding for finding in findings if finding.kind == "change"), None)
    with st.container(border=True, key="findings"):
        if strength is None and change is None:
            st.write(TOO_LITTLE)
        if strength is not None:
            _finding(":material/check_circle: What worked", strength)
        if change is not None:
            _finding(":material/arrow_circle_right: One change for the next take", change)
        if cut:
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
    if take is None:
        st.caption("The recording of this answer is no longer on this computer.")
        return
    with st.container(key=PLAYER):
        st.audio(take.audio, alt="Your answer")


page()
