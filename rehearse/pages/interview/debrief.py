"""After a round: waiting for the analysis, then one debrief over all answers."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

import streamlit as st

from rehearse import interview
from rehearse.app.settings import read_settings
from rehearse.interview import Debrief, Line, Round, Rounds, Step, cut_off, mode_named
from rehearse.language.words import quotation
from rehearse.metrics.value_text import TOO_LITTLE
from rehearse.model import Attempt, FeedbackContext, Span
from rehearse.pages.interview import setup
from rehearse.pages.interview.round_state import analysed, pending
from rehearse.pages.shared import confirm, routes
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, plain, when
from rehearse.views.report import render_round

_SHORT_PROMPT = 60
"""Characters by which a question of the round is known again."""


def is_over(one: Round) -> bool:
    """Whether nothing is left to be asked, or what is asked next depends on the last answer."""
    return one.position is None


def show(shared: Services, kept: Rounds, one: Round) -> None:
    """Show the debrief, or how far the analysis is."""
    waiting = pending(shared, one)
    if waiting:
        _wait(shared, one, waiting)
        return
    attempts = analysed(shared, one)
    context = FeedbackContext(read_settings(shared.history.documents).unjudged)
    said = interview.debrief(one, attempts, context=context)
    _heading(one, said)
    _failed(shared, one, attempts)
    _best(said)
    _panel(said)
    _case(said)
    _repeats(one, said)
    _lines(one, said.lines)
    _next(shared, kept, one, list(attempts.values()), context)


def _wait(shared: Services, one: Round, waiting: Sequence[str]) -> None:
    digging = one.mode == "follow_up" and one.probes > 0
    st.title("One moment" if digging else "The round is over", anchor=False)
    follows = "The next question comes" if digging else "The debrief comes"
    st.markdown(f"Your answers are being listened to. {follows} as soon as the last one is measured.")
    st.fragment(_progress, run_every=0.5)(shared, one, waiting)


def _progress(shared: Services, one: Round, waiting: Sequence[str]) -> None:
    jobs = [job for take in waiting if (job := shared.worker.status(take)) is not None]
    left = [job for job in jobs if job.pending]
    if not left:
        st.rerun()
    done = len(one.takes) - len(left)
    st.progress((done + left[0].fraction / 2) / len(one.takes), f"Measured: {done} of {len(one.takes)}")


def _heading(one: Round, said: Debrief) -> None:
    answered = [line.step for line in said.lines if line.attempt is not None]
    st.title("Debrief", anchor=False)
    facts = [mode_named(one.mode).title, when(one.began_at), _count(one, answered)]
    facts.append(f"{clock(said.spoken_seconds)} spoken")
    st.caption(plain(" · ".join(facts)))
    if not answered:
        st.info("No answer was recorded in this round, so there is nothing to say about it.")


def _count(one: Round, answered: Sequence[Step]) -> str:
    joined, asked = sum(map(one.is_joined, answered)), sum(map(one.is_joined, one.steps))
    follow_ups = f" and {joined} of {asked} follow-up question{'s' * (asked != 1)}" if asked else ""
    return f"{len(answered) - joined} of {one.size} questions{follow_ups} answered"


def _failed(shared: Services, one: Round, attempts: dict[str, Attempt]) -> None:
    for take_id in one.takes:
        take = shared.store.get(take_id)
        if take_id in attempts or take is None:
            continue
        with st.container(border=True, key=f"failed_{take_id}"):
            st.error(plain(take.error or "The analysis of this answer was stopped. The recording is kept."))
            st.button("Try again", key=f"retry_{take_id}", on_click=shared.worker.submit, args=(take,))


def _best(said: Debrief) -> None:
    if said.best is None:
        return
    attempt, finding = said.best
    with st.container(border=True, key="best"):
        st.markdown("**:material/check_circle: Worth keeping**")
        st.markdown(plain(finding.message))
        _link(attempt, key="best", label="Hear it in the feedback")


def _panel(said: Debrief) -> None:
    if said.concerns:
        st.header("What each of them wanted to know", anchor=False)
    for concern in said.concerns:
        with st.container(border=True, key=f"concern_{concern.member.name}"):
            st.markdown(f"**{concern.member.role}**: {plain(concern.member.concern)}")
            if concern.attempt is not None and concern.span is not None:
                st.markdown(f":material/check_circle: **RecogniserOutput**: {_quote(concern.span)}")
                _link(concern.attempt, key=f"heard_{concern.member.name}", label="Hear it in the feedback")
            else:
                st.markdown(f":material/radio_button_unchecked: **Not heard**: {plain(concern.member.missing)}.")
    if said.compared:
        _differing(said)


def _differing(said: Debrief) -> None:
    st.header("Asked twice", anchor=False)
    if not said.differing:
        st.markdown("No figure was found that differs between the two answers.")
    for place, one in enumerate(said.differing):
        with st.container(border=True, key=f"differing_{place}"):
            st.markdown("These figures differ. Say which is right, or why both are:")
            for name, attempt, claim in (
                ("First", one.first, one.claims.first),
                ("Then", one.second, one.claims.second),
            ):
                st.markdown(f"{name}: **{plain(quotation(claim.span.text))}** in {_quote(claim.clause)}")
                _link(attempt, key=f"differing_{place}_{name}")


def _case(said: Debrief) -> None:
    if said.milestones:
        st.header("The way of thinking", anchor=False)
        rows = []
        for milestone in said.milestones:
            found = _quote(milestone.span) if milestone.span else "not found"
            rows.append(f"- **{milestone.title}**: {found}")
        st.markdown("\n".join(rows))
    if said.asked_for or said.not_asked_for:
        st.header("What the case held", anchor=False)
        _facts("You asked for it", said.asked_for)
        _facts("Nobody asked", said.not_asked_for)


def _facts(label: str, facts: Sequence[interview.Fact]) -> None:
    if facts:
        st.markdown(f"**{label}**\n" + "\n".join(f"- {plain(fact.says)}" for fact in facts))


def _repeats(one: Round, said: Debrief) -> None:
    if not said.repeats and not said.often:
        return
    st.header("What repeats", anchor=False)
    for repeat in said.repeats:
        with st.container(border=True, key=f"repeat_{repeat.topic}"):
            st.markdown(f"**{plain(repeat.topic)}**, in {repeat.count} of {repeat.of} answers")
            for place, (attempt, finding) in enumerate(repeat.shown[:2]):
                st.markdown(f"**{_asked(one, attempt)}** {plain(finding.message)}")
                _link(attempt, key=f"repeat_{repeat.topic}_{place}", label="Hear it in the feedback")
            if repeat.shown[0][1].starter:
                st.markdown(f"**Next time:** {plain(repeat.shown[0][1].starter)}")
    if said.often:
        st.markdown(
            "SearchableText often: " + ", ".join(f"“{plain(text)}” {count} times" for text, count in said.often) + "."
        )


def _asked(one: Round, attempt: Attempt) -> str:
    """Name the question of an answer in short, as the list of all questions numbers it."""
    step = next((step for step in one.steps if attempt.id in step.takes), None)
    if step is None:
        return ""
    prompt = shorten(step.question.prompt, _SHORT_PROMPT, placeholder=" …")
    return f"{_number(one, step)} {plain(prompt)}"


def _number(one: Round, step: Step) -> str:
    number = one.number(step)
    return f"Follow-up to {number}:" if one.is_joined(step) else f"{number}\\."


def _lines(one: Round, lines: Sequence[Line]) -> None:
    st.header("Question by question", anchor=False)
    for place, line in enumerate(lines):
        with st.container(border=True, key=f"line_{place}"):
            st.markdown(f"{_number(one, line.step)} {plain(line.step.question.prompt)}")
            if line.attempt is None:
                st.caption("Deleted or not analysed" if line.step.takes else "Not answered")
                continue
            if line.strength is not None:
                st.markdown(f":material/check_circle: {plain(line.strength.message)}")
            if line.change is not None:
                st.markdown(f":material/arrow_circle_right: {plain(line.change.message)}")
            if line.is_cut:
                st.caption(f"Stopped at the limit of {clock(line.step.limit_seconds)}: its length is not judged.")
            elif line.strength is None and line.change is None:
                st.caption(TOO_LITTLE)
            _link(line.attempt, key=f"line_{place}")


def _quote(span: Span) -> str:
    return f"“{plain(quotation(span.text))}” at {clock(span.start)}"


def _link(attempt: Attempt, *, key: str, label: str = "Read the feedback") -> None:
    with st.container(key=f"link_{key}"):
        st.page_link(routes.FEEDBACK, label=label, icon=":material/reviews:", query_params={"take": attempt.id})


def _next(shared: Services, kept: Rounds, one: Round, attempts: Sequence[Attempt], context: FeedbackContext) -> None:
    with st.container(horizontal=True, key="after"):
        st.button("Another round", type="primary", key="another", on_click=setup.pause, args=(shared, kept, one))
        if attempts:
            st.download_button(
                "Report for a coach",
                lambda: render_round(
                    attempts, context=context, truncated=cut_off(attempts, kept)
                ),  # written when it is asked for
                file_name=f"report-{one.id}.html",
                mime="text/html",
                on_click="ignore",
                help="One file with all answers of this round, to print or to send; without the sound.",
            )
        if st.button("Delete this round", key="delete_round", type="tertiary"):
            _delete_dialog(kept, one)


@st.dialog("Delete this round?")
def _delete_dialog(kept: Rounds, one: Round) -> None:
    st.write(
        "Its questions, notes and debrief are removed. The recordings stay in the library, where each can be deleted."
    )
    confirm.buttons("Delete it", "Keep it", _delete, kept, one, key="delete_round")


def _delete(kept: Rounds, one: Round) -> None:
    kept.delete(one.id)
    setup.leave()
