"""After a round: progress of the analysis, then one debrief of all answers."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

import streamlit as st

from rehearse import interview
from rehearse.app.round_report import round_report
from rehearse.app.settings import read_settings
from rehearse.interview import Debrief, Line, Round, Rounds, debrief_text, mode_named
from rehearse.language.words import quotation
from rehearse.metrics.value_text import TOO_LITTLE
from rehearse.model import Attempt, FeedbackContext, Span
from rehearse.pages.components import quotes
from rehearse.pages.interview import habit, moments, setup
from rehearse.pages.interview.round_state import analysed, pending
from rehearse.pages.shared import confirm, moment, routes, sounds
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, plain, when

_SHORT_PROMPT = 60
"""Characters of a question that suffice to recognise it."""


def is_over(interview_round: Round) -> bool:
    """Whether no question is left, or the next one depends on the analysis of the last answer."""
    return interview_round.position is None


def show(shared: Services, rounds: Rounds, interview_round: Round) -> None:
    """Show the debrief, or the progress of the analysis."""
    waiting = pending(shared, interview_round)
    if waiting:
        _wait(shared, interview_round, waiting)
        return
    attempts = analysed(shared, interview_round)
    context = FeedbackContext(read_settings(shared.history.documents).unjudged)
    debrief = interview.debrief(interview_round, attempts, context=context)
    _heading(interview_round, debrief)
    _failed(shared, interview_round, attempts)
    answers = list(attempts.values())
    heard = habit.look_back(shared, rounds, interview_round, attempts)
    moments.time_line(interview_round, debrief.lines)
    moments.one_habit(interview_round, debrief)
    heard += _best(debrief)
    heard += moments.to_hear(interview_round, debrief, answers)
    moments.same_story(interview_round, answers)
    _panel(debrief)
    _case(debrief)
    _repeats(interview_round, debrief)
    _lines(interview_round, debrief.lines)
    _next(shared, rounds, interview_round, answers, context)
    sounds.place(shared, heard)


def _wait(shared: Services, interview_round: Round, waiting: Sequence[str]) -> None:
    digging = interview_round.mode == "follow_up" and interview_round.probes > 0
    st.title("One moment" if digging else "The round is over", anchor=False)
    follows = "The next question appears" if digging else "The debrief appears"
    st.markdown(f"Your answers are being analysed. {follows} when the last one is done.")
    st.fragment(_progress, run_every=0.5)(shared, interview_round, waiting)


def _progress(shared: Services, interview_round: Round, waiting: Sequence[str]) -> None:
    jobs = [job for take in waiting if (job := shared.worker.status(take)) is not None]
    left = [job for job in jobs if job.pending]
    if not left:
        st.rerun()
    total = len(interview_round.takes)
    done = total - len(left)
    st.progress((done + left[0].fraction / 2) / total, f"Analysed: {done} of {total}")


def _heading(interview_round: Round, debrief: Debrief) -> None:
    st.title("Debrief", anchor=False)
    facts = [
        mode_named(interview_round.mode).title,
        when(interview_round.began_at),
        debrief_text.answered(interview_round, debrief.lines),
        f"{clock(debrief.spoken_seconds)} spoken",
    ]
    st.caption(plain(" · ".join(facts)))
    if all(line.attempt is None for line in debrief.lines):
        st.info("You didn't record any answers in this round, so there is nothing to say about it.")


def _failed(shared: Services, interview_round: Round, attempts: dict[str, Attempt]) -> None:
    for take_id in interview_round.takes:
        take = shared.store.get(take_id)
        if take_id in attempts or take is None:
            continue
        with st.container(border=True, key=f"failed_{take_id}"):
            st.error(plain(take.error or "The analysis of this answer was stopped. The recording is safe."))
            st.button("Try again", key=f"retry_{take_id}", on_click=shared.worker.submit, args=(take,))


def _best(debrief: Debrief) -> tuple[Attempt, ...]:
    """Show the strength most worth keeping; return its answer, whose moment is played here."""
    if debrief.best is None:
        return ()
    attempt, finding = debrief.best
    with st.container(border=True, key="best"):
        st.markdown("**:material/check_circle: Worth keeping**")
        st.markdown(plain(finding.message))
        if finding.spans and attempt.transcript.timed:
            quotes({"": (sounds.quotable(finding.spans[0]),)}, player=sounds.key(attempt), key="best_moment")
        _link(attempt, key="best", spans=finding.spans)
    return (attempt,)


def _panel(debrief: Debrief) -> None:
    if debrief.concerns:
        st.header("What each of them wanted to know", anchor=False)
    for concern in debrief.concerns:
        with st.container(border=True, key=f"concern_{concern.member.name}"):
            st.markdown(f"**{concern.member.introduction}**: {plain(concern.member.concern)}")
            if concern.attempt is not None and concern.span is not None:
                st.markdown(f":material/check_circle: **You said**: {plain(debrief_text.quote(concern.span))}")
                _link(concern.attempt, key=f"heard_{concern.member.name}", spans=(concern.span,))
            else:
                st.markdown(f":material/radio_button_unchecked: **I didn't hear**: {plain(concern.member.missing)}.")
    if debrief.compared:
        _differing(debrief)


def _differing(debrief: Debrief) -> None:
    st.header("Asked twice", anchor=False)
    if not debrief.differing:
        st.markdown("I didn't notice any figures that changed between the two answers.")
    for index, pair in enumerate(debrief.differing):
        with st.container(border=True, key=f"differing_{index}"):
            st.markdown("These figures differ. Which one is right, or why are both?")
            for name, attempt, claim in (
                ("First", pair.first, pair.claims.first),
                ("Then", pair.second, pair.claims.second),
            ):
                figure, clause = quotation(claim.span.text), debrief_text.quote(claim.clause)
                st.markdown(f"{name}: **{plain(figure)}** in {plain(clause)}")
                _link(attempt, key=f"differing_{index}_{name}", spans=(claim.clause,))


def _case(debrief: Debrief) -> None:
    if debrief.milestones:
        st.header("How you worked through it", anchor=False)
        rows = [f"- **{milestone.title}**: {plain(debrief_text.stage(milestone))}" for milestone in debrief.milestones]
        st.markdown("\n".join(rows))
    if debrief.asked_for or debrief.not_asked_for or debrief.unanswered:
        st.header("What you could have asked", anchor=False)
        _list("You asked about this", [fact.says for fact in debrief.asked_for])
        _list("You asked, but nobody knows", [f"“{asked}”" for asked in debrief.unanswered])
        _list("You didn't ask", [fact.says for fact in debrief.not_asked_for])


def _list(label: str, texts: Sequence[str]) -> None:
    if texts:
        st.markdown(f"**{label}**\n" + "\n".join(f"- {plain(text)}" for text in texts))


def _repeats(interview_round: Round, debrief: Debrief) -> None:
    if not debrief.repeats and not debrief.often:
        return
    st.header("What keeps coming up", anchor=False)
    for repeat in debrief.repeats:
        with st.container(border=True, key=f"repeat_{repeat.topic}"):
            st.markdown(f"**{plain(repeat.topic)}**, in {repeat.count} of {repeat.of} answers")
            for index, (attempt, finding) in enumerate(repeat.shown[:2]):
                st.markdown(f"**{_asked(interview_round, attempt)}** {plain(finding.message)}")
                _link(attempt, key=f"repeat_{repeat.topic}_{index}", spans=finding.spans)
            if repeat.shown[0][1].starter:
                st.markdown(f"**Next time:** {plain(repeat.shown[0][1].starter)}")
    if debrief.often:
        st.markdown(f"Words you lean on: {plain(debrief_text.often(debrief.often))}.")


def _asked(interview_round: Round, attempt: Attempt) -> str:
    """Return the shortened question of an answer, numbered as in the list of all questions."""
    step = next((step for step in interview_round.steps if attempt.id in step.takes), None)
    if step is None:
        return ""
    prompt = shorten(step.question.prompt, _SHORT_PROMPT, placeholder=" …")
    return f"{plain(interview_round.label(step))} {plain(prompt)}"


def _lines(interview_round: Round, lines: Sequence[Line]) -> None:
    st.header("Question by question", anchor=False)
    for index, line in enumerate(lines):
        with st.container(border=True, key=f"line_{index}"):
            st.markdown(f"{plain(interview_round.label(line.step))} {plain(line.step.question.prompt)}")
            if line.attempt is None:
                st.caption(debrief_text.unanswered(line))
                continue
            if line.strength is not None:
                st.markdown(f":material/check_circle: {plain(line.strength.message)}")
            if line.change is not None:
                st.markdown(f":material/arrow_circle_right: {plain(line.change.message)}")
            if line.is_cut:
                st.caption(f"Stopped at the limit of {clock(line.step.limit_seconds)}: its length is not judged.")
            elif line.strength is None and line.change is None:
                st.caption(TOO_LITTLE)
            _link(line.attempt, key=f"line_{index}")


def _link(attempt: Attempt, *, key: str, spans: Sequence[Span] = ()) -> None:
    """Link to the feedback on an answer, which plays the first of these moments."""
    label, query = "Read the feedback", {"take": attempt.id}
    if spans and attempt.transcript.timed:
        label, query = "Hear it in the feedback", moment.address(attempt.id, spans[0])
    with st.container(key=f"link_{key}"):
        st.page_link(routes.FEEDBACK, label=label, icon=":material/reviews:", query_params=query)


def _next(
    shared: Services, rounds: Rounds, interview_round: Round, attempts: Sequence[Attempt], context: FeedbackContext
) -> None:
    with st.container(horizontal=True, key="after"):
        st.button(
            "Another round", type="primary", key="another", on_click=setup.pause, args=(shared, rounds, interview_round)
        )
        if attempts:
            st.download_button(
                "Report for a coach",
                # rendered only on download
                lambda: round_report(attempts, {}, rounds, context),
                file_name=f"report-{interview_round.began_at.astimezone():%Y-%m-%d-%H%M}.html",
                mime="text/html",
                on_click="ignore",
                help="One file with all answers of this round, to print or to send; without the recordings.",
            )
        if st.button("Delete this round", key="delete_round", type="tertiary"):
            _delete_dialog(rounds, interview_round)


@st.dialog("Delete this round?")
def _delete_dialog(rounds: Rounds, interview_round: Round) -> None:
    st.write(
        "Its questions, notes and debrief are removed. The recordings stay in the library, where each can be deleted."
    )
    confirm.buttons("Delete it", "Keep it", _delete, rounds, interview_round, key="delete_round")


def _delete(rounds: Rounds, interview_round: Round) -> None:
    rounds.delete(interview_round.id)
    setup.leave()
