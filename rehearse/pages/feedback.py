"""Feedback on one answer: a strength, a change, the sound, the words, then the numbers."""

from __future__ import annotations

import streamlit as st

from rehearse.content import follow_ups
from rehearse.datatypes import Attempt, Finding
from rehearse.feedback import give_feedback
from rehearse.pages import empty, numbers, places, story
from rehearse.pages.components import moments, transcript
from rehearse.pages.services import Services, services
from rehearse.pages.text import goal, kind_label, plain, when
from rehearse.report import render

PLAYER = "player"


def page() -> None:
    """Show the page."""
    shared = services()
    attempt = _wanted(shared)
    if attempt is None:
        st.title("Feedback", anchor=False)
        empty.show(shared, _missing())
        return
    _heading(attempt)
    _findings(attempt)
    _follow_ups(attempt)
    _player(shared, attempt)
    numbers.cards(shared.history, attempt)
    st.header("What you said", anchor=False)
    transcript(attempt, player=PLAYER)
    st.caption(
        "Choose a word to hear it. Boxed: um or uh. Dotted: filler word. Dashed box: perhaps a filler, not counted."
    )
    story.show(attempt, player=PLAYER)
    numbers.table(attempt)
    _next(attempt)


def _wanted(shared: Services) -> Attempt | None:
    """Find the attempt that the address names, else the newest one."""
    take_id = st.query_params.get("take")
    if take_id is not None:
        return shared.history.get(take_id)
    newest = shared.history.summaries()
    return shared.history.get(newest[0].id) if newest else None


def _missing() -> str:
    if "take" in st.query_params:
        return "There is no feedback at this address: the answer was deleted, or is not analysed yet."
    return "What worked in your answer, and what to change, appears here."


def _heading(attempt: Attempt) -> None:
    question = attempt.question
    kind = kind_label(question.kind if question else None)
    st.caption(plain(" · ".join([when(attempt.spoken_at), kind] + ([goal(question)] if question else []))))
    st.title(plain(question.prompt) if question else "An answer without a question", anchor=False)


def _findings(attempt: Attempt) -> None:
    findings = give_feedback(
        attempt.measurements,
        attempt.story,
        kind=attempt.question.kind if attempt.question else None,
        transcript=attempt.transcript,
    )
    strength = next((finding for finding in findings if finding.kind == "strength"), None)
    change = next((finding for finding in findings if finding.kind == "change"), None)
    with st.container(border=True, key="findings"):
        if strength is None and change is None:
            st.write("There was too little English speech that could be understood to say anything about it.")
        if strength is not None:
            _finding(":material/check_circle: What worked", strength)
        if change is not None:
            _finding(":material/arrow_circle_right: One change for the next take", change)


def _finding(heading: str, finding: Finding) -> None:
    st.markdown(f"**{heading}**")
    st.markdown(plain(finding.message))
    if finding.starter:
        st.markdown(f"**Next take:** {plain(finding.starter)}")
    if finding.spans:
        moments(finding.spans[:3], player=PLAYER, key=f"moments_{finding.kind}")


def _follow_ups(attempt: Attempt) -> None:
    probes = follow_ups(attempt.story, attempt.transcript, attempt.question.kind if attempt.question else None)
    if probes:
        with st.container(border=True, key="follow_ups"):
            st.markdown("**:material/question_answer: They may ask next**")
            for probe in probes:
                st.markdown(plain(probe.question))


def _player(shared: Services, attempt: Attempt) -> None:
    take = shared.store.get(attempt.id)
    if take is None:
        st.caption("The recording of this answer is no longer on this computer.")
        return
    with st.container(key=PLAYER):
        st.audio(take.audio, alt="Your answer")


def _next(attempt: Attempt) -> None:
    with st.container(horizontal=True, key="next"):
        question = attempt.question
        if question is not None and st.button("Answer it again", type="primary"):
            st.switch_page(places.PRACTICE, query_params={"question": question.id})
        if st.button("Next question"):
            st.switch_page(places.PRACTICE, query_params={"after": question.id} if question is not None else None)
        st.download_button(
            "Report for a coach",
            lambda: render(attempt),  # written when it is asked for, not at every look at the page
            file_name=f"report-{attempt.id}.html",
            mime="text/html",
            on_click="ignore",
            help="One file with this answer's feedback, words and numbers, to print or to send; without the sound.",
        )


page()
