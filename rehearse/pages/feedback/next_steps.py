"""The steps after an answer: possible follow-up questions and answers to them, another take, a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import shorten

import streamlit as st

from rehearse.app.round_report import round_report
from rehearse.interview import Rounds
from rehearse.model import Attempt, FeedbackContext
from rehearse.pages.practice import follow_up
from rehearse.pages.shared import routes
from rehearse.pages.shared.past import of_question
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain, when
from rehearse.questions import Library
from rehearse.storage.history import AttemptSummary
from rehearse.views.report import render

MOST = 3
"""Follow-up questions shown, at most: an interviewer asks one or two (house default)."""
_LONGEST_LINK = 80
"""Maximum characters of a link: a page cuts longer ones in the middle of a word."""


def follow_up_questions(shared: Services, attempt: Attempt) -> None:
    """Show possible follow-up questions, which can be answered by voice, and the answers given so far."""
    probes = follow_up.open_after(shared, attempt)[:MOST]
    answers = answers_to(shared, attempt.id)
    if not probes and not answers:
        return
    with st.container(border=True, key="follow_ups"):
        st.header("They may ask next", anchor=False)
        for index, probe in enumerate(probes):
            with st.container(gap="xsmall", key=f"probe_{index}"):
                st.markdown(plain(probe))
                if st.button("Answer it by voice", type="tertiary", icon=":material/mic:", key=f"answer_{index}"):
                    st.switch_page(routes.PRACTICE, query_params=follow_up.link(attempt, index))
        for answer in answers:
            label = f"Your answer from {when(answer.spoken_at)}: {answer.prompt or 'a follow-up'}"
            _link(answer.id, label)


def answers_to(shared: Services, take_id: str) -> list[AttemptSummary]:
    """Return the answers to a take's follow-up questions, oldest first."""
    return list(reversed(shared.history.summaries(parent=take_id)))


def thread(shared: Services, attempt: Attempt) -> None:
    """Link to the answer that this one follows up."""
    parent = shared.history.get(attempt.origin.parent) if attempt.origin.parent else None
    if parent is not None:
        prompt = parent.question.prompt if parent.question else "an answer without a question"
        _link(parent.id, f"A follow-up to: {prompt}", icon=":material/arrow_back:")


def _link(take_id: str, label: str, icon: str = ":material/subdirectory_arrow_right:") -> None:
    st.page_link(
        routes.FEEDBACK,
        label=plain(shorten(label, _LONGEST_LINK, placeholder=" …")),
        icon=icon,
        query_params={"take": take_id},
    )


def go_on(shared: Services, attempt: Attempt, context: FeedbackContext) -> None:
    """Offer another take, the next question, and a report for a coach."""
    with st.container(horizontal=True, key="next"):
        try_again(shared, attempt, "Answer it again", key="again")
        next_question(shared, attempt, key="next_question")
        others = of_question(shared.history, attempt.question.id if attempt.question else None)
        which = "a later" if others and others[-1].id == attempt.id else "an earlier"
        if len(others) > 1 and st.button(f"Compare with {which} answer", key="compare"):
            st.switch_page(routes.COMPARE, query_params={"take": attempt.id})
        with st.popover("Report for a coach", icon=":material/description:"):
            _report(shared, attempt, context)


def try_again(shared: Services, attempt: Attempt, label: str, *, key: str) -> None:
    """Offer to record the same question again; nothing if the answer has none."""
    again = _again(shared.questions.read(), attempt)
    if again and st.button(label, type="primary", icon=":material/mic:", key=key):
        st.switch_page(routes.PRACTICE, query_params=again)


def next_question(shared: Services, attempt: Attempt, *, key: str, primary: bool = False) -> None:
    """Offer the next question of the set."""
    if st.button("Next question", key=key, type="primary" if primary else "secondary"):
        st.switch_page(routes.PRACTICE, query_params=_after(shared.questions.read(), attempt))


def _again(library: Library, attempt: Attempt) -> dict[str, str]:
    """Return the query parameters of Practice for the same question; one in no set is asked as it was asked then."""
    if attempt.question is None:
        return {}
    in_a_set = library.set_of(attempt.question.id) is not None
    return {"question": attempt.question.id} if in_a_set else follow_up.again(attempt)


def _after(library: Library, attempt: Attempt) -> dict[str, str] | None:
    """Return the query parameters of Practice for the next question; a follow-up counts as its parent question."""
    name = attempt.question.root_id if attempt.question else ""
    return None if library.set_of(name) is None else {"after": name}


def _report(shared: Services, attempt: Attempt, context: FeedbackContext) -> None:
    st.markdown("One file with feedback, transcript and numbers, to print or to send.")
    with_sound = st.checkbox("Include the recording, to play in the file", key="report_sound")
    _save(
        "Save the report",
        f"report-{attempt.id}.html",
        lambda: render(attempt, _sounds(shared, [attempt], with_sound).get(attempt.id), context=context),
    )
    round_id = attempt.origin.round
    ids = [summary.id for summary in shared.history.summaries(round=round_id)] if round_id else []
    if len(ids) > 1:

        def rendered_round() -> str:
            attempts = [found for take_id in ids if (found := shared.history.get(take_id)) is not None]
            rounds = Rounds(shared.history.documents)
            return round_report(attempts, _sounds(shared, attempts, with_sound), rounds, context)

        _save(f"Save all {len(ids)} answers of this round", f"report-round-{attempt.id}.html", rendered_round)


def _save(label: str, name: str, render_file: Callable[[], str]) -> None:
    """Offer a download that is rendered on request, not whenever the page is drawn."""
    st.download_button(label, render_file, file_name=name, mime="text/html", on_click="ignore")


def _sounds(shared: Services, attempts: Iterable[Attempt], wanted: bool) -> dict[str, bytes]:
    """Return the bytes of the recordings that still exist, by take id; empty unless ``wanted``."""
    takes = [shared.store.get(attempt.id) for attempt in attempts] if wanted else []
    return {take.id: take.audio.read_bytes() for take in takes if take is not None}
