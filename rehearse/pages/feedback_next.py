"""What comes after an answer: what they may ask next, the answers to that, another take, a report."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from rehearse.datatypes import Attempt
from rehearse.history import AttemptSummary
from rehearse.pages import follow_up, places
from rehearse.pages.past import of_question
from rehearse.pages.services import Services
from rehearse.pages.text import plain, when
from rehearse.report import render
from rehearse.rounds.moves import probes_of

MOST = 3
"""Follow-up questions shown: an interviewer asks one or two (house default)."""


def follow_up_questions(shared: Services, attempt: Attempt) -> None:
    """Show what they may ask next, to be answered by voice, and the answers that were given."""
    probes = probes_of(attempt)[:MOST]
    answers = answers_to(shared, attempt.id)
    if not probes and not answers:
        return
    with st.container(border=True, key="follow_ups"):
        st.markdown("**:material/question_answer: They may ask next**")
        for place, probe in enumerate(probes):
            with st.container(horizontal=True, vertical_alignment="center", key=f"probe_{place}"):
                st.markdown(plain(probe), width="stretch")
                if st.button("Answer it by voice", icon=":material/mic:", key=f"answer_{place}"):
                    st.switch_page(places.PRACTICE, query_params=follow_up.link(attempt, place))
        for answer in answers:
            label = f"Your answer of {when(answer.spoken_at)}: {answer.prompt or 'a follow-up'}"
            _link(answer.id, label)


def answers_to(shared: Services, take_id: str) -> list[AttemptSummary]:
    """List the answers to a take's follow-up questions, oldest first."""
    found = [one for one in shared.history.summaries() if one.parent == take_id]
    return sorted(found, key=lambda one: one.spoken_at)


def thread(shared: Services, attempt: Attempt) -> None:
    """Lead back to the answer whose follow-up this one is."""
    parent = shared.history.get(attempt.origin.parent) if attempt.origin.parent else None
    if parent is not None:
        prompt = parent.question.prompt if parent.question else "an answer without a question"
        _link(parent.id, f"A follow-up to: {prompt}", icon=":material/arrow_back:")


def _link(take_id: str, label: str, icon: str = ":material/subdirectory_arrow_right:") -> None:
    st.page_link(places.FEEDBACK, label=plain(label), icon=icon, query_params={"take": take_id})


def go_on(shared: Services, attempt: Attempt, unjudged: Collection[str]) -> None:
    """Offer another take, the next question, and a report for a coach."""
    again = _again(shared, attempt)
    with st.container(horizontal=True, key="next"):
        if again and st.button("Answer it again", type="primary"):
            st.switch_page(places.PRACTICE, query_params=again)
        if st.button("Next question"):
            st.switch_page(places.PRACTICE, query_params={"after": attempt.question.id} if attempt.question else None)
        if len(of_question(shared.history, attempt.question.id if attempt.question else None)) > 1 and st.button(
            "Compare two takes"
        ):
            st.switch_page(places.COMPARE, query_params={"take": attempt.id})
        with st.popover("Report for a coach", icon=":material/description:"):
            _report(shared, attempt, unjudged)


def _again(shared: Services, attempt: Attempt) -> dict[str, str]:
    """Name the same question for Practice; a follow-up is asked again while the answer it probes still leaves it open."""
    if attempt.question is None:
        return {}
    parent = shared.history.get(attempt.origin.parent) if attempt.origin.parent else None
    if parent is None:
        return {"question": attempt.question.id}
    prompts = probes_of(parent)
    return follow_up.link(parent, prompts.index(attempt.question.prompt)) if attempt.question.prompt in prompts else {}


def _report(shared: Services, attempt: Attempt, unjudged: Collection[str]) -> None:
    take = shared.store.get(attempt.id)
    st.markdown("One file with this answer's feedback, words and numbers, to print or to send.")
    with_sound = take is not None and st.checkbox("With the recording, to be played in the file", key="report_sound")

    def written() -> str:
        """Write it when it is asked for, not at every look at the page."""
        return render(attempt, take.audio.read_bytes() if take is not None and with_sound else None, unjudged=unjudged)

    st.download_button(
        "Save the report", written, file_name=f"report-{attempt.id}.html", mime="text/html", on_click="ignore"
    )
